//! What an errand came to.

use super::Report;
use super::reducer::{Errand, Stage, Task};
use crate::engine::{Action, End, Exit, Outcome, StackOutcome};

impl Errand {
    pub(super) fn finish(&mut self) {
        if self.stage == Stage::Over {
            return;
        }
        self.stage = Stage::Over;
        let stacks = self
            .subjects
            .iter()
            .map(|(id, subject)| {
                let outcome = StackOutcome {
                    end: subject.end().cloned().unwrap_or(End::NotBegun),
                    arn: subject.found.as_ref().map(|found| found.id.clone()),
                    status: subject.status,
                    outputs: subject.outputs.clone(),
                    report: subject.report.clone(),
                };
                (id.clone(), outcome)
            })
            .collect();
        let outcome = Outcome {
            exit: self.exit(),
            stacks,
            problems: self.problems.clone(),
            plan: self.plan.clone().map(Box::new),
        };
        self.desk.act(Action::Finish(Box::new(outcome)));
    }

    fn exit(&self) -> Exit {
        let ends: Vec<&End> = self.subjects.values().filter_map(|subject| subject.end()).collect();
        let any = |end: End| ends.contains(&&end);
        let changed = any(End::Changed) || any(End::Deleted);
        match self.problems.first() {
            _ if any(End::Detached) => Exit::Detached,
            _ if any(End::Failed) => Exit::NeedsRepair,
            _ if any(End::RolledBack) => Exit::RolledBack,
            Some(_) if changed => Exit::NeedsRepair,
            Some(first) => first.exit,
            None if self.interrupts > 0 => Exit::Interrupted,
            None if self.task == Task::Drift && self.drifted() => Exit::Drifted,
            None => Exit::Done,
        }
    }

    fn drifted(&self) -> bool {
        let drifted = |report: &Report| matches!(report, Report::Drift(drifts) if !drifts.is_empty());
        self.subjects.values().filter_map(|subject| subject.report.as_ref()).any(drifted)
    }
}
