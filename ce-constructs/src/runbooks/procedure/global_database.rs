//! Databases of two regions, as runbooks name them.

use ce_synth::value::{account_id, partition};
use ce_synth::{IntoValue, Region, Value, join};

/// An Aurora global database of two members, as runbooks name it.
#[derive(Clone, Debug, PartialEq)]
pub struct GlobalDatabase {
    pub(super) name: Value<String>,
    pub(super) primary: Region,
    pub(super) primary_cluster: Value<String>,
    pub(super) standby: Region,
    pub(super) standby_cluster: Value<String>,
}

impl GlobalDatabase {
    /// The name of the global cluster, and the region and ARN of each member: the one that writes on quiet days, and the
    /// one that follows. An ARN that does not wait for the other region is one put together from names.
    pub fn new(
        name: impl IntoValue<String>,
        primary: (Region, impl IntoValue<String>),
        standby: (Region, impl IntoValue<String>),
    ) -> Self {
        Self {
            name: name.into_value(),
            primary: primary.0,
            primary_cluster: primary.1.into_value(),
            standby: standby.0,
            standby_cluster: standby.1.into_value(),
        }
    }

    /// What calls about it need to be allowed on: itself, and its members, that of the other region by a pattern.
    pub(super) fn arns(&self) -> Vec<Value<String>> {
        let other = format!(":rds:{}:", self.primary);
        vec![
            join!["arn:", partition(), ":rds::", account_id(), ":global-cluster:", &self.name],
            self.standby_cluster.clone(),
            join!["arn:", partition(), other, account_id(), ":cluster:*"],
        ]
    }
}
