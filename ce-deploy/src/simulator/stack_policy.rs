//! Stack policies: kept with a stack, and asked before an update touches a resource.

use super::operation::Kind;
use super::place::PlaceKey;
use super::provider::Act;
use super::service::Service;
use super::stack::{Stack, StackKey};
use super::words::{invalid, wrong_state};
use crate::cloud::{Answer, Call, ExecutionState, Failure, StackRef, StackStatus};
use crate::stack_policy::{StackPolicy, Update};

/// A policy as it was given, and as it is understood.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) text: String,
    policy: StackPolicy,
}

impl Service {
    pub(super) fn get_stack_policy(&self, place: PlaceKey, stack: &StackRef) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        Ok(Answer::StackPolicy(self.stack(key).policy.as_ref().map(|kept| kept.text.clone())))
    }

    /// A stack that is being worked on, or was never made, takes none.
    pub(super) fn set_stack_policy(
        &mut self,
        place: PlaceKey,
        stack: &StackRef,
        text: &str,
    ) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        let policy = text.parse().map_err(|_| invalid("Error validating stack policy: Invalid stack policy"))?;
        let status = self.stack(key).status;
        if status.is_in_progress() || status == StackStatus::ReviewInProgress || !self.is_living(key) {
            return Err(wrong_state(self.stack(key), "updated"));
        }
        self.stack_mut(key).policy = Some(Kept { text: text.to_owned(), policy });
        Ok(Answer::Done)
    }

    /// Why an update may not do this to a resource. Only updates are held to a policy.
    pub(super) fn denied_by_policy(&self, key: StackKey, logical: &str, act: Act) -> Option<String> {
        let stack = self.stack(key);
        let update = match act {
            Act::Update => Update::Modify,
            Act::Replace => Update::Replace,
            Act::Delete => Update::Delete,
            Act::Create | Act::Import | Act::RollBack => return None,
        };
        stack.running.as_ref().filter(|running| running.kind == Kind::Update)?;
        let type_name = stack.resources.get(logical).map(|resource| resource.type_name.as_str())?;
        stack.policy.as_ref()?.policy.denial(update, logical, type_name)
    }

    /// What a change set is executed on though no policy holds it.
    pub(super) fn unheld_before(&self, place: PlaceKey, call: &Call) -> Vec<String> {
        let Call::ExecuteChangeSet { stack, change_set, .. } = call else { return Vec::new() };
        let found = self.find_change_set(place, stack, change_set).ok().map(|key| self.change_set(key));
        // The same request again begins nothing.
        let begins = found.filter(|change_set| change_set.execution == ExecutionState::Available);
        begins.map(|change_set| self.unheld(self.stack(change_set.stack))).unwrap_or_default()
    }

    /// The resources of a stack that hold data and that its policy does not hold.
    pub(super) fn unheld(&self, stack: &Stack) -> Vec<String> {
        let holds_data = |type_name: &str| self.schemas.find(type_name).is_some_and(|schema| schema.stateful);
        let held = |logical: &str, type_name: &str| {
            let denies = |policy: &StackPolicy, update| policy.denial(update, logical, type_name).is_some();
            let policy = stack.policy.as_ref().map(|kept| &kept.policy);
            policy.is_some_and(|policy| denies(policy, Update::Replace) && denies(policy, Update::Delete))
        };
        let all = stack.resources.iter().filter(|(_, resource)| resource.was_complete && !resource.gone);
        let open = all.filter(|(id, resource)| holds_data(&resource.type_name) && !held(id, &resource.type_name));
        open.map(|(logical, _)| logical.clone()).collect()
    }
}
