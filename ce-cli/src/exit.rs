//! How a command ends: a contract with whoever calls it from a script.
//!
//! A number keeps its meaning for good; `docs/exit-codes.md` says the same as [`meaning`].

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Exit {
    Done = 0,
    Unclassified = 1,
    ChangesPresent = 2,
    ApprovalNeeded = 3,
    Refused = 4,
    RolledBack = 5,
    NeedsRepair = 6,
    Drifted = 7,
    NotAllowed = 8,
    Stale = 9,
    Detached = 10,
    Usage = 64,
    Bug = 70,
    Interrupted = 130,
}
use Exit as E;
impl Exit {
    pub(crate) fn code(self) -> u8 {
        self as u8
    }
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        [
            E::Done,
            E::Unclassified,
            E::ChangesPresent,
            E::ApprovalNeeded,
            E::Refused,
            E::RolledBack,
            E::NeedsRepair,
            E::Drifted,
            E::NotAllowed,
            E::Stale,
            E::Detached,
            E::Usage,
            E::Bug,
            E::Interrupted,
        ]
        .into_iter()
    }
}

/// What a number means, and what to do then.
pub(crate) fn meaning(exit: Exit) -> (&'static str, &'static str) {
    match exit {
        E::Done => ("done, or there was nothing to do", "nothing"),
        E::Unclassified => ("something failed that has no number of its own", "read the message; `-v` says more"),
        E::ChangesPresent => {
            ("there are changes; only with `--detailed-exitcode` or `--fail-on`", "read the plan, then apply it")
        }
        E::ApprovalNeeded => {
            ("somebody must agree first; nothing was changed since", "read the plan, then run the command it ends with")
        }
        E::Refused => ("a rule, a limit or the assembly itself forbids it; nothing was changed", "mend what is named"),
        E::RolledBack => ("it failed and was put back", "mend the cause that is named first, deploy again"),
        E::NeedsRepair => ("it failed: a stack is stuck, or only some are done", "`ce status`, then `ce recover`"),
        E::Drifted => ("resources differ from their templates", "`ce drift` names them; deploy, or change the app"),
        E::NotAllowed => ("no credentials, or not allowed to; nothing was changed", "`ce doctor` says what is missing"),
        E::Stale => ("the plan is no longer true, or somebody else works on a stack", "plan again"),
        E::Detached => ("stopped waiting; what was begun goes on", "`ce attach` waits for it again"),
        E::Usage => ("the command line is wrong", "`ce COMMAND --help`"),
        E::Bug => ("a fault of ce itself", "report it with the message"),
        E::Interrupted => ("interrupted before anything was changed", "nothing"),
    }
}
