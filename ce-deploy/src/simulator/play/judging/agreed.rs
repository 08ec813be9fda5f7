//! I1: only a change set that was read and agreed to is executed, and it does what was agreed to.

use super::super::Invariant as I;
use super::super::run::Command;
use super::judged::{Found, Judged};
use crate::assembly::Stack;
use crate::digest::sha256;
use crate::engine::{Moment, OnFailure, Progress};
use crate::plan::{Approval, ChangeSetPlan, Decision, Plan, digest_of_changes};
use crate::simulator::{Deed, KnownChangeSet};

impl Judged<'_> {
    pub(super) fn agreed(&self, found: &mut Found) {
        for deed in self.executions() {
            if self.run.command == Command::Plan {
                found.push((I::Agreed, format!("{} was worked on by a run that only plans", deed.stack)));
            }
            let known = deed.change_set.as_deref().and_then(|arn| self.played.simulator.change_set(arn));
            let (Some(known), Some(stack)) = (known, self.stack(&deed.stack)) else {
                found.push((I::Agreed, format!("{} is of no stack of the assembly", deed.stack)));
                continue;
            };
            let Some(plan) = &self.run.plan else {
                found.push((I::Agreed, format!("{} was executed without a plan", known.id())));
                continue;
            };
            if let Err(what) = self.is_ours(&known, stack).and_then(|()| self.is_as_planned(plan, stack, &known, deed))
            {
                found.push((I::Agreed, format!("{} was executed, and {what}", known.id())));
            }
            if let Err(what) = self.is_consented(plan, stack, deed.at) {
                found.push((I::Agreed, format!("{} was executed, and {what}", known.id())));
            }
        }
    }

    fn is_ours(&self, known: &KnownChangeSet<'_>, stack: &Stack) -> Result<(), String> {
        let phased =
            self.run.plan.as_ref().is_some_and(|plan| {
                plan.stacks.iter().any(|planned| planned.stack == stack.id && planned.then.is_some())
            });
        if !known.token().is_of_ce() {
            return Err("it is not ours".to_owned());
        }
        // A stack that changes in phases has another template on the way, which the plan tells.
        if !phased && known.template() != Some(&*stack.template) && !self.was_there(stack, known.template()) {
            return Err("it has another template than the assembly".to_owned());
        }
        Ok(())
    }

    /// Whether a template is one that a stack had before, where all is put back when something fails.
    fn was_there(&self, stack: &Stack, template: Option<&str>) -> bool {
        let scenario = &self.played.scenario;
        let mut earlier = scenario.assemblies.iter().filter_map(|assembly| assembly.stack(&stack.id));
        scenario.options.on_failure == OnFailure::RollbackAll
            && earlier.any(|earlier| template == Some(&*earlier.template))
    }

    /// Whether what the service has is what the plan says, byte by byte and change by change.
    fn is_as_planned(&self, plan: &Plan, stack: &Stack, known: &KnownChangeSet<'_>, deed: &Deed) -> Result<(), String> {
        let planned = plan.stacks.iter().find(|planned| planned.stack == stack.id);
        match planned.and_then(|planned| planned.step.change_set()).filter(|planned| planned.change_set == known.id()) {
            Some(planned) => self.does_the_same(planned, known),
            None if self.was_made_since(known.id(), deed.at) => Ok(()),
            None => Err("it is in no plan".to_owned()),
        }
    }

    /// Whether a change set was made after the plan, because what it takes was not there before.
    fn was_made_since(&self, change_set: &str, until: Moment) -> bool {
        let planned = self.run.told.iter().find(|(_, told)| matches!(told, Progress::Planned { .. }));
        let whole = if self.run.command == Command::Apply { self.run.began } else { until };
        let since = planned.map_or(whole, |(at, _)| *at);
        let mut made = self.deeds().filter(|deed| deed.called && deed.api == "CreateChangeSet");
        made.any(|deed| deed.change_set.as_deref() == Some(change_set) && (since..=until).contains(&deed.at))
    }

    /// Whether somebody agreed to this plan before, as far as somebody had to.
    fn is_consented(&self, plan: &Plan, stack: &Stack, at: Moment) -> Result<(), String> {
        // The way back is a plan of its own, for what was there before; I6 says what it may not lose.
        let back = self.run.told.iter().find(|(_, told)| matches!(told, Progress::TurningBack { .. }));
        if back.is_some_and(|(since, _)| *since <= at) {
            return Ok(());
        }
        let digest = plan.digest();
        let mut asked = self.run.asked.iter().filter(|question| question.plan.assembly == self.run.assembly.digest);
        if asked.any(|question| question.plan.digest() != digest) {
            return Err("somebody was asked about another plan".to_owned());
        }
        let options = &self.played.scenario.options;
        let before = self.run.decided.iter().filter(|(decided, _)| *decided <= at);
        let approval = before.fold(options.approval.clone(), |all: Approval, (_, decision)| match decision {
            Decision::Approved(approval) => all.and(approval.clone()),
            Decision::Declined => all,
        });
        let risks = plan.stacks.iter().filter(|planned| planned.stack == stack.id).flat_map(|planned| &planned.risks);
        match approval.open(&options.ask, &digest, risks).first() {
            Some(risk) => Err(format!("nobody had agreed to {} of {}", risk.class, risk.id())),
            None => Ok(()),
        }
    }

    fn does_the_same(&self, planned: &ChangeSetPlan, known: &KnownChangeSet<'_>) -> Result<(), String> {
        if known.template().map(sha256).as_ref() != Some(&planned.template) {
            return Err("its template is not the one that was agreed to".to_owned());
        }
        let mut changes = known.all_changes();
        if self.could_not_read() {
            changes.retain(|path, _| path.is_empty() || planned.nested.contains_key(path));
        }
        if digest_of_changes(&changes) != planned.changes_digest {
            return Err("it changes something else than was agreed to".to_owned());
        }
        Ok(())
    }

    /// Whether a change set could not be read: that of a nested stack is then judged by its template.
    fn could_not_read(&self) -> bool {
        self.run.sent.iter().any(|sent| sent.api == "DescribeChangeSet" && sent.failure.is_some())
    }
}
