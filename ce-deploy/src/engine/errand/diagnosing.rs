//! Why an operation failed.

use super::purpose::Purpose;
use super::reducer::Errand;
use super::subject::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Failure, StackEvent, StackStatus};
use crate::engine::deployment::failure;
use crate::engine::watch::{Found, Inquiry, Watched};
use crate::engine::{End, Moment, OnFailure, Progress, ResourceEvent};

impl Errand {
    pub(super) fn diagnose(&mut self, now: Moment, id: &StackId, status: StackStatus, watched: Watched) {
        self.run.watcher.remove(id);
        let mut inquiry = Inquiry::new(watched);
        let call = inquiry.first();
        let target = self.run.stack(id).target.clone();
        let subject = self.subject_mut(id);
        subject.phase = Phase::Diagnosing;
        subject.status = Some(status);
        subject.inquiry = Some(inquiry);
        self.run.desk.ask(now, Purpose::Events(id.clone()), &target, call);
    }

    pub(super) fn took_events(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.subject(id).phase != Phase::Diagnosing {
            return;
        }
        let Some(inquiry) = &mut self.subject_mut(id).inquiry else { return };
        match inquiry.took(result) {
            Found::More(news, call) => {
                self.tell_events(now, id, &news);
                let target = self.run.stack(id).target.clone();
                self.run.desk.ask(now, Purpose::Events(id.clone()), &target, *call);
            }
            Found::All(news, causes) => {
                self.tell_events(now, id, &news);
                self.diagnosed(now, id, &causes);
            }
        }
    }

    fn tell_events(&mut self, now: Moment, id: &StackId, news: &[StackEvent]) {
        for event in news.iter().rev() {
            let event = self.run.resource_event(id, event);
            self.run.tell(now, Progress::Resource { stack: id.clone(), event });
        }
    }

    fn diagnosed(&mut self, now: Moment, id: &StackId, causes: &[StackEvent]) {
        let causes: Vec<ResourceEvent> = causes.iter().map(|event| self.run.resource_event(id, event)).collect();
        let status = self.subject(id).status.unwrap_or(StackStatus::DeleteFailed);
        let put_back = status.is_rolled_back();
        let problem = failure(&self.run.stack(id).name, status, put_back, causes.first()).of(id);
        if !causes.is_empty() {
            self.run.tell(now, Progress::Diagnosis { stack: id.clone(), causes });
        }
        self.run.problem(problem);
        self.over(now, id, if put_back { End::RolledBack } else { End::Failed });
        self.run.stopping |= self.run.options.on_failure == OnFailure::Stop;
    }
}
