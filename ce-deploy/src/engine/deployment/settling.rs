//! Stacks that were hotswapped since they were last deployed.
//!
//! CloudFormation does not know what a hotswap set. Where the template says now what it said before, CloudFormation sees
//! no difference, and would leave what was swapped. So that is put back first, in the same way as it was swapped. Where the
//! template says something else, its own update sets it.

use std::collections::BTreeMap;

use super::purpose::ApplyStep;
use super::reducer::{Deployment, Goal};
use super::work::{Phase, Work};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure};
use crate::difference::Elsewhere;
use crate::engine::exit::exit_of;
use crate::engine::swap::Wish;
use crate::engine::{Case, Exit, Moment, Problem};
use crate::hotswap::back;
use crate::journal::{Entry, Swapped};
use crate::plan::Later;

impl Deployment {
    /// What was swapped of a stack, as far as this machine knows. A stack that was made anew since is another.
    pub(super) fn swapped(&self, id: &StackId) -> Option<&Swapped> {
        let arn = &self.existing(id)?.id;
        self.swaps.get(id).filter(|swapped| swapped.arn == *arn)
    }

    /// The logical ids of what was swapped of a stack.
    pub(super) fn swapped_resources(&self, id: &StackId) -> Vec<String> {
        self.swapped(id).into_iter().flat_map(|swapped| swapped.resources.keys().cloned()).collect()
    }

    /// Whether it must be looked at for what was swapped before anything else is done with it.
    pub(super) fn must_settle(&self, id: &StackId) -> bool {
        let work = self.work(id);
        let left_over = work.phase == Phase::Later(Later::Leftover) || work.goes;
        !work.settled && !left_over && self.goal != Goal::Plan && self.back.is_none() && self.swapped(id).is_some()
    }

    /// Finds out what is to be put back.
    pub(super) fn settle(&mut self, now: Moment, id: &StackId) {
        self.run.began.insert(id.clone(), now);
        let work = self.work_mut(id);
        work.settles = Some(work.phase.clone());
        work.phase = Phase::Settling;
        let call = Call::GetTemplate { stack: self.reference(id), change_set: None };
        self.ask_apply(now, id, ApplyStep::Settle, call);
    }

    pub(super) fn took_known(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.work(id).phase != Phase::Settling {
            return;
        }
        match result {
            Ok(Answer::Template(deployed)) => match self.wish_back(id, &deployed) {
                Some(wish) if wish.aims.is_empty() => self.settled(id, false),
                Some(wish) => {
                    let schemas = self.judge.schemas();
                    self.run.prepare_swap(now, id, wish, schemas);
                }
                None => self.not_settled(now, id, "", "its templates cannot be compared"),
            },
            Ok(_) => self.give_up(now, id, Problem::new(Exit::Bug, "the answer belongs to another question")),
            Err(failure) => {
                let message = format!("the template of stack `{}` cannot be read: {failure}", self.run.stack(id).name);
                self.give_up(now, id, Problem::new(exit_of(&failure), message));
            }
        }
    }

    fn wish_back(&self, id: &StackId, deployed: &str) -> Option<Wish> {
        let (swapped, found) = (self.swapped(id)?.clone(), self.existing(id)?);
        let after = self.inputs(id).map(|inputs| inputs.parameters).unwrap_or_default();
        let case = Case {
            stack: self.run.stack(id),
            found: Some(found),
            deployed: Some(deployed),
            nested: self.run.nested(id),
            before: &found.parameters,
            after: &after,
            changes: &BTreeMap::new(),
            elsewhere: &Elsewhere::default(),
            deletes: false,
        };
        let (before, after) = case.versions()?;
        let aims = back(&before, &after, &swapped);
        Some(Wish { arn: found.id.clone(), aims, before, after })
    }

    pub(super) fn swap_ready(&mut self, now: Moment, id: &StackId) {
        if self.work(id).phase == Phase::Settling {
            self.run.carry_out_swap(now, id);
        }
    }

    pub(super) fn swap_over(&mut self, now: Moment, id: &StackId, failures: &[(String, String)]) {
        if self.work(id).phase != Phase::Settling {
            return;
        }
        match failures.first() {
            None => self.settled(id, true),
            Some((logical_id, why)) => self.not_settled(now, id, logical_id, why),
        }
    }

    /// What was swapped cannot be put back: a deployment now would leave something that no template says.
    pub(super) fn not_settled(&mut self, now: Moment, id: &StackId, logical_id: &str, why: &str) {
        if self.work(id).phase != Phase::Settling {
            return;
        }
        let what = if logical_id.is_empty() { "what was hotswapped".to_owned() } else { format!("`{logical_id}`") };
        let message = format!("{what} of stack `{}` cannot be put back: {why}", self.run.stack(id).name);
        let help = "change the property in the app, so that CloudFormation sets it, or mend what stands in the way";
        self.give_up(now, id, Problem::new(Exit::NeedsRepair, message).help(help));
    }

    fn settled(&mut self, id: &StackId, put_back: bool) {
        let work = self.work_mut(id);
        work.settled = true;
        work.put_back |= put_back;
        work.phase = work.settles.take().unwrap_or(Phase::Unchanged);
    }

    /// A stack is as the assembly says; so is what was swapped of it.
    pub(super) fn reconciled(&mut self, id: &StackId) {
        if self.works.get(id).is_some_and(Work::is_in_step) {
            self.run.desk.record(&Entry::Reconciled { stack: id.clone() });
        }
    }
}
