//! Aurora: clusters of PostgreSQL or MySQL whose storage is in three zones, alone or across regions.

mod build;
mod builder;
mod capacity;
mod check;
mod cluster;
mod global;
mod instances;
mod metrics;
mod reader_scaling;
mod watch;

pub(super) use build::on_replacement;
pub use builder::AuroraClusterBuilder;
pub use capacity::Capacity;
pub use cluster::AuroraCluster;
pub use global::{AuroraGlobal, AuroraGlobalBuilder};
pub use reader_scaling::ReaderScaling;

/// What `EngineLifecycleSupport` is called.
pub(super) const fn lifecycle(extended_support: bool) -> &'static str {
    if extended_support { "open-source-rds-extended-support" } else { "open-source-rds-extended-support-disabled" }
}
