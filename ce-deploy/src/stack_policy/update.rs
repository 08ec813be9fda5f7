//! What an update does to a resource.

use std::fmt;

use crate::cloud::{Action, Change, Replacement};

/// What an update does to a resource, as a stack policy names it.
/// Source: user guide, "Prevent updates to stack resources", Action.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Update {
    /// It is changed in place.
    Modify,
    /// Another takes its place.
    Replace,
    /// It leaves the template, whether it is kept or not.
    Delete,
}

impl Update {
    /// What a change of a change set does for certain; none where a policy has no say, or it is not known yet.
    pub fn of(change: &Change) -> Option<Self> {
        match (change.action, change.replacement) {
            (Action::Remove, _) => Some(Self::Delete),
            (Action::Modify, Some(Replacement::True)) => Some(Self::Replace),
            (Action::Modify, Some(Replacement::False)) => Some(Self::Modify),
            _ => None,
        }
    }

    /// Its name in a policy.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Modify => "Update:Modify",
            Self::Replace => "Update:Replace",
            Self::Delete => "Update:Delete",
        }
    }
}

impl fmt::Display for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
