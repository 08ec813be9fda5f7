//! Leaving nothing behind, and saying what it came to.

use std::collections::BTreeSet;

use super::purpose::{CleanStep, Purpose};
use super::reducer::{Deployment, Goal};
use super::stage::Stage;
use super::work::Phase;
use crate::cloud::{Answer, Call, Failure, FailureKind, Page, StackRef, StackStatus, Token};
use crate::engine::{End, Exit, Moment, OnFailure, StackOutcome};
use crate::journal::{Entry, Made};
use crate::plan::Plan;

impl Deployment {
    /// Whether nothing stands in the way and nobody wants an end.
    pub(super) fn may_go_on(&self) -> bool {
        self.run.problems.is_empty() && !self.run.stopping
    }

    /// Ends a run that has executed nothing: what was made for it is deleted.
    pub(super) fn end_before_changes(&mut self, now: Moment) {
        if self.must_turn_back() {
            return self.turn_back(now);
        }
        for id in self.ids() {
            if self.work(&id).end().is_none() {
                let end = self.end_of(&id, End::NotBegun);
                self.work_mut(&id).phase = Phase::Over(end);
            }
        }
        self.end(now);
    }

    pub(super) fn end_with_plan(&mut self, now: Moment, plan: &Plan) {
        for stack in &plan.stacks {
            let end = if stack.step.changes_something() { End::NotBegun } else { End::Unchanged };
            self.work_mut(&stack.stack).phase = Phase::Over(end);
        }
        if self.run.options.keep {
            self.made.clear();
        }
        self.end(now);
    }

    pub(super) fn end(&mut self, now: Moment) {
        self.stage = Stage::Cleaning;
        std::mem::take(&mut self.made).into_iter().for_each(|made| self.clean(now, made));
    }

    /// Change sets of earlier runs for stacks that are worked on, unless they are used again.
    pub(super) fn clean_leftovers(&mut self, now: Moment) {
        for made in self.run.options.journal.leftovers() {
            let ids = self.ids();
            let stack =
                ids.iter().find(|id| self.run.stack(id).name == made.stack && self.run.stack(id).target == made.target);
            let Some(id) = stack else { continue };
            let used = self.work(id).draft.as_ref().is_some_and(|draft| draft.name == made.change_set);
            let waits = matches!(self.work(id).phase, Phase::Later(_));
            if !used && !waits {
                // The stack itself is needed, or is more than a place for a change set by now.
                self.clean(now, Made { new_stack: false, ..made });
            }
        }
    }

    pub(super) fn clean(&mut self, now: Moment, made: Made) {
        let call = Call::DeleteChangeSet { stack: StackRef::name(&made.stack), change_set: made.change_set.clone() };
        self.ask_clean(now, made, CleanStep::ChangeSet, call);
    }

    fn ask_clean(&mut self, now: Moment, made: Made, step: CleanStep, call: Call) {
        self.cleaning += 1;
        let target = made.target.clone();
        self.run.desk.ask(now, Purpose::Clean(made, step), &target, call);
    }

    /// A stack goes with its change set if it came with it, nothing is in it, and nobody else has a change set for it.
    pub(super) fn took_clean(&mut self, now: Moment, made: &Made, step: CleanStep, result: Result<Answer, Failure>) {
        self.cleaning = self.cleaning.saturating_sub(1);
        let stack = StackRef::name(&made.stack);
        let (next, call) = match (step, result) {
            (CleanStep::ChangeSet, Err(failure)) if failure.kind != FailureKind::NotFound => return,
            (CleanStep::ChangeSet, _) if made.new_stack => {
                (CleanStep::Look, Call::DescribeStacks { stack: Some(stack), page: Page::first() })
            }
            (CleanStep::Look, Ok(Answer::Stacks(stacks, _)))
                if stacks.iter().any(|stack| stack.status == StackStatus::ReviewInProgress) =>
            {
                (CleanStep::List, Call::ListChangeSets { stack, page: Page::first() })
            }
            (CleanStep::List, Ok(Answer::ChangeSets(others, _)))
                if others.iter().all(|(_, name, _)| *name == made.change_set) =>
            {
                let token = Token::of(&made.change_set, &made.stack, "clean", 1);
                (CleanStep::Stack, Call::DeleteStack { stack, token, retain: Vec::new(), role: None })
            }
            (CleanStep::Stack, Err(_)) => return,
            _ => return self.run.desk.record(&Entry::Settled(made.clone())),
        };
        self.ask_clean(now, made.clone(), next, call);
    }

    pub(super) fn after_cleaning(&mut self) {
        if self.cleaning == 0 {
            self.finish();
        }
    }

    pub(super) fn finish(&mut self) {
        self.stage = Stage::Over;
        let arn = |id| self.arn(id);
        let stacks = self
            .works
            .iter()
            .map(|(id, work)| {
                let end = work.end().cloned().unwrap_or(End::NotBegun);
                let outputs = if end == End::PutBack { Vec::new() } else { work.outputs.clone() };
                (id.clone(), StackOutcome { end, arn: arn(id), status: work.status, outputs, report: None })
            })
            .collect();
        let exit = self.exit();
        // Who interrupts a deployment goes on with it when they begin it again.
        let ended = self.run.interrupts == 0 && matches!(exit, Exit::Done | Exit::RolledBack | Exit::NeedsRepair);
        if ended && (self.run.options.on_failure == OnFailure::RollbackAll || !self.formers.is_empty()) {
            self.run.desk.record(&Entry::Concluded);
        }
        self.run.finish(exit, stacks);
    }

    fn exit(&self) -> Exit {
        let ends: Vec<&End> = self.works.values().filter_map(|work| work.end()).collect();
        let any = |end: End| ends.contains(&&end);
        let exits: BTreeSet<Exit> = self.run.problems.iter().map(|problem| problem.exit).collect();
        let changed = any(End::Changed);
        match self.run.problems.first() {
            _ if any(End::Detached) => Exit::Detached,
            _ if any(End::Failed) || self.half_done => Exit::NeedsRepair,
            _ if self.back.is_some() && !changed => Exit::RolledBack,
            _ if self.back.is_some() || (any(End::RolledBack) && changed) => Exit::NeedsRepair,
            _ if any(End::RolledBack) => Exit::RolledBack,
            Some(_) if exits.contains(&Exit::ApprovalNeeded) => Exit::ApprovalNeeded,
            Some(_) if changed => Exit::NeedsRepair,
            Some(first) => first.exit,
            None if self.run.interrupts > 0 && changed => Exit::NeedsRepair,
            None if self.run.interrupts > 0 => Exit::Interrupted,
            None if self.goal == Goal::Plan && self.tells_changes() => Exit::ChangesPresent,
            None => Exit::Done,
        }
    }

    fn tells_changes(&self) -> bool {
        self.run.options.tell_changes && self.run.plan.as_ref().is_some_and(Plan::changes_something)
    }
}
