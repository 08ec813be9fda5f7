//! I4: a run says that it is done if and only if every stack is as the assembly says.

use super::super::Invariant as I;
use super::super::run::Command;
use super::judged::{Found, Judged, word};
use crate::assembly::Stack;
use crate::cloud::StackStatus;
use crate::engine::{End, Exit};

impl Judged<'_> {
    pub(super) fn truth(&self, found: &mut Found) {
        let Some(outcome) = &self.run.outcome else { return };
        for stack in &self.run.assembly.stacks {
            let told = outcome.stacks.get(&stack.id).map(|told| &told.end);
            let said_good = matches!(told, Some(End::Changed | End::Unchanged));
            let Some(left) = self.run.left.get(&stack.id) else { continue };
            if said_good && !left.as_wanted && !self.is_disturbed(stack) && !self.reads_from_disturbed(stack) {
                found.push((I::True, format!("{} is {}, and was called {told:?}", stack.id, word(left.status))));
            }
            let gone = left.status.is_none_or(|status| status == StackStatus::DeleteComplete);
            if told == Some(&End::PutBack) && !gone && left.as_wanted && !self.is_disturbed(stack) {
                found.push((I::True, format!("{} is as the assembly says, and was called put back", stack.id)));
            }
            if outcome.exit == Exit::Done && !said_good && self.run.command != Command::Plan {
                found.push((I::True, format!("it is done, and {} ended {told:?}", stack.id)));
            }
        }
        self.no_false_failure(outcome.exit, found);
    }

    /// Whether others did something to a stack that this one reads from: what it was given may be gone by now.
    fn reads_from_disturbed(&self, stack: &Stack) -> bool {
        let named = |other: &Stack| stack.template.contains(&format!("\"{}\"", other.name));
        let mut read = self.run.assembly.stacks.iter().filter(|other| named(other) || stack.needs.contains(&other.id));
        read.any(|other| other.id != stack.id && self.is_disturbed(other))
    }

    /// Where nothing is done otherwise than without faults, it must end well: however late, lost or twice an answer comes.
    fn no_false_failure(&self, exit: Exit, found: &mut Found) {
        let scenario = &self.played.scenario;
        let sight = scenario.faults.iter().all(|fault| fault.kind().is_of_sight());
        if sight && !scenario.may_fail && exit != Exit::Done && exit != Exit::ApprovalNeeded {
            let problems = self.run.outcome.as_ref().map(|outcome| outcome.problems.clone()).unwrap_or_default();
            let first = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
            found.push((I::True, format!("nothing is wrong, and it ended {exit:?}: {first}")));
        }
    }
}
