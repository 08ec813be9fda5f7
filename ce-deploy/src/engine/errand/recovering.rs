//! Getting stacks to take updates again.

use super::purpose::Before;
use super::reducer::{Errand, Stage, Task};
use super::subject::Phase;
use super::{Recovery, Remedy, Report};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, Page, StackRef, StackStatus};
use crate::engine::watch::{Kind, Watched};
use crate::engine::{End, Exit, Moment, Problem};

impl Errand {
    /// Its events tell why it failed; who does something about it knows by then.
    pub(super) fn look_to_recover(&mut self, now: Moment, id: &StackId) {
        let Some(found) = self.run.found(id).cloned() else { return self.over(now, id, End::Unchanged) };
        self.subject_mut(id).status = Some(found.status);
        let ended = !found.status.is_in_progress();
        if self.task == Task::Recover(None) && ended && !found.status.is_success() {
            let call = Call::DescribeStackEvents { stack: StackRef::id(&found.id), page: Page::first() };
            return self.ask_before(now, id, Before::Events, call);
        }
        self.look_at_state(now, id);
    }

    /// Whose the last operation was. Without an answer it is told what can be done, and not why.
    pub(super) fn took_last(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        let Some(found) = self.run.found(id).cloned() else { return };
        let events = match result {
            Ok(Answer::Events(events, _)) => events,
            _ => Vec::new(),
        };
        let last = events.into_iter().filter(|event| event.stack == found.id).find_map(|event| event.token);
        if let Some(token) = last {
            let kind = match found.status {
                StackStatus::DeleteFailed => Kind::Delete,
                StackStatus::CreateFailed | StackStatus::RollbackComplete | StackStatus::RollbackFailed => Kind::Create,
                _ => Kind::Update,
            };
            let target = self.run.stack(id).target.clone();
            self.run.look_back(now, id, Watched::new(id, &target, &found.id, kind, token));
        }
        self.look_at_state(now, id);
    }

    /// Its resources tell what failed, and what a deletion would cost.
    fn look_at_state(&mut self, now: Moment, id: &StackId) {
        let Some(found) = self.run.found(id).cloned() else { return };
        let well = found.status.is_success() || found.status == StackStatus::UpdateRollbackComplete;
        if well || found.status.is_in_progress() {
            self.report(id);
            return self.over(now, id, End::Unchanged);
        }
        self.list_resources(now, id, StackRef::id(&found.id), Page::first());
    }

    fn list_resources(&mut self, now: Moment, id: &StackId, stack: StackRef, page: Page) {
        self.ask_before(now, id, Before::Resources, Call::ListStackResources { stack, page });
    }

    pub(super) fn took_resources(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::Resources(resources, rest)) => {
                let within = self.subject(id).nested.first().cloned();
                let prefix = within.as_deref().and_then(stack_name).map(|name| format!("{name}.")).unwrap_or_default();
                for mut resource in resources {
                    let inner = resource.physical_id.clone().filter(|arn| arn.contains(":stack/"));
                    let subject = self.subject_mut(id);
                    match inner.filter(|_| resource.status.ends_with("_FAILED")) {
                        // What failed is in the nested stack.
                        Some(inner) => subject.nested.push(inner),
                        None => {
                            resource.logical_id = format!("{prefix}{}", resource.logical_id);
                            subject.resources.push(resource);
                        }
                    }
                }
                let here = within.map_or_else(|| self.reference(id), StackRef::id);
                match rest {
                    Some(page) => self.list_resources(now, id, here, page),
                    None => self.next_nested(now, id, &here),
                }
            }
            Ok(_) => self.run.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) => {
                let message =
                    format!("the resources of stack `{}` cannot be listed: {failure}", self.run.stack(id).name);
                self.run.problem(Problem::failed(&failure, message).of(id));
            }
        }
    }

    /// The first in the list is the one that was just read.
    fn next_nested(&mut self, now: Moment, id: &StackId, read: &StackRef) {
        let subject = self.subject_mut(id);
        subject.nested.retain(|arn| arn != read.as_str());
        match subject.nested.first().cloned() {
            Some(arn) => self.list_resources(now, id, StackRef::id(arn), Page::first()),
            None => {
                self.report(id);
                self.subject_mut(id).phase = Phase::Ready;
            }
        }
    }

    fn report(&mut self, id: &StackId) {
        let express = self.run.found(id).is_some_and(|found| found.express);
        let subject = self.subject_mut(id);
        if let Some(status) = subject.status {
            subject.report = Some(Report::Recovery(Recovery::of(status, express, &subject.resources)));
        }
    }

    /// Without a choice it is only told what can be done.
    pub(super) fn choose(&mut self, now: Moment, choice: Option<usize>) {
        self.stage = Stage::Working;
        if choice.is_none() {
            for id in self.ids() {
                if self.subject(&id).end().is_none() {
                    self.over(now, &id, End::Failed);
                }
            }
        }
    }

    pub(super) fn begin_recovering(&mut self, now: Moment, id: &StackId) {
        let Some(remedy) = self.chosen_remedy(id) else {
            let message = format!("there is no such remedy for stack `{}`", self.run.stack(id).name);
            self.run.problem(Problem::new(Exit::Refused, message).of(id).help("run `ce recover` to see them"));
            return self.over(now, id, End::NotBegun);
        };
        let (stack, role) = (self.reference(id), self.run.stack(id).execution_role.clone());
        let (kind, operation) = match remedy {
            Remedy::Delete | Remedy::DeleteWithout(_) => (Kind::Delete, "delete"),
            _ => (Kind::Update, "recover"),
        };
        let token = self.token(id, operation);
        let call = match remedy {
            Remedy::Continue => Call::ContinueUpdateRollback { stack, token: token.clone(), skip: Vec::new(), role },
            Remedy::ContinueWithout(skip) => Call::ContinueUpdateRollback { stack, token: token.clone(), skip, role },
            Remedy::RollBack => Call::RollbackStack { stack, token: token.clone(), role },
            Remedy::Delete => Call::DeleteStack { stack, token: token.clone(), retain: Vec::new(), role },
            Remedy::DeleteWithout(retain) => Call::DeleteStack { stack, token: token.clone(), retain, role },
            Remedy::Deploy | Remedy::DeployExpress | Remedy::Wait => {
                let message = format!("stack `{}`: {remedy}", self.run.stack(id).name);
                self.run.problem(Problem::new(Exit::NeedsRepair, message).of(id));
                return self.over(now, id, End::NotBegun);
            }
        };
        self.begin(now, id, kind, &token, call);
    }

    fn chosen_remedy(&self, id: &StackId) -> Option<Remedy> {
        let Task::Recover(Some(number)) = self.task else { return None };
        let Some(Report::Recovery(recovery)) = &self.subject(id).report else { return None };
        recovery.remedies.get(number.checked_sub(1)?).map(|(remedy, _)| remedy.clone())
    }
}

/// The name in `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`. Source: API reference, `ContinueUpdateRollback`: the
/// nested stack's own name is meant, not its logical id.
fn stack_name(arn: &str) -> Option<&str> {
    arn.split_once(":stack/")?.1.split('/').next()
}
