//! How a phase ends, and the operation with it.

use std::sync::Arc;

use super::{Kind, Live, Phase};
use crate::cloud::{OnFailure, Output, Secret, StackStatus};
use crate::simulator::provider::Act;
use crate::simulator::service::Service;
use crate::simulator::stack::StackKey;
use crate::simulator::template::{Resolved, Scope, as_text};

impl Service {
    pub(super) fn end_phase(&mut self, key: StackKey, phase: Phase) {
        match phase {
            Phase::Forward => self.end_forward(key),
            Phase::Back => self.end_back(key),
            Phase::Cleanup => self.end_cleanup(key),
            Phase::Delete => self.end_delete(key),
        }
    }

    fn end_forward(&mut self, key: StackKey) {
        let Some(kind) = self.stack(key).running.as_ref().map(|running| running.kind) else { return };
        if self.begin_watching(key) {
            return;
        }
        if self.keeps_unwanted(key) {
            return;
        }
        self.leave_unwanted(key);
        if let Err(reason) = self.settle_outputs(key) {
            self.give_up(key, Some(reason));
            return;
        }
        match kind {
            Kind::Create => self.finish(key, StackStatus::CreateComplete, None),
            Kind::Import => self.finish(key, StackStatus::ImportComplete, None),
            _ => {
                self.set_status(key, StackStatus::UpdateCompleteCleanupInProgress, None);
                // A nested stack waits for its root: until that is done, it may have to go back.
                if self.stack(key).parent.is_some() {
                    self.hold(key);
                } else {
                    self.enter_phase(key, Phase::Cleanup);
                }
            }
        }
    }

    /// Gives up where a policy holds what the template no longer has; whether it did.
    fn keeps_unwanted(&mut self, key: StackKey) -> bool {
        let denied = |logical: String| {
            let reason = self.denied_by_policy(key, &logical, Act::Delete)?;
            Some((logical, reason))
        };
        let Some((logical, reason)) = self.unwanted(key).into_iter().find_map(denied) else { return false };
        self.set_resource(key, &logical, "UPDATE_FAILED", Some(reason));
        if let Some(running) = self.stack_mut(key).running.as_mut() {
            running.failed.push((logical, Act::Delete));
        }
        self.give_up(key, None);
        true
    }

    /// Resources that the template no longer has.
    fn unwanted(&self, key: StackKey) -> Vec<String> {
        let stack = self.stack(key);
        let Some(running) = &stack.running else { return Vec::new() };
        let wanted = |logical: &String| running.steps.iter().any(|step| step.logical == *logical);
        stack.resources.keys().filter(|logical| !wanted(logical)).cloned().collect()
    }

    /// Resources that the template no longer has go to the cleanup.
    fn leave_unwanted(&mut self, key: StackKey) {
        for logical in self.unwanted(key) {
            self.leave_behind(key, &logical, false);
            self.stack_mut(key).resources.shift_remove(&logical);
        }
    }

    /// Works out the outputs and takes the names they are exported under.
    fn settle_outputs(&mut self, key: StackKey) -> Result<(), String> {
        let Some(running) = self.stack(key).running.as_ref() else { return Ok(()) };
        let goal = Arc::clone(&running.goal);
        let Some(template) = goal.template.as_deref() else { return Ok(()) };
        let pseudo = self.pseudo(key, &goal.notification_arns);
        let live = Live::new(self, key);
        let scope = Scope { template, parameters: &goal.parameters, pseudo: &pseudo, world: &live };
        let mut outputs = Vec::new();
        for (name, output) in &template.outputs {
            if let Some(condition) = &output.condition
                && !scope.holds(condition)?
            {
                continue;
            }
            let Resolved::Known(value) = scope.evaluate(&output.value)? else { continue };
            let text = match &value {
                serde_json::Value::Array(_) | serde_json::Value::Object(_) => None,
                value => as_text(value),
            };
            let text = text
                .ok_or("Template format error: The Value field of every Outputs member must evaluate to a String.")?;
            let export = match &output.export {
                Some(name) => match scope.evaluate(name)? {
                    Resolved::Known(name) => as_text(&name).map(std::borrow::Cow::into_owned),
                    _ => None,
                },
                None => None,
            };
            outputs.push(Output { key: name.clone(), value: Secret::new(text), export });
        }
        let imports = live.imports.into_inner();
        self.take_exports(key, &outputs)?;
        let stack = self.stack_mut(key);
        stack.outputs = outputs;
        if let Some(running) = stack.running.as_mut() {
            running.imports.extend(imports);
            stack.imports = std::mem::take(&mut running.imports);
        }
        Ok(())
    }

    fn end_back(&mut self, key: StackKey) {
        let Some(running) = self.stack_mut(key).running.as_mut() else { return };
        if !running.failed.is_empty() {
            let ids: Vec<&str> = running.failed.iter().map(|(logical, _)| logical.as_str()).collect();
            let reason = format!("The following resource(s) failed to update: [{}]. ", ids.join(", "));
            let leftovers = std::mem::take(&mut running.cleanup);
            self.stack_mut(key).leftovers = leftovers;
            self.finish(key, StackStatus::UpdateRollbackFailed, Some(reason));
            return;
        }
        if let Some(stable) = self.stack(key).stable.clone() {
            let stack = self.stack_mut(key);
            stack.definition = stable.definition.clone();
            stack.outputs.clone_from(&stable.outputs);
            stack.imports.clone_from(&stable.imports);
            let outputs = stable.outputs.clone();
            // The old names are taken back; nobody else can have them, for they were never given up before the end.
            self.take_exports(key, &outputs).ok();
        }
        if self.stack(key).running.as_ref().is_some_and(|running| running.kind == Kind::Import) {
            self.finish(key, StackStatus::ImportRollbackComplete, None);
            return;
        }
        self.set_status(key, StackStatus::UpdateRollbackCompleteCleanupInProgress, None);
        self.enter_phase(key, Phase::Cleanup);
    }

