//! Copies of images in other regions.

use ce_cfn::ecr;
use ce_synth::value::account_id;
use ce_synth::{Region, Scope};

use super::rules;

/// Copies of every image of the account's registry in other regions; one per account and region.
///
/// ```no_run
/// # use ce_synth::{Region, Scope};
/// # use ce_constructs::compute::RegistryReplication;
/// # fn example(scope: Scope<'_>) {
/// RegistryReplication::builder(Region::US_WEST_2).prefix("shop/").build(scope, "Replication");
/// # }
/// ```
///
/// By default every repository is copied. Images pushed before are not.
#[derive(Clone, Copy)]
pub struct RegistryReplication<'a> {
    replication: ecr::ReplicationConfigurationRef<'a>,
}

/// Builder of a [`RegistryReplication`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct RegistryReplicationBuilder {
    regions: Vec<Region>,
    prefixes: Vec<String>,
}

impl RegistryReplication<'_> {
    /// Copies in a region.
    pub fn builder(to: Region) -> RegistryReplicationBuilder {
        RegistryReplicationBuilder { regions: vec![to], prefixes: Vec::new() }
    }
}

impl RegistryReplicationBuilder {
    /// Copies in another region too. Default: one region.
    pub fn and(mut self, region: Region) -> Self {
        self.regions.push(region);
        self
    }

    /// Only repositories whose names begin so. Default: all.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefixes.push(prefix.into());
        self
    }

    /// Adds the replication.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> RegistryReplication<'a> {
        use ecr::replication_configuration as l1;
        let scope = scope.child(id);
        rules::replication_region::check(scope, &self.regions);
        let destinations = self
            .regions
            .iter()
            .map(|region| l1::ReplicationDestination::new().region(region.as_str()).registry_id(account_id()));
        let filters: Vec<_> = (self.prefixes.into_iter())
            .map(|prefix| l1::RepositoryFilter::new().filter(prefix).filter_type("PREFIX_MATCH"))
            .collect();
        let mut rule = l1::ReplicationRule::new().destinations(destinations.collect::<Vec<_>>());
        if !filters.is_empty() {
            rule = rule.repository_filters(filters);
        }
        let configuration = l1::ReplicationConfigurationProperty::new().rules([rule]);
        let replication = ecr::ReplicationConfiguration::new().replication_configuration(configuration);
        RegistryReplication { replication: scope.add("Resource", replication) }
    }
}

impl<'a> RegistryReplication<'a> {
    /// The generated resource.
    pub fn replication(self) -> ecr::ReplicationConfigurationRef<'a> {
        self.replication
    }
}
