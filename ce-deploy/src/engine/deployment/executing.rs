//! The call that changes a stack, and what its answer means.

use super::doubting::ASKED_AGAIN;
use super::purpose::{ApplyStep, Purpose};
use super::reducer::Deployment;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{self, Answer, Call, ChangeSetType, Failure, FailureKind, Page, StackRef, StackStatus, Token};
use crate::engine::watch::{Kind, OLD_ANSWERS, Watched};
use crate::engine::{End, Exit, Moment, Problem, Progress};
use crate::journal::Entry;

impl Deployment {
    /// Executes the change set. The journal has it first.
    pub(super) fn execute(&mut self, now: Moment, id: &StackId) {
        let (name, arn) = (self.run.stack(id).name.clone(), self.arn(id).unwrap_or_default());
        let Some(draft) = self.work(id).draft.as_ref() else { return };
        let Some(change_set) = draft.change_set.clone() else { return };
        let creates = draft.inputs.kind == ChangeSetType::Create;
        self.remember(id);
        self.record_holding(id);
        let token = Token::of(&change_set, &name, "execute", 1);
        self.run.desk.record(&Entry::Operation {
            stack: id.clone(),
            arn: arn.clone(),
            token: token.clone(),
            change_set: Some(change_set.clone()),
        });
        let call = Call::ExecuteChangeSet {
            stack: StackRef::id(arn),
            change_set,
            token,
            disable_rollback: self.leaves_failures(id),
            retain_except_on_create: creates && !self.leaves_failures(id),
        };
        self.work_mut(id).phase = Phase::Executing;
        self.run.began.entry(id.clone()).or_insert(now);
        self.ask_apply(now, id, ApplyStep::Execute, call);
    }

    /// Whether a failure is left as it is: where nobody wants it put back, and where an earlier one was left. The service
    /// updates such a stack in no other way.
    pub(super) fn leaves_failures(&self, id: &StackId) -> bool {
        let failed =
            |found: &cloud::Stack| matches!(found.status, StackStatus::CreateFailed | StackStatus::UpdateFailed);
        !self.run.options.rollback || self.existing(id).is_some_and(failed)
    }

    pub(super) fn took_apply(&mut self, now: Moment, id: &StackId, step: ApplyStep, result: Result<Answer, Failure>) {
        match (step, result) {
            (ApplyStep::Describe, Ok(Answer::ChangeSet(answer))) => self.described_again(now, id, *answer),
            (ApplyStep::Template, Ok(Answer::Template(template))) => self.template_again(now, id, &template),
            (ApplyStep::Describe | ApplyStep::Template, Err(failure)) => self.verify_failed(now, id, &failure),
            (ApplyStep::Execute, Ok(_)) => self.wait_for_end(now, id),
            (ApplyStep::Execute, Err(failure)) => self.not_executed(now, id, &failure),
            (ApplyStep::Whose, result) => self.whose(now, id, result),
            (ApplyStep::Delete, Err(failure)) if !failure.may_be_done() => self.not_cleared(now, id, &failure),
            (ApplyStep::Protect, result) => self.protected(now, id, result),
            (ApplyStep::Protected, result) => self.looked_at_protection(now, id, result),
            (ApplyStep::Before, result) => self.recalled(now, id, result),
            (ApplyStep::Settle, result) => self.took_known(now, id, result),
            // What is watched tells whether it was put back.
            (ApplyStep::Cancel, Err(failure)) if !failure.may_be_done() => self.not_cancelled(id, &failure),
            (ApplyStep::Policy, result) => self.took_policy(now, id, result),
            (ApplyStep::Hold, result) => self.took_hold(now, id, result),
            _ => {}
        }
    }

    /// A change set that is executed already was so by us: by an earlier run, or by a try whose answer was lost. Its
    /// ARN is ours, and it can be executed once.
    fn not_executed(&mut self, now: Moment, id: &StackId, failure: &Failure) {
        if self.work(id).phase != Phase::Executing {
            return;
        }
        let says = |words: &str| failure.message.contains(words);
        match failure.kind {
            FailureKind::WrongState if says("EXECUTE_COMPLETE") || says("EXECUTE_IN_PROGRESS") => {
                self.wait_for_end(now, id)
            }
            FailureKind::WrongState if says("OBSOLETE") => {
                self.stale(now, id, "somebody else has changed it");
            }
            FailureKind::WrongState
            | FailureKind::NotFound
            | FailureKind::TokenUsed
            | FailureKind::AlreadyExists
            | FailureKind::InProgress
            | FailureKind::NoAnswer
            | FailureKind::Garbled
            | FailureKind::Unavailable => self.ask_whose(now, id),
            _ => {
                let message =
                    format!("the change set of stack `{}` cannot be executed: {failure}", self.run.stack(id).name);
                self.give_up(now, id, Problem::failed(failure, message));
                self.failure_stops();
            }
        }
    }

