//! Why an operation failed.

use super::{News, Routine, Run};
use crate::assembly::StackId;
use crate::cloud::{Answer, Failure, StackEvent, StackStatus};
use crate::engine::watch::{Found, Inquiry, Watched};
use crate::engine::{Exit, Moment, Problem, Progress, ResourceEvent};

impl<P: From<Routine>> Run<P> {
    /// Asks the events of an operation that ended. Whether it was waited for.
    pub(in crate::engine) fn diagnose(&mut self, now: Moment, id: &StackId) -> bool {
        let Some(watched) = self.watcher.remove(id) else { return false };
        self.inquire(now, id, Inquiry::new(watched));
        true
    }

    /// Asks the events of an operation that ended before this run, which the stage waits for.
    pub(in crate::engine) fn look_back(&mut self, now: Moment, id: &StackId, watched: Watched) {
        self.pending += 1;
        self.inquire(now, id, Inquiry::again(watched));
    }

    fn inquire(&mut self, now: Moment, id: &StackId, mut inquiry: Inquiry) {
        let call = inquiry.first();
        self.inquiries.insert(id.clone(), inquiry);
        self.ask_of(now, id, Routine::Events(id.clone()).into(), call);
    }

    pub(super) fn took_events(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) -> Option<News> {
        match self.inquiries.get_mut(id)?.took(result) {
            Found::More(news, call) => {
                self.tell_events(now, id, &news);
                self.ask_of(now, id, Routine::Events(id.clone()).into(), *call);
                None
            }
            Found::Late(news, span) => {
                self.tell_events(now, id, &news);
                self.desk.remind(now + span, Routine::Events(id.clone()).into());
                None
            }
            Found::All(news, causes) => {
                self.inquiries.remove(id);
                self.tell_events(now, id, &news);
                let causes: Vec<_> = causes.iter().map(|event| self.resource_event(id, event)).collect();
                if !causes.is_empty() {
                    self.tell(now, Progress::Diagnosis { stack: id.clone(), causes: causes.clone() });
                }
                Some(News::Causes(id.clone(), causes))
            }
        }
    }

    /// Looks whether events show by now that did not before.
    pub(super) fn look_for_events(&mut self, now: Moment, id: &StackId) {
        let Some(inquiry) = self.inquiries.get_mut(id) else { return };
        let call = inquiry.first();
        self.ask_of(now, id, Routine::Events(id.clone()).into(), call);
    }

    /// The first first.
    fn tell_events(&mut self, now: Moment, id: &StackId, news: &[StackEvent]) {
        for event in news.iter().rev() {
            let event = self.resource_event(id, event);
            self.tell(now, Progress::Resource { stack: id.clone(), event });
        }
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
