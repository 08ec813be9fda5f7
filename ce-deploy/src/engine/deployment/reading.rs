//! What the stacks have now, and whether that is what the assembly says.

use super::inputs::{FOLLOWED, Inputs};
use super::purpose::Purpose;
use super::reducer::Deployment;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{self, Answer, Call, Failure, Mode, Page, ParameterValue, StackStatus, Tag};
use crate::digest::sha256;
use crate::engine::run::Nested;
use crate::engine::{Exit, Moment, Problem};
use crate::plan::Later;
use crate::template;

impl Deployment {
    pub(super) fn read(&mut self, now: Moment, id: &StackId) {
        self.work_mut(id).phase = Phase::Reading;
        let call = Call::GetTemplate { stack: self.reference(id), change_set: None };
        let target = self.run.stack(id).target.clone();
        self.run.ask(now, Purpose::Deployed(id.clone()), &target, call);
    }

    pub(super) fn took_deployed(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        self.run.answered();
        match result {
            Ok(Answer::Template(template)) => {
                let unchanged = self.is_unchanged(id, &template);
                if !unchanged {
                    let root = Nested::root(self.arn(id).unwrap_or_default());
                    self.run.read_nested(now, id, &root, &template);
                }
                let work = self.work_mut(id);
                work.deployed = Some(template);
                work.phase = if unchanged { Phase::Unchanged } else { Phase::Read };
            }
            Ok(_) => self.run.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) => {
                let message = format!("the template of stack `{}` cannot be read: {failure}", self.run.stack(id).name);
                self.run.problem(Problem::failed(&failure, message).of(id));
            }
        }
    }

    /// A creation failed and was put back: what is left can only be deleted, and is, if nothing is in it.
    pub(super) fn read_leftover(&mut self, now: Moment, id: &StackId) {
        self.work_mut(id).phase = Phase::Reading;
        let call = Call::ListStackResources { stack: self.reference(id), page: Page::first() };
        let target = self.run.stack(id).target.clone();
        self.run.ask(now, Purpose::Leftover(id.clone()), &target, call);
    }

    pub(super) fn took_leftover(&mut self, id: &StackId, result: Result<Answer, Failure>) {
        self.run.answered();
        let name = self.run.stack(id).name.clone();
        match result {
            Ok(Answer::Resources(resources, _)) => {
                let left = resources.iter().find(|resource| {
                    resource.physical_id.as_ref().is_some_and(|id| !id.is_empty())
                        && resource.status != "DELETE_COMPLETE"
                });
                match left {
                    None => self.work_mut(id).phase = Phase::Later(Later::Leftover),
                    Some(left) => {
                        let message = format!(
                            "stack `{name}` could not be made, and `{}` is left in it in `{}`",
                            left.logical_id, left.status
                        );
                        let help = "run `ce recover` to see what can be done";
                        self.run.problem(Problem::new(Exit::NeedsRepair, message).of(id).help(help));
                    }
                }
            }
            Ok(_) => self.run.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) => {
                let message = format!("the resources of stack `{name}` cannot be listed: {failure}");
                self.run.problem(Problem::failed(&failure, message).of(id));
            }
        }
    }

    pub(super) fn after_reading(&mut self, now: Moment) {
        let waits = |phase: &Phase| matches!(phase, Phase::Attached | Phase::Diagnosing);
        if self.run.pending > 0 || !self.ids_in(waits).is_empty() {
            return;
        }
        if self.may_go_on() { self.begin_tracing(now) } else { self.end_before_changes(now) }
    }

    /// Whether a stack is what the assembly says, so that no change set is needed to know it.
    fn is_unchanged(&self, id: &StackId, deployed: &str) -> bool {
        // What others changed shows in no template.
        let compares = self.is_adopting(id) || self.run.options.mode == Mode::RevertDrift;
        let Some(found) = self.existing(id).filter(|_| !compares) else { return false };
        let stack = self.run.stack(id);
        let settled = !matches!(found.status, StackStatus::CreateFailed | StackStatus::UpdateFailed);
        let moving = self.work(id).facts.parameters.values().any(|of_systems_manager| *of_systems_manager);
        let notified = stack.notification_arns.as_ref().is_none_or(|wanted| same_set(wanted, &found.notification_arns));
        let Ok(inputs) = self.inputs(id) else { return false };
        settled
            && !moving
            && notified
            && same_template(deployed, &stack.template, &stack.template_digest)
            && same_parameters(&inputs, found)
            && same_tags(&inputs, found)
    }
}

fn same_template(deployed: &str, wanted: &str, digest: &str) -> bool {
    sha256(deployed) == digest
        || matches!(
            (template::value(deployed), template::value(wanted)),
            (Some(deployed), Some(wanted)) if deployed == wanted
        )
}

/// A hidden value cannot be compared; the service does it in a change set.
fn same_parameters(inputs: &Inputs, found: &cloud::Stack) -> bool {
    let has = |wanted: &ParameterValue| {
        let found = found.parameters.iter().find(|found| found.key == wanted.key);
        wanted.value.is_none() || found.is_some_and(|found| found.value == wanted.value)
    };
    inputs.parameters.iter().all(has)
}

/// A stack that was made before values were followed is not updated only to remember them.
fn same_tags(inputs: &Inputs, found: &cloud::Stack) -> bool {
    let followed = found.tags.iter().any(|tag| tag.key == FOLLOWED);
    let plain = |tags: &[Tag]| {
        let mut tags: Vec<Tag> = tags.iter().filter(|tag| followed || tag.key != FOLLOWED).cloned().collect();
        tags.sort();
        tags
    };
    plain(&inputs.tags) == plain(&found.tags)
}

fn same_set(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|item| other.contains(item))
}
