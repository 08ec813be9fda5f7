//! The usual runbooks, ready to be given names, owners and further steps.
//!
//! Each is a function from what it is about to a [`RunbookBuilder`](super::RunbookBuilder): add to it, automate it, build
//! it.
//!
//! ```
//! use ce_constructs::runbooks::procedure;
//! use ce_synth::{Account, App, Environment, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
//! let app = App::new();
//! let stack = app.stack("Runbooks", PROD);
//! procedure::database_rollback(Region::US_EAST_1, "shop-prod", Some("shop-global"), "shop/prod/database").build(stack, "Pitr");
//! let assembly = app.synth()?;
//! let text = assembly.file("runbooks/database-rollback.md").unwrap();
//! assert!(text.contains("--source-db-cluster-identifier shop-prod"));
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! The commands are those of version 2 of the AWS CLI.
//! Source: <https://docs.aws.amazon.com/cli/latest/reference/>

mod connection_exhaustion;
mod cost_review;
mod database_rollback;
mod deployment_rollback;
mod failback;
mod failover;
mod fleet;
mod global_database;
mod incident_response;
mod key_rotation;
mod manual_qa;
mod restore_test;

pub use connection_exhaustion::connection_exhaustion;
pub use cost_review::cost_review;
pub use database_rollback::database_rollback;
pub use deployment_rollback::deployment_rollback;
pub use failback::failback;
pub use failover::failover;
pub use fleet::Fleet;
pub use global_database::GlobalDatabase;
pub use incident_response::incident_response;
pub use key_rotation::key_rotation;
pub use manual_qa::manual_qa;
pub use restore_test::restore_test;

use ce_synth::Region;

/// A call that reads a metric of the last hour.
fn metric(region: Region, namespace: &str, name: &str, dimension: &str, statistic: &str) -> String {
    format!(
        "aws cloudwatch get-metric-statistics --region {region} --namespace {namespace} --metric-name {name} \\\n  \
         --statistics {statistic} --period 300 --start-time \"$(date -u -d '1 hour ago' +%FT%TZ)\" \\\n  \
         --end-time \"$(date -u +%FT%TZ)\" --dimensions Name={dimension},Value="
    )
}
