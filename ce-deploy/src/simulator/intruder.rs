//! Somebody else who works on the same stacks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change_set::ChangeSetKey;
use super::fault::{FaultKind as K, Struck};
use super::ledger::Deed;
use super::operation::{Kind, Options, Order};
use super::place::PlaceKey;
use super::service::Service;
use super::stack::StackKey;
use super::words::invalid;
use crate::cloud::{Call, ChangeSetState, ExecutionState, Failure, StackRef, StackStatus, Tag, Token};

/// Does what the faults say, to the stack and the change set that the call is about.
pub(super) fn strike(service: &mut Service, place: PlaceKey, call: &Call, struck: &Struck) {
    let (stack, change_set) = subject(call);
    let key = stack.and_then(|stack| service.find_stack(place, stack)).filter(|key| service.is_living(*key));
    let change_set = stack.zip(change_set).and_then(|(stack, name)| service.find_change_set(place, stack, name).ok());
    // Those of nested stacks come and go with their root's. Source: API reference, DeleteChangeSet.
    let change_set = change_set.filter(|key| service.change_set(*key).parent.is_none());
    // What somebody else could not do does not happen.
    for (kind, _) in &struck.faults {
        let done: Result<(), Failure> = match (kind, key, change_set) {
            (K::OtherDeploys, Some(key), _) => service.other_deploys(key),
            (K::OtherDeletes, Some(key), _) => service.other_deletes(key),
            (K::OtherRecreates, Some(key), _) => service.other_recreates(key),
            (K::OtherCancels, Some(key), _) => service.other_cancels(key),
            (K::OtherProtects, Some(key), _) => {
                service.stack_mut(key).protected = true;
                service.publish(key);
                Ok(())
            }
            (K::OtherDrifts, Some(key), _) => service.other_drifts(key),
            (K::OtherDropsChangeSet, _, Some(change_set)) => service.delete_change_set(change_set).map(drop),
            (K::OtherExecutes, _, Some(change_set)) => {
                let token = service.other_token();
                service.execute_change_set(change_set, &token, false, false).map(drop)
            }
            (K::OtherReplacesChangeSet, _, Some(change_set)) => service.other_replaces(change_set),
            _ => Ok(()),
        };
        if done.is_ok() && kind.is_somebody_else() {
            let stack = key.map(|key| service.stack(key).id.clone()).unwrap_or_default();
            let at = service.now;
            service.deeds.push(Deed {
                at,
                api: kind.name(),
                stack,
                change_set: None,
                token: None,
                called: false,
                unheld: vec![],
            });
        }
    }
}

/// The stack and the change set that a call is about.
fn subject(call: &Call) -> (Option<&StackRef>, Option<&str>) {
    match call {
        Call::DescribeStacks { stack, .. } => (stack.as_ref(), None),
        Call::CreateChangeSet(request) => (Some(&request.stack), None),
        Call::DescribeChangeSet { stack, change_set, .. }
        | Call::ExecuteChangeSet { stack, change_set, .. }
        | Call::DeleteChangeSet { stack, change_set } => (Some(stack), Some(change_set)),
        Call::GetTemplate { stack, change_set } => (Some(stack), change_set.as_deref()),
        Call::DescribeStackEvents { stack, .. }
        | Call::ListStackResources { stack, .. }
        | Call::ListChangeSets { stack, .. }
        | Call::DeleteStack { stack, .. }
        | Call::CancelUpdateStack { stack, .. }
        | Call::ContinueUpdateRollback { stack, .. }
        | Call::RollbackStack { stack, .. }
        | Call::GetStackPolicy { stack }
        | Call::SetStackPolicy { stack, .. }
        | Call::ProtectStack { stack, .. } => (Some(stack), None),
        _ => (None, None),
    }
}

impl Service {
    fn other_token(&mut self) -> Token {
        let number = self.serial();
        Token::given(format!("somebody-else-{number}"))
    }

    /// Updates the stack: another tag, nothing else.
    pub(super) fn other_deploys(&mut self, key: StackKey) -> Result<(), Failure> {
        if !self.stack(key).status.takes_updates() {
            return Err(invalid("not now"));
        }
        let token = self.other_token();
        let mut goal = self.stack(key).definition.clone();
        goal.tags.push(Tag { key: "deployed-by".to_owned(), value: "somebody-else".to_owned() });
        self.make_obsolete(key);
        let order = Order { kind: Kind::Update, token: Some(token), goal: Arc::new(goal), options: Options::default() };
        self.begin(key, order);
        Ok(())
    }

    fn other_deletes(&mut self, key: StackKey) -> Result<(), Failure> {
        let token = self.other_token();
        let id = StackRef::id(&self.stack(key).id);
        let place = self.stack(key).place;
        self.delete_stack(place, &id, &token, &[], None).map(drop)
    }

    /// The name means another stack from now on.
    fn other_recreates(&mut self, key: StackKey) -> Result<(), Failure> {
        let stack = self.stack(key);
        if stack.status.is_in_progress() || stack.parent.is_some() || self.export_in_use(key).is_some() {
            return Err(invalid("not now"));
        }
        let (place, name, goal) = (stack.place, stack.name.clone(), stack.definition.clone());
        if goal.template.is_none() {
            return Err(invalid("not now"));
        }
        for (_, resource) in std::mem::take(&mut self.stack_mut(key).resources) {
            self.release_name(key, &resource);
        }
        self.bury(key);
        let new = self.new_stack(place, &name, StackStatus::CreateInProgress);
        let token = self.other_token();
        let order = Order { kind: Kind::Create, token: Some(token), goal: Arc::new(goal), options: Options::default() };
        self.begin(new, order);
        Ok(())
    }

    fn other_cancels(&mut self, key: StackKey) -> Result<(), Failure> {
        if self.stack(key).status != StackStatus::UpdateInProgress || self.stack(key).parent.is_some() {
            return Err(invalid("not now"));
        }
        self.cancel_update(key);
        Ok(())
    }

    fn other_drifts(&mut self, key: StackKey) -> Result<(), Failure> {
        let found =
            self.stack(key).resources.iter().find(|(_, resource)| resource.nested.is_none() && resource.is_settled());
        let logical = found.map(|(logical, _)| logical.clone()).ok_or_else(|| invalid("not now"))?;
        self.change_behind(key, &logical, "DriftedBy", serde_json::Value::from("somebody-else"));
        Ok(())
    }

    /// Deletes a change set and makes one under its name that changes something else.
    fn other_replaces(&mut self, key: ChangeSetKey) -> Result<(), Failure> {
        let old = self.change_set(key).clone();
        if old.state != ChangeSetState::Complete || old.execution != ExecutionState::Available {
            return Err(invalid("not now"));
        }
        self.delete_change_set(key)?;
        let id = self.change_set_arn(old.stack, &old.name);
        let mut goal = super::stack::Definition::clone(&old.goal);
        goal.tags.push(Tag { key: "changed-by".to_owned(), value: "somebody-else".to_owned() });
        let token = self.other_token();
        self.change_sets.push(super::change_set::ChangeSet {
            id,
            goal: Arc::new(goal),
            token,
            nested: BTreeMap::new(),
            ..old
        });
        Ok(())
    }

    /// Change sets of a stack that is changed by other means cannot be executed any more.
    pub(super) fn make_obsolete(&mut self, key: StackKey) {
        let now = self.now;
        for change_set in &mut self.change_sets {
            if change_set.stack == key && change_set.execution == ExecutionState::Available {
                change_set.turn(change_set.state, ExecutionState::Obsolete, now);
            }
        }
    }
}
