//! What an errand came to.

use super::Report;
use super::reducer::{Errand, Stage, Task};
use crate::engine::{End, Exit, StackOutcome};

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
                    arn: self.run.found(id).map(|found| found.id.clone()),
                    status: subject.status,
                    outputs: subject.outputs.clone(),
                    report: subject.report.clone(),
                };
                (id.clone(), outcome)
            })
            .collect();
        let exit = self.exit();
        self.run.finish(exit, stacks);
    }

    fn exit(&self) -> Exit {
        let ends: Vec<&End> = self.subjects.values().filter_map(|subject| subject.end()).collect();
        let any = |end: End| ends.contains(&&end);
        let changed = any(End::Changed) || any(End::Deleted);
        match self.run.problems.first() {
            _ if any(End::Detached) => Exit::Detached,
            _ if any(End::Failed) => Exit::NeedsRepair,
            _ if any(End::RolledBack) => Exit::RolledBack,
            Some(_) if changed => Exit::NeedsRepair,
            Some(first) => first.exit,
            None if self.run.interrupts > 0 => Exit::Interrupted,
            None if self.task == Task::Drift && self.drifted() => Exit::Drifted,
            None => Exit::Done,
        }
    }

    fn drifted(&self) -> bool {
        let drifted = |report: &Report| matches!(report, Report::Drift(drifts) if !drifts.is_empty());
        self.subjects.values().filter_map(|subject| subject.report.as_ref()).any(drifted)
    }
}
