//! Where a load balancer writes a line for every request.

use std::borrow::Cow;

use ce_cfn::elasticloadbalancingv2::LoadBalancerRef;
use ce_cfn::elasticloadbalancingv2::load_balancer::LoadBalancerAttribute;
use ce_synth::Scope;

use super::rules::log_bucket_region;
use crate::storage::{Bucket, LogSource};

/// A bucket for access logs, and where in it.
#[derive(Clone)]
pub(super) struct AccessLogs<'a> {
    bucket: Bucket<'a>,
    prefix: Option<Cow<'static, str>>,
}

impl<'a> AccessLogs<'a> {
    pub(super) fn new(bucket: &Bucket<'a>, prefix: Option<Cow<'static, str>>) -> Self {
        Self { bucket: *bucket, prefix }
    }

    /// Lets the load balancers of the region write to the bucket, before this one tries to.
    #[track_caller]
    pub(super) fn allow(&self, scope: Scope<'a>, balancer: LoadBalancerRef<'a>) {
        log_bucket_region::check(scope, self.bucket.scope());
        let prefix = self.prefix.as_ref().map(|prefix| format!("{prefix}/")).unwrap_or_default();
        self.bucket.receive_logs(&LogSource::LoadBalancers, &prefix);
        // In another stack, the order of stacks does it.
        if let Some(policy) = self.bucket.policy()
            && policy.scope().stack().node() == scope.stack().node()
        {
            balancer.depends_on(*policy);
        }
    }

    pub(super) fn attributes(&self) -> Vec<LoadBalancerAttribute> {
        let attribute = |key: &'static str| LoadBalancerAttribute::new().key(key);
        let mut attributes = vec![
            attribute("access_logs.s3.enabled").value("true"),
            attribute("access_logs.s3.bucket").value(self.bucket.name()),
        ];
        attributes.extend(self.prefix.clone().map(|prefix| attribute("access_logs.s3.prefix").value(prefix)));
        attributes
    }
}
