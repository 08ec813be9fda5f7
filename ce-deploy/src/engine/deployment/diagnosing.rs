//! Why a stack failed: the first resource that failed of itself, down to nested stacks.

use super::purpose::ApplyStep;
use super::reducer::Deployment;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, Page, StackEvent, StackRef, StackStatus};
use crate::engine::watch::Watched;
use crate::engine::{End, Exit, Moment, Problem, Progress, ResourceEvent};

/// Enough for the 500 resources a stack may have, at some events each and a hundred a page.
const PAGES: usize = 40;

impl Deployment {
    pub(super) fn diagnose(&mut self, now: Moment, id: &StackId, status: StackStatus) {
        let Some(watched) = self.watcher.get(id).cloned() else { return };
        let work = self.work_mut(id);
        work.phase = Phase::Diagnosing;
        work.failed = Some(status);
        work.pages = 0;
        self.ask_events(now, id, watched.stack, Page::first());
    }

    fn ask_events(&mut self, now: Moment, id: &StackId, stack: StackRef, page: Page) {
        self.work_mut(id).pages += 1;
        self.ask_apply(now, id, ApplyStep::Events, Call::DescribeStackEvents { stack, page });
    }

    pub(super) fn read_events(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.work(id).phase != Phase::Diagnosing {
            return;
        }
        let Some(watched) = self.watcher.get(id).cloned() else { return };
        let Ok(Answer::Events(events, rest)) = result else { return self.next_nested(now, id) };
        let stack = events.first().map(|event| StackRef::id(&event.stack));
        let (mine, more) = of_operation(&watched, events);
        for event in mine {
            self.note_event(now, id, &watched, &event);
        }
        match (rest, stack) {
            (Some(page), Some(stack)) if more && self.work(id).pages < PAGES => self.ask_events(now, id, stack, page),
            _ => self.next_nested(now, id),
        }
    }

    fn note_event(&mut self, now: Moment, id: &StackId, watched: &Watched, event: &StackEvent) {
        let told = self.resource_event(id, event);
        let nested = event.stack != watched.stack.as_str();
        if !nested && !event.is_of_stack() && !self.watcher.told(id).contains(&event.id) {
            self.tell(now, Progress::Resource { stack: id.clone(), event: told.clone() });
        }
        if !event.is_cause() {
            return;
        }
        let work = self.work_mut(id);
        match &event.physical_id {
            // What failed is in the nested stack.
            Some(inner) if event.type_name == "AWS::CloudFormation::Stack" && inner.starts_with("arn:") => {
                if !work.nested.contains(inner) {
                    work.nested.push(inner.clone());
                }
            }
            _ => work.causes.push(told),
        }
    }

    fn next_nested(&mut self, now: Moment, id: &StackId) {
        match self.work_mut(id).nested.pop() {
            Some(nested) if self.work(id).pages < PAGES => {
                self.ask_events(now, id, StackRef::id(nested), Page::first())
            }
            _ => self.diagnosed(now, id),
        }
    }

    fn diagnosed(&mut self, now: Moment, id: &StackId) {
        self.watcher.remove(id);
        let work = self.work_mut(id);
        let mut causes = std::mem::take(&mut work.causes);
        causes.sort_by(|one, other| (one.at, &one.logical_id).cmp(&(other.at, &other.logical_id)));
        let status = work.failed.take().unwrap_or(StackStatus::UpdateFailed);
        let put_back = status.is_rolled_back() || status == StackStatus::DeleteComplete;
        let problem = self.failure(id, status, put_back, causes.first());
        if !causes.is_empty() {
            self.tell(now, Progress::Diagnosis { stack: id.clone(), causes });
        }
        self.problem(problem);
        self.over(now, id, if put_back { End::RolledBack } else { End::Failed });
        self.failure_stops();
    }

    fn failure(&self, id: &StackId, status: StackStatus, put_back: bool, cause: Option<&ResourceEvent>) -> Problem {
        let exit = if put_back { Exit::RolledBack } else { Exit::NeedsRepair };
        let name = &self.stack(id).name;
        let message = match cause {
            Some(cause) => {
                let at = cause.origin.as_ref().and_then(|origin| origin.source.as_ref());
                let at = at.map(|at| format!(" ({at})")).unwrap_or_default();
                let reason = cause.reason.as_deref().unwrap_or("the service gives no reason");
                format!("stack `{name}` is in `{status}`: `{}`{at}: {reason}", cause.logical_id)
            }
            None => format!("stack `{name}` is in `{status}`"),
        };
        let help =
            if put_back { "mend the cause and deploy again" } else { "run `ce recover` to see what can be done" };
        Problem::new(exit, message).of(id).help(help)
    }
}

/// The events of our operation, and whether there may be more on the next page. Where events carry no token, those since
/// the stack's own last beginning count.
fn of_operation(watched: &Watched, events: Vec<StackEvent>) -> (Vec<StackEvent>, bool) {
    let with_tokens = events.iter().any(|event| watched.owns(event));
    let mut mine = Vec::new();
    for event in events {
        if with_tokens && !watched.owns(&event) && event.token.is_some() {
            return (mine, false);
        }
        let begins = event.is_of_stack() && begins_operation(&event.status);
        mine.push(event);
        if begins {
            return (mine, false);
        }
    }
    (mine, true)
}

fn begins_operation(status: &str) -> bool {
    matches!(status, "CREATE_IN_PROGRESS" | "UPDATE_IN_PROGRESS" | "IMPORT_IN_PROGRESS" | "DELETE_IN_PROGRESS")
}
