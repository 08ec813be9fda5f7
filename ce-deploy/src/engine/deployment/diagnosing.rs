//! Why a stack failed.

use super::purpose::ApplyStep;
use super::reducer::Deployment;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Failure, StackEvent, StackStatus};
use crate::engine::watch::{Found, Inquiry};
use crate::engine::{End, Exit, Moment, Problem, Progress, ResourceEvent};

impl Deployment {
    pub(super) fn diagnose(&mut self, now: Moment, id: &StackId, status: StackStatus) {
        let Some(watched) = self.watcher.remove(id) else { return };
        let mut inquiry = Inquiry::new(watched);
        let call = inquiry.first();
        let work = self.work_mut(id);
        work.phase = Phase::Diagnosing;
        work.failed = Some(status);
        work.inquiry = Some(inquiry);
        self.ask_apply(now, id, ApplyStep::Events, call);
    }

    pub(super) fn read_events(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.work(id).phase != Phase::Diagnosing {
            return;
        }
        let Some(inquiry) = &mut self.work_mut(id).inquiry else { return };
        match inquiry.took(result) {
            Found::More(news, call) => {
                self.tell_events(now, id, &news);
                self.ask_apply(now, id, ApplyStep::Events, *call);
            }
            Found::All(news, causes) => {
                self.tell_events(now, id, &news);
                self.diagnosed(now, id, &causes);
            }
        }
    }

    /// The first first.
    fn tell_events(&mut self, now: Moment, id: &StackId, news: &[StackEvent]) {
        for event in news.iter().rev() {
            let event = self.resource_event(id, event);
            self.tell(now, Progress::Resource { stack: id.clone(), event });
        }
    }

    fn diagnosed(&mut self, now: Moment, id: &StackId, causes: &[StackEvent]) {
        let causes: Vec<ResourceEvent> = causes.iter().map(|event| self.resource_event(id, event)).collect();
        let status = self.work_mut(id).failed.take().unwrap_or(StackStatus::UpdateFailed);
        let put_back = status.is_rolled_back() || status == StackStatus::DeleteComplete;
        let problem = failure(&self.stack(id).name, status, put_back, causes.first()).of(id);
        if !causes.is_empty() {
            self.tell(now, Progress::Diagnosis { stack: id.clone(), causes });
        }
        self.problem(problem);
        self.over(now, id, if put_back { End::RolledBack } else { End::Failed });
        self.failure_stops();
    }
}

/// What became of a stack that failed, with the first cause.
pub(in crate::engine) fn failure(
    name: &str,
    status: StackStatus,
    put_back: bool,
    cause: Option<&ResourceEvent>,
) -> Problem {
    let exit = if put_back { Exit::RolledBack } else { Exit::NeedsRepair };
    let message = match cause {
        Some(cause) => {
            let at = cause.origin.as_ref().and_then(|origin| origin.source.as_ref());
            let at = at.map(|at| format!(" ({at})")).unwrap_or_default();
            let reason = cause.reason.as_deref().unwrap_or("the service gives no reason");
            format!("stack `{name}` is in `{status}`: `{}`{at}: {reason}", cause.logical_id)
        }
        None => format!("stack `{name}` is in `{status}`"),
    };
    let help = if put_back { "mend the cause and deploy again" } else { "run `ce recover` to see what can be done" };
    Problem::new(exit, message).help(help)
}