    fn end_cleanup(&mut self, key: StackKey) {
        let status = match self.stack(key).status {
            StackStatus::UpdateRollbackCompleteCleanupInProgress => StackStatus::UpdateRollbackComplete,
            _ => StackStatus::UpdateComplete,
        };
        self.finish(key, status, None);
    }

    fn end_delete(&mut self, key: StackKey) {
        let Some(running) = self.stack(key).running.as_ref() else { return };
        let (kind, on_failure) = (running.kind, running.options.on_failure);
        if !running.failed.is_empty() {
            let ids: Vec<&str> = running.failed.iter().map(|(logical, _)| logical.as_str()).collect();
            let reason = format!("The following resource(s) failed to delete: [{}]. ", ids.join(", "));
            let status = if kind == Kind::Delete { StackStatus::DeleteFailed } else { StackStatus::RollbackFailed };
            self.finish(key, status, Some(reason));
        } else if kind == Kind::Delete {
            self.bury(key);
        } else if on_failure == Some(OnFailure::Delete) {
            self.set_status(key, StackStatus::DeleteInProgress, None);
            self.bury(key);
        } else {
            self.finish(key, StackStatus::RollbackComplete, None);
        }
    }

    /// The stack is gone; only its ARN still names it.
    pub(in crate::simulator) fn bury(&mut self, key: StackKey) {
        let stack = self.stack_mut(key);
        stack.outputs.clear();
        stack.imports.clear();
        let (place, name) = (stack.place, stack.name.clone());
        self.take_exports(key, &[]).ok();
        let names = &mut self.place_mut(place).names;
        if names.get(&name) == Some(&key) {
            names.remove(&name);
        }
        self.finish(key, StackStatus::DeleteComplete, None);
        self.drop_change_sets(key);
    }

    /// The operation ends.
    pub(in crate::simulator) fn finish(&mut self, key: StackKey, status: StackStatus, reason: Option<String>) {
        self.set_status(key, status, reason);
        let stack = self.stack_mut(key);
        stack.running = None;
        if status.is_success() || status.is_rolled_back() {
            stack.stable = None;
        }
        self.close_change_set(key, status);
        self.tell_parent(key, status);
    }

    /// The way forward ends here: what was begun is given up, and the stack goes back if it may.
    /// The reason is given when no resource is to blame.
    pub(super) fn give_up(&mut self, key: StackKey, reason: Option<String>) {
        self.cancel_busy(key);
        let Some(running) = self.stack(key).running.as_ref() else { return };
        let (kind, options) = (running.kind, running.options.clone());
        let reason = reason.unwrap_or_else(|| blame(&running.failed));
        let stays = options.disable_rollback || options.on_failure == Some(OnFailure::Nothing);
        // A nested stack goes back when the stack around it does.
        if stays || (self.stack(key).parent.is_some() && kind != Kind::Rollback) {
            let status = if kind == Kind::Create { StackStatus::CreateFailed } else { StackStatus::UpdateFailed };
            self.keep_leftovers(key);
            self.finish(key, status, Some(reason));
            return;
        }
        // The way back is an operation of its own, under the same token. Source: aws-cdk-cli, seen on the service.
        let operation = self.note_operation(key, "ROLLBACK");
        if let Some(running) = self.stack_mut(key).running.as_mut() {
            running.operation = operation;
        }
        let (status, phase, words) = match kind {
            Kind::Create => {
                (StackStatus::RollbackInProgress, Phase::Delete, format!("{reason}Rollback requested by user."))
            }
            Kind::Import => (StackStatus::ImportRollbackInProgress, Phase::Back, reason),
            _ => (StackStatus::UpdateRollbackInProgress, Phase::Back, reason),
        };
        if kind == Kind::Import {
            self.let_go(key);
        }
        self.set_status(key, status, Some(words));
        self.enter_phase(key, phase);
    }

    /// What was to be cleaned up waits for the next operation.
    pub(super) fn keep_leftovers(&mut self, key: StackKey) {
        let stack = self.stack_mut(key);
        if let Some(running) = stack.running.as_mut() {
            stack.leftovers = std::mem::take(&mut running.cleanup);
        }
    }

    /// Resources that were to be taken in are nobody's again.
    fn let_go(&mut self, key: StackKey) {
        let stack = self.stack(key);
        let Some(running) = stack.running.as_ref() else { return };
        let imported =
            running.steps.iter().filter(|step| step.act == Some(Act::Import)).map(|step| step.logical.clone());
        for logical in imported.collect::<Vec<_>>() {
            if let Some(resource) = self.stack_mut(key).resources.shift_remove(&logical) {
                self.retain(key, &resource);
            }
        }
    }
}

/// Whose fault it is, as the service says it.
fn blame(failed: &[(String, Act)]) -> String {
    let of = |wanted: fn(Act) -> bool| {
        let ids: Vec<&str> =
            failed.iter().filter(|(_, act)| wanted(*act)).map(|(logical, _)| logical.as_str()).collect();
        ids.join(", ")
    };
    let created = of(|act| act == Act::Create);
    let others = of(|act| act != Act::Create);
    let part = |verb: &str, ids: &str| match ids {
        "" => String::new(),
        ids => format!("The following resource(s) failed to {verb}: [{ids}]. "),
    };
    format!("{}{}", part("create", &created), part("update", &others))
}
