//! The policy of a stack, read and set around its update: the service itself holds what holds data.
//!
//! Before a stack is changed its policy denies to replace or delete what holds data there, but for what was agreed to by
//! name. So the service refuses what was missed here. Afterwards the policy holds all that is there, also against others.
//! What is new in an update is held only afterwards: nothing could replace it, and if the update fails it must go again.
//!
//! A policy that somebody else wrote stays. Where none may be set, all goes on without, and that is told once.

use std::collections::BTreeSet;

use super::purpose::ApplyStep;
use super::reducer::Deployment;
use super::work::{Phase, Until};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, FailureKind, Target};
use crate::engine::{End, Moment, Progress};
use crate::journal::Entry;
use crate::stack_policy::{Held, StackPolicy};

/// What is known of the policy of a stack.
#[derive(Clone, Debug, Default)]
pub(super) struct Hold {
    /// None before it is read.
    pub(super) policy: Option<Policy>,
    /// What it holds where the stack is what it was before its update.
    pub(super) before: BTreeSet<String>,
}

/// The policy that a stack has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Policy {
    None,
    Ours(Held),
    /// Somebody else's; none where it cannot be read here.
    Others(Option<StackPolicy>),
}

/// What is known of the policies of all stacks.
#[derive(Debug)]
pub(super) struct Policies {
    /// Where, and as whom, none can be read or set.
    pub(super) refused: BTreeSet<Target>,
    /// Stacks whose policy an earlier run did not come to.
    pub(super) left: BTreeSet<StackId>,
}

impl Policy {
    fn of(text: Option<&str>) -> Self {
        match (text, text.and_then(Held::read)) {
            (None, _) => Self::None,
            (_, Some(held)) => Self::Ours(held),
            (Some(text), None) => Self::Others(text.parse().ok()),
        }
    }
}

impl Deployment {
    /// Executes a change set once the stack's policy holds what is not to go.
    pub(super) fn execute_held(&mut self, now: Moment, id: &StackId) {
        if self.existing(id).is_some() && !self.holding_before(id).is_empty() {
            self.hold_until(now, id, Until::Executed);
        } else {
            self.execute(now, id);
        }
    }

    /// Brings the policy of a stack to what it should hold, and goes on.
    pub(super) fn hold_until(&mut self, now: Moment, id: &StackId, until: Until) {
        if !self.may_hold(id) {
            return self.go_on_unheld(now, id, until);
        }
        let Some(policy) = self.work(id).hold.policy.clone() else { return self.read_policy(now, id, until) };
        if until == Until::Executed {
            let before = self.holding_before(id);
            self.work_mut(id).hold.before = before;
        }
        let wanted = self.to_hold(id, until);
        let differs = match policy {
            Policy::None => !wanted.ids().is_empty(),
            Policy::Ours(held) => held != wanted,
            Policy::Others(_) => false,
        };
        if !differs {
            return self.is_held(now, id, until);
        }
        if !wanted.fits() {
            return self.unheld(now, id, until, "it holds more than a stack policy can name");
        }
        self.work_mut(id).phase = Phase::Holding(until);
        let call = Call::SetStackPolicy { stack: self.reference(id), policy: wanted.text() };
        self.ask_apply(now, id, ApplyStep::Hold, call);
    }

    fn read_policy(&mut self, now: Moment, id: &StackId, until: Until) {
        // A stack with nothing to hold is not asked for.
        if until != Until::Executed && self.holding_after(id).is_empty() {
            return self.is_held(now, id, until);
        }
        self.work_mut(id).phase = Phase::Holding(until);
        let call = Call::GetStackPolicy { stack: self.reference(id) };
        self.ask_apply(now, id, ApplyStep::Policy, call);
    }

    pub(super) fn took_policy(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        let Phase::Holding(until) = self.work(id).phase else { return };
        match result {
            Ok(Answer::StackPolicy(text)) => {
                self.work_mut(id).hold.policy = Some(Policy::of(text.as_deref()));
                self.hold_until(now, id, until);
            }
            Ok(_) => self.unheld(now, id, until, "the answer belongs to another question"),
            Err(failure) => self.not_held(now, id, until, &failure),
        }
    }

    pub(super) fn took_hold(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        let Phase::Holding(until) = self.work(id).phase else { return };
        match result {
            Ok(_) => {
                let held = self.to_hold(id, until);
                self.work_mut(id).hold.policy = Some(Policy::Ours(held));
                self.is_held(now, id, until);
            }
            Err(failure) => self.not_held(now, id, until, &failure),
        }
    }

    /// Who may not do it is not asked again, and told so once, whatever the number of stacks.
    fn not_held(&mut self, now: Moment, id: &StackId, until: Until, failure: &Failure) {
        if failure.kind != FailureKind::Denied {
            return self.unheld(now, id, until, &failure.to_string());
        }
        let target = self.run.stack(id).target.clone();
        let told = !self.policies.refused.is_empty();
        self.policies.refused.insert(target);
        if told {
            return self.go_on_unheld(now, id, until);
        }
        self.unheld(now, id, until, &failure.to_string());
    }

    fn unheld(&mut self, now: Moment, id: &StackId, until: Until, reason: &str) {
        self.run.tell(now, Progress::Unheld { stack: id.clone(), reason: reason.to_owned() });
        self.go_on_unheld(now, id, until);
    }

    /// What was to be put right after an update is right.
    fn is_held(&mut self, now: Moment, id: &StackId, until: Until) {
        if until != Until::Executed && self.may_hold(id) {
            self.run.desk.record(&Entry::Held { stack: id.clone() });
        }
        self.go_on_unheld(now, id, until);
    }

    fn go_on_unheld(&mut self, now: Moment, id: &StackId, until: Until) {
        match until {
            Until::Executed => match self.forbidden(id) {
                None => self.execute(now, id),
                Some(problem) => {
                    self.drop_draft(now, id);
                    self.give_up(now, id, problem);
                }
            },
            Until::Changed => self.changed(now, id),
            Until::Unchanged => self.stays(now, id),
            Until::RolledBack => self.over(now, id, End::RolledBack),
        }
    }

    /// Writes down that the policy is to be put right after an operation: a run that is killed leaves it to the next.
    pub(super) fn record_holding(&mut self, id: &StackId) {
        let hold = &self.work(id).hold;
        let after = self.holding_after(id);
        let due = match &hold.policy {
            _ if !self.may_hold(id) => false,
            None | Some(Policy::None) => !after.is_empty(),
            Some(Policy::Ours(held)) => *held.ids() != after || *held.ids() != hold.before,
            Some(Policy::Others(_)) => false,
        };
        if due {
            self.run.desk.record(&Entry::Holding { stack: id.clone() });
        }
    }
}
