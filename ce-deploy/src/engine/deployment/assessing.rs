//! What a change set would do, and whether that is agreed to.

use std::collections::BTreeMap;

use super::judge::{Case, Judgement};
use super::reducer::Deployment;
use super::stage::Stage;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{Change, ParameterValue};
use crate::engine::{Moment, Progress};
use crate::plan::{ChangeSetPlan, Later};

impl Deployment {
    pub(super) fn later(&mut self, id: &StackId, missing: Later) {
        let judgement = self.judge_with(id, &[], &BTreeMap::new());
        self.work_mut(id).phase = Phase::Later(missing);
        self.judged(id, judgement);
    }

    /// Judges a stack once more, with what is known of others by now.
    pub(super) fn judge_anew(&mut self, id: &StackId) {
        let inputs = || self.inputs(id).map(|inputs| inputs.parameters).unwrap_or_default();
        let (parameters, changes) = match (&self.work(id).phase, &self.work(id).draft) {
            (Phase::Later(_), _) => (Vec::new(), BTreeMap::new()),
            (_, Some(draft)) => (draft.inputs.parameters.clone(), draft.changes.all().clone()),
            _ => (inputs(), BTreeMap::new()),
        };
        let judgement = self.judge_with(id, &parameters, &changes);
        self.judged(id, judgement);
    }

    fn judged(&mut self, id: &StackId, judgement: Judgement) {
        let work = self.work_mut(id);
        work.risks = judgement.risks;
        work.disagreements = judgement.disagreements;
        work.moved = judgement.moved;
    }

    fn judge_with(&self, id: &StackId, after: &[ParameterValue], changes: &BTreeMap<String, Vec<Change>>) -> Judgement {
        let work = self.work(id);
        let found = self.existing(id);
        let before = found.map(|stack| stack.parameters.as_slice()).unwrap_or_default();
        let (stack, deployed) = (self.run.stack(id), work.deployed.as_deref());
        let elsewhere = &self.elsewhere(id);
        self.judge.judge(&Case {
            stack,
            found,
            deployed,
            nested: self.run.nested(id),
            before,
            after,
            changes,
            elsewhere,
            deletes: false,
        })
    }

    pub(super) fn drafted(&mut self, now: Moment, id: &StackId, template: String) {
        let capabilities = self.work(id).facts.capabilities.clone();
        let Some(draft) = &mut self.work_mut(id).draft else { return };
        let change_set = draft.change_set.clone().unwrap_or_default();
        draft.planned = Some(ChangeSetPlan {
            change_set: change_set.clone(),
            template,
            changes_digest: draft.changes.digest(),
            changes: draft.changes.root().to_vec(),
            nested: draft.changes.nested(),
            capabilities,
        });
        let (parameters, changes) = (draft.inputs.parameters.clone(), draft.changes.all().clone());
        let judgement = self.judge_with(id, &parameters, &changes);
        let changes = changes.values().map(Vec::len).sum();
        if self.shown.insert(change_set.clone()) {
            self.run.tell(now, Progress::ChangeSet { stack: id.clone(), change_set, changes });
        }
        self.judged(id, judgement);
        self.work_mut(id).phase = Phase::Drafted;
        if self.stage == Stage::Applying {
            self.go_on_with(now, id);
        }
    }

    fn go_on_with(&mut self, now: Moment, id: &StackId) {
        match self.blocked(id).into_iter().next() {
            None => self.check_agreement(now, id),
            Some(problem) => {
                self.drop_draft(now, id);
                self.give_up(now, id, problem);
            }
        }
    }

    pub(super) fn nothing_to_do(&mut self, now: Moment, id: &StackId) {
        self.drop_draft(now, id);
        let work = self.work_mut(id);
        work.draft = None;
        work.moved.clear();
        work.phase = Phase::Unchanged;
        if self.stage == Stage::Applying {
            self.unchanged(now, id);
        }
    }
}
