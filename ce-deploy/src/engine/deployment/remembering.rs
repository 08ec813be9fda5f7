//! How stacks were, written down before they are changed, where all is put back when something fails.

use super::former::Former;
use super::purpose::ApplyStep;
use super::reducer::Deployment;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, Mode};
use crate::engine::{Exit, Moment, OnFailure, Problem};

impl Deployment {
    /// Whether what this run changes may have to be put back.
    pub(super) fn may_turn_back(&self) -> bool {
        self.run.options.on_failure == OnFailure::RollbackAll && self.back.is_none()
    }

    /// What others did to resources is gone once it is reverted; no template brings it back.
    pub(super) fn refuse_way_back(&mut self) {
        if self.may_turn_back() && self.run.options.mode == Mode::RevertDrift {
            let message = "what is reverted because it drifted cannot be put back";
            self.run.problem(Problem::new(Exit::Usage, message).help("leave out `--on-failure rollback-all`"));
        }
    }

    /// Fetches the template that a stack has, where a plan was taken over and nobody has read it. Whether it is fetched.
    pub(super) fn recall(&mut self, now: Moment, id: &StackId) -> bool {
        let known = self.work(id).deployed.is_some() || self.existing(id).is_none();
        if known || !self.may_turn_back() {
            return false;
        }
        self.work_mut(id).phase = Phase::Remembering;
        let call = Call::GetTemplate { stack: self.reference(id), change_set: None };
        self.ask_apply(now, id, ApplyStep::Before, call);
        true
    }

    pub(super) fn recalled(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.work(id).phase != Phase::Remembering {
            return;
        }
        match result {
            Ok(Answer::Template(template)) => {
                let work = self.work_mut(id);
                work.deployed = Some(template);
                work.phase = Phase::Drafted;
                self.verify(now, id);
            }
            Ok(_) => {}
            Err(failure) => {
                let message = format!("the template of stack `{}` cannot be read: {failure}", self.run.stack(id).name);
                let help = "without it the stack could not be put back, so it is not changed";
                self.give_up(now, id, Problem::failed(&failure, message).help(help));
            }
        }
    }

    /// Writes down how a stack is, once: what an earlier run of this deployment wrote down counts more.
    pub(super) fn remember(&mut self, id: &StackId) {
        if !self.may_turn_back() || self.work(id).former.is_some() {
            return;
        }
        let template = self.work(id).deployed.as_deref().unwrap_or_default();
        let former = Former::of(self.existing(id), template, self.run.nested(id), self.run.options.trace_key.as_ref());
        let former = match self.formers.get(id).cloned() {
            Some(earlier) if !earlier.is_same(&former) => earlier,
            Some(_) => former,
            None => {
                self.run.desk.record(&former.entry(id));
                former
            }
        };
        self.work_mut(id).former = Some(former);
        self.note_hidden(id);
    }

    /// A hidden value that this change set changes is known to nobody afterwards.
    fn note_hidden(&mut self, id: &StackId) {
        let Some(draft) = &self.work(id).draft else { return };
        let sent = draft.inputs.parameters.iter().filter(|parameter| parameter.value.is_some());
        let found = self.existing(id).map(|found| found.parameters.as_slice()).unwrap_or_default();
        let hidden = |name: &str| found.iter().any(|has| has.key == name && has.value.as_ref().is_some_and(is_masked));
        let changes = draft.planned.iter().flat_map(|planned| &planned.changes);
        let causes: Vec<&str> =
            changes.flat_map(|change| &change.details).filter_map(|detail| detail.cause.as_deref()).collect();
        let lost = sent.map(|parameter| parameter.key.clone()).filter(|name| hidden(name));
        let lost: Vec<String> = lost.filter(|name| causes.contains(&name.as_str())).collect();
        self.work_mut(id).lost.extend(lost);
    }
}

fn is_masked(value: &crate::cloud::Secret) -> bool {
    value.reveal() == "****"
}
