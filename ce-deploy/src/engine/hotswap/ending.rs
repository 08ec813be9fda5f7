//! What a hotswap came to.

use super::reducer::{Hotswap, Stage};
use super::work::{Phase, Work};
use crate::assembly::StackId;
use crate::engine::{End, Exit, HotswapReport, Report, StackOutcome};

impl Hotswap {
    pub(super) fn finish(&mut self) {
        if self.stage == Stage::Over {
            return;
        }
        let exit = self.exit();
        let began = self.stage == Stage::Swapping;
        self.stage = Stage::Over;
        let outcome = |(id, work): (&StackId, &Work)| {
            let found = self.run.found(id);
            let report = self.report(work, began);
            let outcome = StackOutcome {
                end: end(&report, work.phase),
                arn: found.map(|found| found.id.clone()),
                status: found.map(|found| found.status),
                outputs: found.map(|found| found.outputs.clone()).unwrap_or_default(),
                report: Some(Report::Hotswap(report)),
            };
            (id.clone(), outcome)
        };
        let stacks = self.works.iter().map(outcome).collect();
        self.run.finish(exit, stacks);
    }

    fn report(&self, work: &Work, began: bool) -> HotswapReport {
        if !work.obstacles.is_empty() {
            HotswapReport::Refused(work.obstacles.clone())
        } else if !work.failures.is_empty() {
            HotswapReport::Failed(work.failures.clone())
        } else if !work.aims.is_empty() && began {
            HotswapReport::Swapped(work.aims.clone())
        } else if !work.aims.is_empty() || self.stands_in_the_way() {
            HotswapReport::NotBegun
        } else if work.differs {
            HotswapReport::AsWanted
        } else {
            HotswapReport::Same
        }
    }

    fn exit(&self) -> Exit {
        let swaps = self.works.values().any(|work| work.phase == Phase::Swapping);
        match self.run.problems.first() {
            _ if swaps => Exit::Detached,
            Some(first) => first.exit,
            None if self.run.interrupts > 0 && self.stage != Stage::Swapping => Exit::Interrupted,
            None if self.is_refused() => Exit::Refused,
            None => Exit::Done,
        }
    }
}

fn end(report: &HotswapReport, phase: Phase) -> End {
    match report {
        HotswapReport::Swapped(_) if phase == Phase::Swapping => End::Detached,
        HotswapReport::Swapped(_) => End::Changed,
        HotswapReport::Failed(_) => End::Failed,
        HotswapReport::Same | HotswapReport::AsWanted => End::Unchanged,
        HotswapReport::Refused(_) | HotswapReport::NotBegun => End::NotBegun,
    }
}
