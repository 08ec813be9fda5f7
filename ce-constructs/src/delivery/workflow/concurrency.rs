//! What may run at the same time.

use super::Yaml;

/// A group of which one run goes on at a time; the others wait.
///
/// It stands for the lock that a state file would have: CloudFormation takes one operation a stack at a time, this one
/// deployment of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concurrency {
    group: String,
    cancels: bool,
}

impl Concurrency {
    /// One run of this group at a time; a newer one waits for it.
    pub fn queue(group: impl Into<String>) -> Self {
        Self { group: group.into(), cancels: false }
    }

    /// One run of this group at a time; a newer one stops it. For checks only: a deployment must not be stopped half way.
    pub fn newest(group: impl Into<String>) -> Self {
        Self { group: group.into(), cancels: true }
    }

    pub(super) fn yaml(&self) -> Yaml {
        Yaml::map([("group", Some(Yaml::text(&self.group))), ("cancel-in-progress", Some(Yaml::Bool(self.cancels)))])
    }
}
