//! Stacks in stacks.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::running::Options;
use super::step::Begun;
use super::{Kind, Order, Phase, StepState};
use crate::cloud::StackStatus;
use crate::simulator::provider::Act;
use crate::simulator::service::Service;
use crate::simulator::stack::{Definition, Stack, StackKey};
use crate::simulator::template::as_text;

impl Service {
    /// Makes or changes the stack that a resource is.
    pub(super) fn begin_nested(
        &mut self,
        key: StackKey,
        logical: &str,
        act: Act,
        properties: Map<String, Value>,
    ) -> Begun {
        let goal = match self.nested_definition(key, &properties) {
            Ok(goal) => Arc::new(goal),
            Err(reason) => return Begun::Fails(reason),
        };
        let Some(running) = self.stack(key).running.as_ref() else { return Begun::Nothing };
        let token = running.token.clone();
        let change_set = running.options.change_set.and_then(|key| self.change_set(key).nested.get(logical).copied());
        let options = Options { mode: running.options.mode, change_set, ..Options::default() };
        let existing =
            self.stack(key).resources.get(logical).and_then(|resource| resource.nested).filter(|_| act != Act::Create);
        // A change set that includes nested stacks has made the new ones already, empty.
        let reviewed = change_set.map(|key| self.change_set(key).stack);
        let reviewed = reviewed.filter(|key| self.stack(*key).status == StackStatus::ReviewInProgress);
        let nested = existing.or(reviewed).unwrap_or_else(|| self.new_nested(key, logical));
        let id = self.stack(nested).id.clone();
        let properties = Arc::new(properties);
        if let Some(resource) = self.stack_mut(key).resources.get_mut(logical) {
            resource.nested = Some(nested);
            resource.physical = Some(id);
            resource.desired = Arc::clone(&properties);
            resource.actual = properties;
        }
        let (kind, status) = match existing {
            Some(_) => (Kind::Update, "UPDATE_IN_PROGRESS"),
            None => (Kind::Create, "CREATE_IN_PROGRESS"),
        };
        self.set_resource(key, logical, status, None);
        self.begin(nested, Order { kind, token, goal, options });
        Begun::Nested
    }

    fn new_nested(&mut self, key: StackKey, logical: &str) -> StackKey {
        let mint = self.mint() & 0xFFFF_FFFF_FFFF;
        let name = format!("{}-{logical}-{mint:012X}", self.stack(key).name);
        let place = self.stack(key).place;
        let nested = self.new_stack(place, &name, StackStatus::CreateInProgress);
        self.stack_mut(nested).parent = Some((key, logical.to_owned()));
        nested
    }

    /// A new stack that has its name to itself.
    pub(in crate::simulator) fn new_stack(
        &mut self,
        place: crate::simulator::place::PlaceKey,
        name: &str,
        status: StackStatus,
    ) -> StackKey {
        let uuid = self.uuid();
        let at = &self.place(place).place;
        let partition = crate::simulator::template::partition(&at.region);
        let id = format!("arn:{partition}:cloudformation:{}:{}:stack/{name}/{uuid}", at.region, at.account);
        let key = StackKey(self.stacks.len());
        let now = self.now;
        self.stacks.push(Stack::new(id, name.to_owned(), place, status, now));
        self.place_mut(place).names.insert(name.to_owned(), key);
        key
    }

    pub(in crate::simulator) fn nested_definition(
        &mut self,
        key: StackKey,
        properties: &Map<String, Value>,
    ) -> Result<Definition, String> {
        let url = properties.get("TemplateURL").and_then(Value::as_str).ok_or("TemplateURL must be a string")?;
        let text = self.template_at(url)?;
        let template = self.library.read(&text)?;
        let given = properties.get("Parameters").and_then(Value::as_object).into_iter().flatten();
        let given: BTreeMap<String, String> =
            given.map(|(name, value)| (name.clone(), parameter_text(value))).collect();
        let role = self.stack(key).definition.role.clone();
        let tags = self.stack(key).definition.tags.clone();
        let place = self.stack(key).place;
        let parameters = self.complete_parameters(place, &template, &given)?;
        let template = template.extended(&parameters, &self.pseudo(key, &[]))?;
        Ok(Definition { template: Some(template), given, parameters, tags, role, ..Definition::default() })
    }

