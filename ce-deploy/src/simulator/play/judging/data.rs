//! I6: what holds data goes only when it was named, in a stack or in one that is nested in it, at any depth; and the
//! service itself is held to that by the policies of stacks.

use super::super::run::Sent;
use super::super::{Invariant as I, Played};
use super::judged::{Found, Judged, is_stack};
use crate::assembly::Stack;
use crate::cloud::{Action, Change, FailureKind as K, Replacement, Token};
use crate::engine::End;
use crate::simulator::Loss;

impl Judged<'_> {
    /// What the executed change sets say that goes, whether it went or not.
    pub(super) fn data(&self, found: &mut Found) {
        for deed in self.executions() {
            let known = deed.change_set.as_deref().and_then(|arn| self.played.simulator.change_set(arn));
            let (Some(known), Some(stack)) = (known, self.stack(&deed.stack)) else { continue };
            for (path, changes) in known.all_changes() {
                for change in changes.iter().filter(|change| self.loses_data(change)) {
                    let within = if path.is_empty() { String::new() } else { format!("{path}.") };
                    let id = format!("{}.{within}{}", stack.id, change.logical_id);
                    if !is_named(self.played, &id) {
                        found.push((I::Data, format!("{id} was to go, and nobody had named it")));
                    }
                }
            }
        }
    }

    /// What the service would have refused: while a change set is executed all is held but what goes by name, or is kept,
    /// and all when it is over.
    pub(super) fn held(&self, found: &mut Found) {
        if !self.may_hold() {
            return;
        }
        for deed in self.executions() {
            let known = deed.change_set.as_deref().and_then(|arn| self.played.simulator.change_set(arn));
            let stack = self.stack(&deed.stack).filter(|stack| !self.is_disturbed(stack));
            let (Some(known), Some(stack)) = (known, stack) else { continue };
            for logical_id in &deed.unheld {
                let id = format!("{}.{logical_id}", stack.id);
                let goes = |change: &&Change| change.logical_id == *logical_id;
                let goes = known.changes().iter().find(goes).is_some_and(|change| self.may_go(change, &id));
                if !goes {
                    found.push((I::Data, format!("{id} was not held by the stack's policy while {} went", known.id())));
                }
            }
            let left = self.run.left.get(&stack.id).filter(|left| self.is_over(stack) && !left.unheld.is_empty());
            if let Some(left) = left {
                let held = left.unheld.join(", ");
                found.push((I::Data, format!("{held} of {} is not held by the stack's policy", stack.id)));
            }
        }
    }

    fn may_go(&self, change: &Change, id: &str) -> bool {
        let kept = change.policy_action.as_deref().is_some_and(|action| action.contains("Retain"));
        let replaced = matches!(change.replacement, Some(Replacement::True | Replacement::Conditional));
        match change.action {
            Action::Remove => kept || is_named(self.played, id),
            _ => replaced && is_named(self.played, id),
        }
    }

    /// Whether the run could see all policies through.
    fn may_hold(&self) -> bool {
        let scenario = &self.played.scenario;
        let refused = |sent: &Sent| {
            let passing = |kind| matches!(kind, K::Throttled | K::Unavailable | K::NoAnswer | K::Garbled);
            sent.api.ends_with("StackPolicy") && sent.failure.is_some_and(|kind| !passing(kind))
        };
        let wanted = scenario.options.stack_policy && scenario.judge.knows_types();
        wanted && self.run.struck.is_empty() && !self.run.sent.iter().any(refused)
    }

    fn is_over(&self, stack: &Stack) -> bool {
        let ended = self.run.outcome.as_ref().and_then(|outcome| outcome.stacks.get(&stack.id));
        ended.is_some_and(|ended| matches!(ended.end, End::Changed | End::RolledBack | End::PutBack))
    }

    fn loses_data(&self, change: &Change) -> bool {
        let schema = self.played.simulator.schema(&change.type_name);
        let keeps = change.policy_action.as_deref().is_some_and(|action| action.contains("Retain"));
        let goes = match change.action {
            Action::Remove => !keeps,
            Action::Modify => matches!(change.replacement, Some(Replacement::True | Replacement::Conditional)),
            _ => false,
        };
        // What is in a nested stack is listed, or lost, for itself.
        let nests = change.type_name == "AWS::CloudFormation::Stack";
        goes && !nests && schema.is_some_and(|schema| schema.stateful)
    }
}

/// What went, whatever the change sets said.
pub(super) fn judge(played: &Played, found: &mut Found) {
    for loss in played.simulator.losses() {
        let ours = loss.token.as_ref().is_some_and(Token::is_of_ce);
        let id = id(played, loss);
        if ours && !is_named(played, &id) {
            found.push((I::Data, format!("{id} was lost, and nobody had named it")));
        }
    }
}

fn id(played: &Played, loss: &Loss) -> String {
    let stacks = played.scenario.assemblies.iter().flat_map(|assembly| &assembly.stacks);
    let stack = stacks.into_iter().find(|stack| is_stack(&played.simulator, stack, &loss.stack));
    format!("{}.{}", stack.map_or(loss.stack.as_str(), |stack| stack.id.as_str()), loss.logical_id)
}

fn is_named(played: &Played, id: &str) -> bool {
    played.scenario.agreed.as_ref().is_some_and(|agreed| agreed.contains(id))
}
