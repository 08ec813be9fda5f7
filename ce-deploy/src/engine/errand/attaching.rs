//! Waiting for what goes on, whoever began it.

use super::purpose::Before;
use super::reducer::{Errand, Task};
use super::subject::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, Page, StackStatus, Token};
use crate::engine::watch::{Kind, Watched};
use crate::engine::{End, Exit, Moment, Problem, Progress};

impl Errand {
    /// One page of events tells whose operation it is.
    pub(super) fn look_to_attach(&mut self, now: Moment, id: &StackId) {
        let Some(found) = self.run.found(id) else { return self.over(now, id, End::Unchanged) };
        if !found.status.is_in_progress() {
            self.subject_mut(id).status = self.run.found(id).map(|found| found.status);
            return self.over(now, id, End::Unchanged);
        }
        let call = Call::DescribeStackEvents { stack: self.reference(id), page: Page::first() };
        self.ask_before(now, id, Before::Events, call);
    }

    pub(super) fn took_whose(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        let Some(found) = self.run.found(id).cloned() else { return };
        let token = match result {
            Ok(Answer::Events(events, _)) => {
                let newest = events.into_iter().find(|event| event.is_of_stack() && event.token.is_some());
                newest.and_then(|event| event.token)
            }
            _ => None,
        };
        // Without a token the change set tells the end.
        let token = token.unwrap_or_else(|| Token::given("unknown"));
        let kind = match found.status {
            StackStatus::DeleteInProgress => Kind::Delete,
            StackStatus::CreateInProgress | StackStatus::RollbackInProgress => Kind::Create,
            _ => Kind::Update,
        };
        let target = self.run.stack(id).target.clone();
        let mut watched = Watched::new(id, &target, &found.id, kind, token.clone())
            .change_set(found.change_set.clone().filter(|_| kind != Kind::Delete))
            .began(now);
        watched.seen_at_work = true;
        watched.status = Some(found.status);
        let subject = self.subject_mut(id);
        subject.status = Some(found.status);
        subject.phase = Phase::Ready;
        self.run.tell(now, Progress::Begun { stack: id.clone(), arn: found.id, token, attached: true });
        self.run.watch(now, watched);
        if self.task == Task::Cancel && found.status != StackStatus::UpdateInProgress {
            self.cannot_cancel(id, found.status);
        }
    }

    pub(super) fn wait_on(&mut self, now: Moment, id: &StackId) {
        self.working(now, id);
        if self.subject(id).end().is_none() {
            self.subject_mut(id).phase = Phase::Running;
        }
    }

    fn cannot_cancel(&mut self, id: &StackId, status: StackStatus) {
        let name = &self.run.stack(id).name;
        let help = match status {
            StackStatus::CreateInProgress => "a creation cannot be cancelled: wait, or destroy the stack",
            StackStatus::UpdateCompleteCleanupInProgress => "the update is done; only what it replaced is deleted",
            StackStatus::UpdateRollbackInProgress | StackStatus::RollbackInProgress => "it is put back already",
            _ => "only an update can be cancelled",
        };
        let message = format!("stack `{name}` is in `{status}` and cannot be cancelled");
        self.run.problem(Problem::new(Exit::Refused, message).of(id).help(help));
    }
}
