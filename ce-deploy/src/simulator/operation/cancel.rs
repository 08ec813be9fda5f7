//! An operation that is under way is stopped.

use crate::cloud::{StackStatus, Token};
use crate::simulator::service::Service;
use crate::simulator::stack::StackKey;

impl Service {
    /// Gives up an update that is under way; whether it may be was asked before.
    pub(in crate::simulator) fn cancel_update(&mut self, key: StackKey) {
        self.give_up(key, Some("User cancelled update. ".to_owned()));
    }

    /// A creation stops where it is because the stack is to be deleted.
    pub(in crate::simulator) fn stop_for_deletion(&mut self, key: StackKey) {
        if self.stack(key).running.is_none() {
            return;
        }
        self.cancel_busy(key);
        self.keep_leftovers(key);
        self.stack_mut(key).running = None;
        self.close_change_set(key, StackStatus::CreateFailed);
    }

    /// A deletion that fails before it does anything.
    pub(in crate::simulator) fn refuse_deletion(&mut self, key: StackKey, token: &Token, reason: String) {
        let operation = self.note_operation(key, "DELETE_STACK");
        self.set_status(key, StackStatus::DeleteInProgress, Some("User Initiated".to_owned()));
        self.set_status(key, StackStatus::DeleteFailed, Some(reason));
        // Both events belong to the request, though nothing ran.
        let events = &mut self.stack_mut(key).events;
        for event in events.iter_mut().rev().take(2) {
            event.token = Some(token.clone());
            event.operation = Some(operation.clone());
        }
    }
}
