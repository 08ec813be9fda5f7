//! Which runs of workflows a role trusts.

use crate::delivery::GitHubRepository;

/// Which runs of a repository's workflows a role trusts; one, and no pattern.
///
/// Source: <https://docs.github.com/en/actions/reference/security/oidc>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Jobs of an environment, after whatever its protection asks for: the one for deployments.
    Environment(String),
    /// Jobs without an environment, on a branch.
    Branch(String),
    /// Jobs without an environment, on a tag.
    Tag(String),
    /// Jobs without an environment, of pull requests; whoever may open one may run them. For reading only.
    PullRequest,
}

impl Subject {
    /// Jobs of an environment.
    pub fn environment(name: impl Into<String>) -> Self {
        Self::Environment(name.into())
    }

    /// Jobs on a branch.
    pub fn branch(name: impl Into<String>) -> Self {
        Self::Branch(name.into())
    }

    /// Jobs on a tag.
    pub fn tag(name: impl Into<String>) -> Self {
        Self::Tag(name.into())
    }

    /// The claim `sub` of the token.
    pub(super) fn claim(&self, repository: &GitHubRepository) -> String {
        match self {
            // GitHub writes a colon in a name as `%3A`.
            Self::Environment(name) => format!("repo:{repository}:environment:{}", name.replace(':', "%3A")),
            Self::Branch(name) => format!("repo:{repository}:ref:refs/heads/{name}"),
            Self::Tag(name) => format!("repo:{repository}:ref:refs/tags/{name}"),
            Self::PullRequest => format!("repo:{repository}:pull_request"),
        }
    }

    /// The name it speaks of.
    pub(in crate::delivery) fn name(&self) -> Option<&str> {
        match self {
            Self::Environment(name) | Self::Branch(name) | Self::Tag(name) => Some(name),
            Self::PullRequest => None,
        }
    }
}
