//! How a run ends, as a number.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::cloud::{Failure, FailureKind};

/// How a run ends: the exit code of the process, a contract.
///
/// ```
/// use ce_deploy::engine::Exit;
/// assert_eq!(Exit::Stale.code(), 9);
/// assert_eq!(Exit::all().count(), 14);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exit {
    /// 0: every stack is as the assembly says, or nothing was to be done.
    Done,
    /// 1: something went wrong that has no number of its own.
    Unclassified,
    /// 2: there are changes; only where the user asked to be told so.
    ChangesPresent,
    /// 3: somebody must agree first, or did not. Nothing changed, but for what was agreed to before a new risk showed.
    ApprovalNeeded,
    /// 4: the assembly, the template or a policy is refused; nothing changed.
    Refused,
    /// 5: it failed and was put back; nothing was changed.
    RolledBack,
    /// 6: it failed and a stack needs `recover`, or only some stacks were done.
    NeedsRepair,
    /// 7: something is not as its template says.
    Drifted,
    /// 8: the credentials, the account or the permissions are not right; nothing changed.
    NotAllowed,
    /// 9: the plan is stale, or somebody else works on a stack.
    Stale,
    /// 10: an operation goes on without us.
    Detached,
    /// 64: the command line is wrong.
    Usage,
    /// 70: a fault of this program.
    Bug,
    /// 130: the user wanted an end before anything was begun.
    Interrupted,
}

const ALL: [(Exit, u8); 14] = [
    (Exit::Done, 0),
    (Exit::Unclassified, 1),
    (Exit::ChangesPresent, 2),
    (Exit::ApprovalNeeded, 3),
    (Exit::Refused, 4),
    (Exit::RolledBack, 5),
    (Exit::NeedsRepair, 6),
    (Exit::Drifted, 7),
    (Exit::NotAllowed, 8),
    (Exit::Stale, 9),
    (Exit::Detached, 10),
    (Exit::Usage, 64),
    (Exit::Bug, 70),
    (Exit::Interrupted, 130),
];

impl Exit {
    /// Every way to end.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter().map(|(exit, _)| exit)
    }

    /// The code.
    pub fn code(self) -> u8 {
        ALL.iter().find(|(exit, _)| *exit == self).map_or(1, |(_, code)| *code)
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code())
    }
}

/// What a failure makes of a run that has changed nothing yet.
pub(crate) fn exit_of(failure: &Failure) -> Exit {
    use FailureKind as K;
    match failure.kind {
        K::Denied | K::Expired | K::ClockSkew => Exit::NotAllowed,
        K::InProgress | K::WrongState | K::AlreadyExists => Exit::Stale,
        K::NoAnswer | K::Garbled | K::Unavailable | K::Throttled => Exit::Unclassified,
        K::NotFound | K::TokenUsed | K::NothingToDo | K::Limit | K::Capability | K::Invalid => Exit::Refused,
    }
}
