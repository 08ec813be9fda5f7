//! Resources that move between stacks untouched (`CreateStackRefactor`).

use super::purpose::Purpose;
use super::reducer::{Errand, Stage};
use super::subject::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, RefactorState};
use crate::engine::{End, Exit, Moment, Problem, Span};

const LOOKS_APART: Span = Span(1_000);

/// A resource that moves: the stacks as the assembly has them, after the move.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Move {
    /// The stack it is in, and its logical id there.
    pub from: (StackId, String),
    /// The stack it goes to, and its logical id there.
    pub to: (StackId, String),
}

impl Errand {
    pub(super) fn look_to_move(&mut self, id: &StackId) {
        let Some(found) = self.run.found(id) else {
            let message = format!("stack `{id}` is not there");
            return self.run.problem(Problem::new(Exit::Refused, message).of(id).help("deploy it first"));
        };
        let status = found.status;
        let subject = self.subject_mut(id);
        subject.status = Some(status);
        subject.phase = Phase::Ready;
        if !status.takes_updates() {
            let message = format!("stack `{id}` is in `{status}` and takes no update");
            self.run.problem(Problem::new(Exit::NeedsRepair, message).of(id).help("run `ce recover`"));
        }
    }

    /// All stacks at once: the service checks that nothing but the moves differs.
    pub(super) fn begin_moving(&mut self, now: Moment) {
        self.stage = Stage::Working;
        let ids = self.ids();
        let Some(first) = ids.first() else { return };
        let target = self.run.stack(first).target.clone();
        if ids.iter().any(|id| self.run.stack(id).target != target) {
            let message = "resources move only within one account and region";
            self.run.problem(Problem::new(Exit::Refused, message));
            return self.give_up_moving(now);
        }
        let stack = |id: &StackId| (self.run.stack(id).name.clone(), self.run.stack(id).template.to_string());
        let end = |(id, logical): &(StackId, String)| [self.run.stack(id).name.clone(), logical.clone()];
        let call = Call::CreateRefactor {
            stacks: ids.iter().map(stack).collect(),
            moves: self.moves.iter().map(|step| (end(&step.from), end(&step.to))).collect(),
            creates: false,
        };
        for id in &ids {
            self.working(now, id);
            self.subject_mut(id).phase = Phase::Running;
        }
        self.run.desk.ask(now, Purpose::Refactor(None), &target, call);
    }

    pub(super) fn took_refactor(&mut self, now: Moment, refactor: Option<String>, result: Result<Answer, Failure>) {
        let Some(target) = self.ids().first().map(|id| self.run.stack(id).target.clone()) else { return };
        match (refactor, result) {
            (None, Ok(Answer::RefactorCreated(refactor))) => self.look_at_refactor_later(now, refactor),
            (Some(refactor), Ok(Answer::Refactor(RefactorState::InProgress) | Answer::Done)) => {
                self.look_at_refactor_later(now, refactor);
            }
            (Some(refactor), Ok(Answer::Refactor(RefactorState::Ready))) => {
                let call = Call::ExecuteRefactor { refactor: refactor.clone() };
                self.run.desk.ask(now, Purpose::Refactor(Some(refactor)), &target, call);
            }
            (Some(_), Ok(Answer::Refactor(RefactorState::Complete))) => {
                self.ids().iter().for_each(|id| self.over(now, id, End::Changed));
            }
            (_, Ok(Answer::Refactor(RefactorState::Failed(why)))) => {
                let problem = Problem::new(Exit::Refused, format!("the resources cannot be moved: {why}"));
                self.run.problem(problem.help("nothing but the moves may differ from what is deployed"));
                self.give_up_moving(now);
            }
            // It was begun by a try whose answer was lost, if it is ours to execute at all.
            (Some(refactor), Err(failure)) if failure.kind == crate::cloud::FailureKind::WrongState => {
                self.look_at_refactor_later(now, refactor);
            }
            (_, Ok(_)) => {
                self.run.problem(Problem::new(Exit::Bug, "the answer belongs to another question"));
                self.give_up_moving(now);
            }
            (_, Err(failure)) => {
                let message = format!("the resources cannot be moved: {failure}");
                self.run.problem(Problem::failed(&failure, message));
                self.give_up_moving(now);
            }
        }
    }

    fn look_at_refactor_later(&mut self, now: Moment, refactor: String) {
        let Some(place) = self.ids().first().map(|id| self.run.stack(id).place.clone()) else { return };
        let at = self.run.desk.next_look(&place, now + LOOKS_APART);
        self.run.desk.remind(at, Purpose::Refactor(Some(refactor)));
    }

    pub(super) fn look_at_refactor(&mut self, now: Moment, refactor: String) {
        let Some(target) = self.ids().first().map(|id| self.run.stack(id).target.clone()) else { return };
        let call = Call::DescribeRefactor { refactor: refactor.clone() };
        self.run.desk.ask(now, Purpose::Refactor(Some(refactor)), &target, call);
    }

    fn give_up_moving(&mut self, now: Moment) {
        self.ids().iter().for_each(|id| self.over(now, id, End::NotBegun));
    }
}
