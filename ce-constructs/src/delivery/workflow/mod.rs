//! Workflows of GitHub Actions, typed.

mod action_ref;
mod concurrency;
mod job;
mod permissions;
mod scalar;
mod step;
mod trigger;
#[expect(clippy::module_inception, reason = "the chapter's main type has the chapter's name")]
mod workflow;
mod yaml;

pub use action_ref::{ActionRef, ParseActionRefError};
pub use concurrency::Concurrency;
pub use job::Job;
pub use permissions::{PermissionScope, Permissions};
pub use step::JobStep;
pub use trigger::Trigger;
pub use workflow::{Workflow, WorkflowFile};

pub(super) use action_ref::{CHECKOUT, CODEQL_ANALYZE, CODEQL_INIT, DOWNLOAD, SNYK, UPLOAD};
pub(super) use yaml::Yaml;
