//! What a job's token may do on GitHub.

use std::collections::BTreeMap;

use super::Yaml;

/// Something on GitHub that a workflow's token may read or write.
///
/// Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PermissionScope {
    /// Runs of workflows.
    Actions,
    /// Proofs of where an artifact comes from.
    Attestations,
    /// Results of checks.
    Checks,
    /// The code.
    Contents,
    /// Deployments.
    Deployments,
    /// The token that AWS trusts.
    IdToken,
    /// Issues.
    Issues,
    /// Packages.
    Packages,
    /// Pull requests.
    PullRequests,
    /// Alerts of scanners.
    SecurityEvents,
    /// States of commits.
    Statuses,
}

impl PermissionScope {
    const fn name(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Attestations => "attestations",
            Self::Checks => "checks",
            Self::Contents => "contents",
            Self::Deployments => "deployments",
            Self::IdToken => "id-token",
            Self::Issues => "issues",
            Self::Packages => "packages",
            Self::PullRequests => "pull-requests",
            Self::SecurityEvents => "security-events",
            Self::Statuses => "statuses",
        }
    }
}

/// What a token may do; what is not named, it may not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions(BTreeMap<PermissionScope, bool>);

impl Permissions {
    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reading the code, which checking out needs.
    pub fn read_code() -> Self {
        Self::none().read(PermissionScope::Contents)
    }

    /// And reading something. Default: nothing more.
    pub fn read(mut self, scope: PermissionScope) -> Self {
        self.0.entry(scope).or_insert(false);
        self
    }

    /// And writing something, which includes reading it. Default: nothing more.
    pub fn write(mut self, scope: PermissionScope) -> Self {
        self.0.insert(scope, true);
        self
    }

    pub(super) fn may_write(&self, scope: PermissionScope) -> bool {
        self.0.get(&scope).copied().unwrap_or(false)
    }

    pub(super) fn yaml(&self) -> Yaml {
        let level = |writes: bool| Yaml::text(if writes { "write" } else { "read" });
        Yaml::Map(self.0.iter().map(|(scope, writes)| (scope.name().to_owned(), level(*writes))).collect())
    }
}
