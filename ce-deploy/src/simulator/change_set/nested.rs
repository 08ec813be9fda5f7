//! Change sets of nested stacks.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{ChangeSet, ChangeSetKey};
use crate::cloud::{Action, Change, ChangeSetState, ChangeSetType, ExecutionState, StackStatus};
use crate::simulator::service::Service;
use crate::simulator::stack::StackKey;

impl Service {
    /// Works out the change set of a nested stack, and takes it out of its parent's when it changes nothing.
    pub(super) fn plan_nested(
        &mut self,
        parent: ChangeSetKey,
        logical: &str,
        properties: &Map<String, Value>,
        changes: &mut Vec<Change>,
    ) -> Result<(), String> {
        let outer = self.change_set(parent).stack;
        let existing = self.stack(outer).resources.get(logical).and_then(|resource| resource.nested);
        let at = changes.iter().position(|change| change.logical_id == logical);
        let goal = match self.nested_definition(outer, properties) {
            Ok(goal) => goal,
            // A parameter that is not known yet: the nested stack is shown as changed, without detail.
            Err(_) if at.is_some() => return Ok(()),
            Err(reason) => return Err(reason),
        };
        let stack = existing.unwrap_or_else(|| self.reviewed_nested(outer, logical));
        let kind = if existing.is_some() { ChangeSetType::Update } else { ChangeSetType::Create };
        let key = self.add_nested(parent, stack, logical, kind, goal);
        let result = self.worked_out(key);
        let id = self.change_set(key).id.clone();
        let now = self.now;
        let change_set = self.change_set_mut(key);
        if let Err(reason) = result {
            change_set.turn(ChangeSetState::Failed, ExecutionState::Unavailable, now);
            let nothing = reason.contains("didn't contain changes");
            change_set.reason = Some(reason);
            if !nothing {
                return Err(format!("Nested change set {id} was not successfully created: Currently in FAILED."));
            }
            return Ok(());
        }
        change_set.turn(ChangeSetState::Complete, ExecutionState::Available, now);
        match at {
            Some(at) => changes[at].nested = Some(id),
            None => changes.push(nested_change(self, outer, logical, id)),
        }
        Ok(())
    }

    fn reviewed_nested(&mut self, outer: StackKey, logical: &str) -> StackKey {
        let mint = self.mint() & 0xFFFF_FFFF_FFFF;
        let name = format!("{}-{logical}-{mint:012X}", self.stack(outer).name);
        let place = self.stack(outer).place;
        let nested = self.new_stack(place, &name, StackStatus::ReviewInProgress);
        self.stack_mut(nested).parent = Some((outer, logical.to_owned()));
        self.set_status(nested, StackStatus::ReviewInProgress, Some("User Initiated".to_owned()));
        nested
    }

    fn add_nested(
        &mut self,
        parent: ChangeSetKey,
        stack: StackKey,
        logical: &str,
        kind: ChangeSetType,
        goal: crate::simulator::stack::Definition,
    ) -> ChangeSetKey {
        let mint = self.mint();
        let name = format!("{}-{logical}-{mint:016X}", self.change_set(parent).name);
        let id = self.change_set_arn(stack, &name);
        let now = self.now;
        let state = (ChangeSetState::InProgress, ExecutionState::Unavailable);
        let outer = self.change_set(parent);
        let nested = ChangeSet {
            id,
            name,
            stack,
            kind,
            goal: Arc::new(goal),
            state: state.0,
            reason: None,
            execution: state.1,
            since: now,
            before: state,
            changes: Vec::new(),
            token: outer.token.clone(),
            on_failure: None,
            include_nested: true,
            imports: Vec::new(),
            mode: outer.mode,
            disable_rollback: outer.disable_rollback,
            findings: Vec::new(),
            nested: BTreeMap::new(),
            parent: Some(parent),
        };
        self.change_sets.push(nested);
        let key = ChangeSetKey(self.change_sets.len() - 1);
        self.change_set_mut(parent).nested.insert(logical.to_owned(), key);
        key
    }

    /// Takes away all change sets of a stack.
    pub(in crate::simulator) fn drop_change_sets(&mut self, stack: StackKey) {
        for at in 0..self.change_sets.len() {
            let key = ChangeSetKey(at);
            let change_set = self.change_set(key);
            if change_set.stack == stack && change_set.state != ChangeSetState::Deleted {
                self.drop_change_set(key);
            }
        }
    }

    /// Takes a change set and those of its nested stacks away, with nested stacks that were only under review.
    pub(super) fn drop_change_set(&mut self, key: ChangeSetKey) {
        let now = self.now;
        let change_set = self.change_set_mut(key);
        change_set.turn(ChangeSetState::Deleted, ExecutionState::Unavailable, now);
        let nested: Vec<ChangeSetKey> = change_set.nested.values().copied().collect();
        for key in nested {
            let stack = self.change_set(key).stack;
            self.drop_change_set(key);
            if self.stack(stack).status == StackStatus::ReviewInProgress {
                self.bury(stack);
            }
        }
    }
}

fn nested_change(service: &Service, outer: StackKey, logical: &str, id: String) -> Change {
    let resource = service.stack(outer).resources.get(logical);
    Change {
        action: Action::Modify,
        logical_id: logical.to_owned(),
        physical_id: resource.and_then(|resource| resource.physical.clone()),
        type_name: "AWS::CloudFormation::Stack".to_owned(),
        replacement: Some(crate::cloud::Replacement::False),
        policy_action: None,
        details: Vec::new(),
        nested: Some(id),
        ignored: Vec::new(),
    }
}
