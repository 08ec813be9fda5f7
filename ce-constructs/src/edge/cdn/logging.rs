//! Access logs of a distribution: standard logging, version 2.
//!
//! Not the older logging of the distribution's own settings: that needs a bucket with access control lists.
//! Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html>

use ce_cfn::logs;
use ce_synth::Scope;

use super::Cdn;
use crate::edge::physical_name::physical_name;
use crate::edge::rules::global_region;
use crate::storage::{Bucket, LogSource};

/// The longest name of a delivery source or destination.
const LONGEST: usize = 60;

/// Delivers the log of a distribution to a bucket.
#[track_caller]
pub(super) fn add<'a>(scope: Scope<'a>, cdn: Cdn<'a>, bucket: Bucket<'a>) {
    let scope = scope.child("AccessLogs");
    global_region::check(scope, "the log delivery of a distribution");
    let name = physical_name(scope, LONGEST);
    let source = logs::DeliverySource::new().name(&name).log_type("ACCESS_LOGS").resource_arn(cdn.arn());
    let source = scope.add("Source", source);
    let destination =
        logs::DeliveryDestination::new().name(&name).destination_resource_arn(bucket.arn()).output_format("json");
    let destination = scope.add("Destination", destination);
    let delivery = logs::Delivery::new()
        .delivery_source_name(source)
        .delivery_destination_arn(destination.arn())
        .s3_suffix_path("{DistributionId}/{yyyy}/{MM}/{dd}/{HH}");
    let delivery = scope.add("Delivery", delivery);
    bucket.receive_logs(&LogSource::LogDelivery, "");
    // In another stack, the order of stacks does it.
    if let Some(policy) = bucket.policy()
        && policy.scope().stack().node() == scope.stack().node()
    {
        delivery.depends_on(*policy);
    }
}
