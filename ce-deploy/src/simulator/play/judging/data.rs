//! I6: what holds data goes only when it was named, in a stack or in one that is nested in it, at any depth.

use super::super::{Invariant as I, Played};
use super::judged::{Found, Judged, is_stack};
use crate::cloud::{Action, Change, Replacement, Token};
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
