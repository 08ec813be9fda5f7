//! What the numbers mean that a command ends with: a contract with whoever calls it from a script.
//!
//! The numbers are [`Exit`]'s; `docs/exit-codes.md` says the same.

use ce_deploy::engine::Exit;

/// What a number means, and what to do then.
pub(crate) fn meaning(exit: Exit) -> (&'static str, &'static str) {
    match exit {
        Exit::Done => ("done, or there was nothing to do", "nothing"),
        Exit::Unclassified => ("something failed that has no number of its own", "read the message; `-v` says more"),
        Exit::ChangesPresent => {
            ("there are changes; only with `--detailed-exitcode` or `--fail-on`", "read the plan, then apply it")
        }
        Exit::ApprovalNeeded => {
            ("somebody must agree first; nothing changed since", "read the plan, then run the command it ends with")
        }
        Exit::Refused => ("a rule, a limit or the assembly itself forbids it; nothing changed", "mend what is named"),
        Exit::RolledBack => (
            "it failed and was put back; with `--on-failure rollback-all` all that was changed",
            "mend the cause that is named first, deploy again",
        ),
        Exit::NeedsRepair => ("it failed: a stack is stuck, or only some are done", "`ce status`, then `ce recover`"),
        Exit::Drifted => (
            "resources differ from their templates",
            "`ce drift` names them; `--revert` puts them back, `--accept` lives with them, or change the app",
        ),
        Exit::NotAllowed => ("no credentials, or not allowed to; nothing changed", "`ce doctor` says what is missing"),
        Exit::Stale => ("the plan is no longer true, or somebody else works on a stack", "plan again"),
        Exit::Detached => ("stopped waiting; what was begun goes on", "`ce attach` waits for it again"),
        Exit::Usage => ("the command line is wrong", "`ce COMMAND --help`"),
        Exit::Bug => ("a fault of ce itself", "report it with the message"),
        Exit::Interrupted => ("interrupted before anything was begun", "nothing"),
    }
}
