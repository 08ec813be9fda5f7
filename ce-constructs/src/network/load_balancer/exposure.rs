//! Who may open connections to a load balancer.

use ce_synth::{IntoValue, Value};

use crate::network::SubnetTier;

/// Where a load balancer stands and who reaches its listeners.
#[derive(Clone, Debug, Default)]
pub enum Exposure {
    /// In the public subnets, open to every IPv4 address.
    #[default]
    Internet,
    /// In the public subnets, open to CloudFront's origin-facing addresses alone: on the port of the main listener,
    /// because the prefix list counts as 55 of the 60 rules a security group has. Made with
    /// [`cloud_front_only`](Exposure::cloud_front_only).
    CloudFrontOnly(Value<String>),
    /// In the private subnets, closed; open it to its clients with `connections().allow_from(..)`.
    Internal,
}

impl Exposure {
    /// Only CloudFront reaches it. The argument is the id of the region's managed prefix list
    /// `com.amazonaws.global.cloudfront.origin-facing`, such as `pl-3b927c52` in us-east-1.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html>
    pub fn cloud_front_only(prefix_list: impl IntoValue<String>) -> Self {
        Self::CloudFrontOnly(prefix_list.into_value())
    }

    pub(super) const fn tier(&self) -> SubnetTier {
        match self {
            Self::Internet | Self::CloudFrontOnly(_) => SubnetTier::Public,
            Self::Internal => SubnetTier::Private,
        }
    }
}