    /// A nested stack that has done its part waits for the end of its root.
    pub(super) fn hold(&mut self, key: StackKey) {
        if let Some(running) = self.stack_mut(key).running.as_mut() {
            running.held = true;
        }
        self.tell_parent(key, StackStatus::UpdateComplete);
    }

    /// Logical ids of nested stacks that wait for their cleanup.
    pub(super) fn held_nested(&self, key: StackKey) -> Vec<String> {
        let stack = self.stack(key);
        let is_held = |nested: StackKey| self.stack(nested).running.as_ref().is_some_and(|running| running.held);
        let held = stack.resources.iter().filter(|(_, resource)| resource.nested.is_some_and(is_held));
        held.map(|(logical, _)| logical.clone()).collect()
    }

    /// Lets a nested stack clean up.
    pub(super) fn release_nested(&mut self, key: StackKey, at: usize) -> Begun {
        let logical = self.logical(key, at);
        let Some(nested) = self.stack(key).resources.get(&logical).and_then(|resource| resource.nested) else {
            return Begun::Nothing;
        };
        if let Some(running) = self.stack_mut(nested).running.as_mut() {
            running.held = false;
        }
        self.enter_phase(nested, Phase::Cleanup);
        Begun::Nested
    }

    /// Takes a nested stack back to what it was.
    pub(super) fn back_nested(&mut self, key: StackKey, logical: &str, nested: StackKey) -> Begun {
        let status = self.stack(nested).status;
        let untouched = self.stack(nested).stable.is_none() && self.stack(nested).running.is_none();
        if untouched
            && status.takes_updates()
            && !matches!(status, StackStatus::UpdateFailed | StackStatus::CreateFailed)
        {
            return Begun::Nothing;
        }
        let Some(running) = self.stack(key).running.as_ref() else { return Begun::Nothing };
        let prefix = format!("{logical}.");
        let skip = running.options.skip.iter().filter_map(|id| id.strip_prefix(&prefix).map(str::to_owned)).collect();
        let token = running.token.clone();
        self.keep_leftovers(nested);
        self.stack_mut(nested).running = None;
        self.set_resource(key, logical, "UPDATE_IN_PROGRESS", None);
        let goal = Arc::new(self.stack(nested).definition.clone());
        self.begin(
            nested,
            Order { kind: Kind::Rollback, token, goal, options: Options { skip, ..Options::default() } },
        );
        Begun::Nested
    }

    /// A nested stack stops where it is; the stack around it will take it back.
    pub(super) fn abort(&mut self, key: StackKey) {
        self.cancel_busy(key);
        let Some(running) = self.stack(key).running.as_ref() else { return };
        let (status, reason) = match running.kind {
            Kind::Create => (StackStatus::CreateFailed, "Resource creation cancelled"),
            _ => (StackStatus::UpdateFailed, "Resource update cancelled"),
        };
        self.keep_leftovers(key);
        self.set_status(key, status, Some(reason.to_owned()));
        self.stack_mut(key).running = None;
    }

    /// The stack around a nested one learns that it is done.
    pub(super) fn tell_parent(&mut self, key: StackKey, status: StackStatus) {
        let Some((parent, logical)) = self.stack(key).parent.clone() else { return };
        let Some(running) = self.stack(parent).running.as_ref() else { return };
        let is_it = |step: &super::Step| {
            let own = step.leftover.as_ref().map(|leftover| leftover.resource.nested);
            step.state == StepState::Busy && step.logical == logical && own.is_none_or(|own| own == Some(key))
        };
        let Some(at) = running.steps.iter().position(is_it) else { return };
        if status.is_success() || status.is_rolled_back() {
            self.step_succeeded(parent, at);
            return;
        }
        let stack = self.stack(key);
        let reason = stack.reason.clone().unwrap_or_default();
        let words = match status {
            StackStatus::CreateFailed => format!("Embedded stack {} was not successfully created: {reason}", stack.id),
            StackStatus::DeleteFailed => format!("Embedded stack {} was not successfully deleted: {reason}", stack.id),
            _ => format!(
                "Embedded stack {} was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: {reason}",
                stack.id
            ),
        };
        self.step_failed(parent, at, words);
    }
}

fn parameter_text(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(as_text).collect();
            texts.join(",")
        }
        value => as_text(value).unwrap_or_default().into_owned(),
    }
}
