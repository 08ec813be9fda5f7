//! How a command ends: a contract with whoever calls it from a script.
//!
//! A number keeps its meaning for good; `docs/exit-codes.md` is written from [`ALL`].

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub(crate) enum Exit {
    Success = 0,
    Failure = 1,
    Changes = 2,
    Approval = 3,
    Refused = 4,
    RolledBack = 5,
    NeedsRepair = 6,
    Drift = 7,
    Denied = 8,
    Stale = 9,
    Detached = 10,
    Usage = 64,
    Bug = 70,
    Interrupted = 130,
}

use Exit as E;

/// Every end: its number, what it means, and what to do then.
pub(crate) const ALL: [(Exit, &str, &str); 14] = [
    (E::Success, "done, or there was nothing to do", "nothing"),
    (E::Failure, "something failed that has no number of its own", "read the message; `-v` says more"),
    (
        E::Changes,
        "there are changes; only with `--detailed-exitcode` or `--fail-on`",
        "look at the plan, then apply it",
    ),
    (E::Approval, "somebody must agree first; nothing was changed", "read the plan, then run the command it ends with"),
    (
        E::Refused,
        "a rule, a limit or the assembly itself forbids it; nothing was changed",
        "repair what the findings name",
    ),
    (
        E::RolledBack,
        "it failed, and every stack is as it was before",
        "repair the cause that is named first, deploy again",
    ),
    (E::NeedsRepair, "it failed; some stacks are done or stuck, others are not", "`ce status`, then `ce recover`"),
    (E::Drift, "resources differ from their templates", "`ce drift` names them; deploy, or change the app"),
    (E::Denied, "no credentials, or not allowed to; nothing was changed", "`ce doctor` says what is missing"),
    (E::Stale, "the plan is no longer true, or somebody else is deploying", "plan again"),
    (E::Detached, "stopped waiting; the operation goes on", "`ce attach` waits for it again"),
    (E::Usage, "the command line is wrong", "`ce COMMAND --help`"),
    (E::Bug, "a fault of ce itself", "report it with the message"),
    (E::Interrupted, "interrupted before anything was changed", "nothing"),
];

impl Exit {
    /// Its number.
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }

    /// The end with this number.
    pub(crate) fn with_code(code: u8) -> Option<Self> {
        ALL.iter().map(|(exit, ..)| *exit).find(|exit| exit.code() == code)
    }

    /// What it means, and what to do then.
    pub(crate) fn meaning(self) -> (&'static str, &'static str) {
        ALL.iter().find(|(exit, ..)| *exit == self).map_or(("", ""), |(_, meaning, next)| (meaning, next))
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
