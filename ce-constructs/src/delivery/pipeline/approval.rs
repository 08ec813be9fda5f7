//! Approvals.

/// An approval: an environment of GitHub that somebody has to let a run into.
///
/// An environment is content with one of its reviewers, however many it has; two persons are two approvals, one after
/// the other, whose reviewers have nobody in common (`CE8512`). The reviewers are set on GitHub, with self-review off:
/// a workflow cannot say them.
///
/// Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    environment: String,
    reviewers: Vec<String>,
}

impl Approval {
    /// An approval by the name of its environment.
    pub fn new(environment: impl Into<String>) -> Self {
        Self { environment: environment.into(), reviewers: Vec::new() }
    }

    /// Who may approve, users and teams, as they are set on GitHub. Default: nobody is said here.
    pub fn reviewers<S: Into<String>>(mut self, reviewers: impl IntoIterator<Item = S>) -> Self {
        self.reviewers.extend(reviewers.into_iter().map(Into::into));
        self
    }

    /// The name of its environment.
    pub fn environment(&self) -> &str {
        &self.environment
    }

    /// Who may approve.
    pub fn all_reviewers(&self) -> &[String] {
        &self.reviewers
    }
}