    /// Looks whether the stack's last change set is ours.
    pub(super) fn ask_whose(&mut self, now: Moment, id: &StackId) {
        let work = self.work_mut(id);
        work.phase = Phase::Executing;
        work.asking_since.get_or_insert(now);
        let call = Call::DescribeStacks { stack: Some(self.reference(id)), page: Page::first() };
        self.ask_apply(now, id, ApplyStep::Whose, call);
    }

    fn whose(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        if self.work(id).phase != Phase::Executing {
            return;
        }
        let stack = match result {
            Ok(Answer::Stacks(stacks, _)) => stacks.into_iter().next(),
            _ => None,
        };
        let ours = self.work(id).draft.as_ref().and_then(|draft| draft.change_set.clone());
        if stack.as_ref().is_some_and(|stack| is_of(stack, ours.as_deref())) {
            return self.wait_for_end(now, id);
        }
        let since = self.work(id).asking_since.unwrap_or(now);
        if now - since < OLD_ANSWERS {
            let at = self.run.desk.next_look(&self.run.stack(id).place.clone(), now + ASKED_AGAIN);
            return self.run.desk.remind(at, Purpose::Apply(id.clone(), ApplyStep::Whose));
        }
        let why = match stack {
            Some(stack) => format!("somebody else works on it, and it is in `{}`", stack.status),
            None => "it is gone".to_owned(),
        };
        self.stale(now, id, &why);
    }

    /// The operation goes on: waits for its end.
    pub(super) fn wait_for_end(&mut self, now: Moment, id: &StackId) {
        let stack = self.run.stack(id);
        let (name, target) = (stack.name.clone(), stack.target.clone());
        let arn = self.arn(id).unwrap_or_default();
        let work = self.work(id);
        let Some(draft) = &work.draft else { return };
        let kind = if draft.inputs.kind == ChangeSetType::Create { Kind::Create } else { Kind::Update };
        let change_set = draft.change_set.clone().unwrap_or_default();
        let token = Token::of(&change_set, &name, "execute", 1);
        let watched = Watched::new(id, &target, &arn, kind, token.clone())
            .change_set(Some(change_set))
            .before(work.seen.clone())
            .began(now);
        let made = self.made(id, &draft.name);
        let attached = work.asking_since.is_some();
        self.made.remove(&made);
        self.run.desk.record(&Entry::Settled(made));
        self.work_mut(id).phase = Phase::Running;
        self.run.began.entry(id.clone()).or_insert(now);
        self.run.tell(now, Progress::Begun { stack: id.clone(), arn, token, attached });
        if self.run.options.detach { self.over(now, id, End::Detached) } else { self.run.watch(now, watched) }
    }

    fn not_cleared(&mut self, now: Moment, id: &StackId, failure: &Failure) {
        self.run.watcher.remove(id);
        let message = format!("what is left of stack `{}` cannot be deleted: {failure}", self.run.stack(id).name);
        self.give_up(now, id, Problem::failed(failure, message).help("run `ce recover` to see what can be done"));
        self.failure_stops();
    }

    fn protected(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        match result {
            Ok(_) => self.over(now, id, End::Changed),
            Err(failure) if failure.may_be_done() => {
                let call = Call::DescribeStacks { stack: Some(self.reference(id)), page: Page::first() };
                self.ask_apply(now, id, ApplyStep::Protected, call);
            }
            Err(failure) => self.not_protected(now, id, &failure),
        }
    }

    fn looked_at_protection(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        let wanted = self.run.stack(id).termination_protection;
        match result {
            Ok(Answer::Stacks(stacks, _)) if stacks.first().map(|found| found.termination_protection) == wanted => {
                self.over(now, id, End::Changed);
            }
            Ok(_) => self.not_protected(now, id, &Failure::no_answer("it was asked for, and does not show")),
            Err(failure) => self.not_protected(now, id, &failure),
        }
    }

    fn not_protected(&mut self, now: Moment, id: &StackId, failure: &Failure) {
        let message = format!("the protection of stack `{}` cannot be set: {failure}", self.run.stack(id).name);
        self.run.problem(Problem::failed(failure, message).of(id));
        self.over(now, id, End::Changed);
    }

    fn not_cancelled(&mut self, id: &StackId, failure: &Failure) {
        let message = format!("the update of stack `{}` cannot be cancelled: {failure}", self.run.stack(id).name);
        self.run.desk.tell(Progress::Problem(
            Problem::new(Exit::Unclassified, message).of(id).help("it goes on, and is waited for"),
        ));
    }
}

fn is_of(stack: &cloud::Stack, ours: Option<&str>) -> bool {
    ours.is_some() && stack.change_set.as_deref() == ours && stack.status != StackStatus::ReviewInProgress
}
