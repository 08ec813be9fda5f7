//! How workflows sign in to AWS.

mod assumed_role;
mod bootstrap;
mod github_provider;
mod github_role;
mod permissions;
mod subject;

pub use assumed_role::AssumedRole;
pub use github_provider::GitHubProvider;
pub use github_role::{GitHubRole, GitHubRoleBuilder};
pub use subject::Subject;

pub(super) use bootstrap::execution_role;
