//! Aurora across regions.

use ce_cfn::rds;
use ce_synth::{DeletionPolicy, Region, Scope, UpdateReplacePolicy};

use crate::data::AuroraEngine;
use crate::data::rules::{engine_version, name_form};

/// A global database: one cluster that writes, and a copy of it in each of up to five other regions, about a second
/// behind.
///
/// ```
/// use ce_constructs::data::{AuroraCluster, AuroraEngine, AuroraGlobal};
/// use ce_constructs::network::Network;
/// use ce_synth::Scope;
///
/// fn databases<'a>(primary: Scope<'a>, standby: Scope<'a>, here: &dyn Network, there: &dyn Network) {
///     let global = AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(primary, "Global");
///     AuroraCluster::builder(here).global(&global).build(primary, "Orders");
///     AuroraCluster::builder(there).global(&global).build(standby, "Orders");
/// }
/// ```
///
/// The cluster in the region of the global database's own stack is the primary; every other is a secondary, without
/// credentials, which forwards writes. Secondaries name it by its physical name, so that their stacks can be changed
/// while the primary's region is down.
///
/// It does not fail over by itself: AWS never promotes another region on its own.
#[derive(Clone)]
pub struct AuroraGlobal<'a> {
    cluster: rds::GlobalClusterRef<'a>,
    name: String,
    engine: AuroraEngine,
}

impl<'a> AuroraGlobal<'a> {
    /// A global database of this physical name; all its clusters have the engine and version given here.
    pub fn builder(name: impl Into<String>, engine: AuroraEngine) -> AuroraGlobalBuilder {
        AuroraGlobalBuilder { name: name.into(), engine, deletion_protection: None, extended_support: false }
    }

    /// The resource, for what this block does not set.
    pub fn cluster(&self) -> rds::GlobalClusterRef<'a> {
        self.cluster
    }

    /// Its physical name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The engine of all its clusters.
    pub fn engine(&self) -> &AuroraEngine {
        &self.engine
    }

    /// The region of its primary.
    pub fn region(&self) -> Region {
        self.cluster.scope().region()
    }
}

/// Settings of an [`AuroraGlobal`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct AuroraGlobalBuilder {
    name: String,
    engine: AuroraEngine,
    deletion_protection: Option<bool>,
    extended_support: bool,
}

impl AuroraGlobalBuilder {
    /// Whether AWS refuses to delete it. Default: in production.
    pub fn deletion_protection(mut self, on: bool) -> Self {
        self.deletion_protection = Some(on);
        self
    }

    /// Whether it may run, at extra cost, after its version has left standard support. Default: no.
    pub fn extended_support(mut self, on: bool) -> Self {
        self.extended_support = on;
        self
    }

    /// Adds the global database.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> AuroraGlobal<'a> {
        let scope = scope.child(id);
        let engine = &self.engine;
        engine_version::check(scope, engine.name(), engine.version(), engine.creatable(), engine.line_parts());
        name_form::check_identifier(scope, &self.name, 63);
        let production = scope.environment().tier.is_production();
        let cluster = rds::GlobalCluster::new()
            .global_cluster_identifier(&self.name)
            .engine(engine.name())
            .engine_version(engine.version().as_str())
            .engine_lifecycle_support(super::lifecycle(self.extended_support))
            .storage_encrypted(true)
            .deletion_protection(self.deletion_protection.unwrap_or(production));
        let cluster = scope.add("Resource", cluster);
        cluster.deletion_policy(DeletionPolicy::Retain).update_replace_policy(UpdateReplacePolicy::Retain);
        AuroraGlobal { cluster, name: self.name, engine: self.engine }
    }
}
