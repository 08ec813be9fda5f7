//! Writing down what happens.

use std::sync::Arc;

use crate::cloud::{Operation, StackEvent, StackStatus};
use crate::simulator::fault::FaultKind;
use crate::simulator::service::Service;
use crate::simulator::stack::{Resource, StackKey};

/// An event of a resource, before it is told whose it is.
pub(super) struct Told<'a> {
    pub(super) logical: &'a str,
    pub(super) physical: Option<String>,
    pub(super) type_name: &'a str,
    pub(super) status: &'static str,
    pub(super) reason: Option<String>,
    pub(super) configured: bool,
}

impl Service {
    /// The stack takes a state: an event, and what reads show from now on.
    pub(in crate::simulator) fn set_status(&mut self, key: StackKey, status: StackStatus, reason: Option<String>) {
        let stack = self.stack_mut(key);
        stack.status = status;
        stack.reason.clone_from(&reason);
        let (name, id) = (stack.name.clone(), stack.id.clone());
        self.tell(
            key,
            Told {
                logical: &name,
                physical: Some(id),
                type_name: "AWS::CloudFormation::Stack",
                status: status.as_str(),
                reason,
                configured: false,
            },
        );
        self.publish(key);
    }

    /// Reads show the stack as it is now.
    pub(in crate::simulator) fn publish(&mut self, key: StackKey) {
        let root = self.root(key);
        let stack = self.stack(key);
        let mut view = stack.view();
        view.root = (root != key).then(|| self.stack(root).id.clone());
        view.change_set = stack.change_set.map(|change_set| self.change_set(change_set).id.clone());
        let now = self.now;
        self.stack_mut(key).history.push((now, Arc::new(view)));
    }

    /// A resource takes a state.
    pub(super) fn set_resource(&mut self, key: StackKey, logical: &str, status: &'static str, reason: Option<String>) {
        let Some(resource) = self.stack_mut(key).resources.get_mut(logical) else { return };
        resource.status = status;
        resource.was_complete |= matches!(status, "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "IMPORT_COMPLETE");
        resource.reason.clone_from(&reason);
        let (physical, type_name) = (resource.physical.clone(), resource.type_name.clone());
        self.tell(key, Told { logical, physical, type_name: &type_name, status, reason, configured: false });
    }

    pub(super) fn tell(&mut self, key: StackKey, told: Told<'_>) {
        let serial = self.serial();
        if self.faults.one(FaultKind::MissingEvent).is_some() {
            return;
        }
        let now = self.now;
        let stack = self.stack_mut(key);
        let running = stack.running.as_ref();
        let event = StackEvent {
            id: format!("{}-{}-{serial}", told.logical, told.status),
            stack: stack.id.clone(),
            logical_id: told.logical.to_owned(),
            physical_id: told.physical,
            type_name: told.type_name.to_owned(),
            status: told.status.to_owned(),
            reason: told.reason,
            at: now.0,
            token: running.and_then(|running| running.token.clone()),
            operation: running.map(|running| running.operation.clone()),
            detailed_status: told.configured.then(|| "CONFIGURATION_COMPLETE".to_owned()),
            handler: stack.resources.get(told.logical).and_then(Resource::handler),
        };
        stack.events.push(event);
    }

    /// Begins a new entry of `LastOperations` and gives its id.
    pub(super) fn note_operation(&mut self, key: StackKey, kind: &str) -> String {
        let id = self.uuid();
        self.stack_mut(key).operations.push(Operation { kind: kind.to_owned(), id: id.clone() });
        id
    }
}
