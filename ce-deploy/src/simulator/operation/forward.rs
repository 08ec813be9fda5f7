//! Making a stack what its template says.

use std::sync::Arc;

use ce_synth::schema::Replacement;
use serde_json::{Map, Value};

use super::event::Told;
use super::step::Begun;
use super::{Live, StepState};
use crate::cloud::{ImportedResource, Mode};
use crate::engine::Moment;
use crate::simulator::drift;
use crate::simulator::place::Owner;
use crate::simulator::provider::{self, Act, Birth};
use crate::simulator::service::Service;
use crate::simulator::stack::{Leftover, Resource, StackKey};
use crate::simulator::template::{Declaration, Policy, Resolved, Scope, same};

impl Service {
    pub(super) fn begin_forward(&mut self, key: StackKey, at: usize) -> Begun {
        let logical = self.logical(key, at);
        let Some(running) = self.stack(key).running.as_ref() else { return Begun::Nothing };
        let Some(template) = running.goal.template.clone() else { return Begun::Nothing };
        let Some(declaration) = template.resources.get(&logical) else { return Begun::Nothing };
        let evaluated = self.evaluate_properties(key, declaration);
        let properties = match &evaluated {
            Ok(properties) => properties.clone(),
            Err(_) => Map::new(),
        };
        let act = self.choose_act(key, &logical, declaration, &properties);
        self.step_mut(key, at, |step| step.act = act);
        if let Err(reason) = evaluated {
            self.ensure_resource(key, &logical, declaration);
            self.step_mut(key, at, |step| step.act = Some(act.unwrap_or(Act::Update)));
            return Begun::Fails(reason);
        }
        let Some(act) = act else {
            self.refresh(key, &logical, declaration);
            return Begun::Nothing;
        };
        if let Some(reason) = self.denied_by_policy(key, &logical, act) {
            return Begun::Fails(reason);
        }
        if declaration.type_name == "AWS::CloudFormation::Stack" {
            self.ensure_resource(key, &logical, declaration);
            self.refresh(key, &logical, declaration);
            return self.begin_nested(key, &logical, act, properties);
        }
        match act {
            Act::Create => self.begin_creation(key, at, &logical, declaration, properties),
            Act::Replace => self.begin_replacement(key, at, &logical, declaration, properties),
            Act::Import => self.begin_import(key, at, &logical, declaration, properties),
            Act::Update | Act::RollBack | Act::Delete => {
                self.refresh(key, &logical, declaration);
                self.change_in_place(key, &logical, properties);
                self.provide(key, at, &logical, Act::Update)
            }
        }
    }

    /// The properties as they are to be; what is wrong comes in the service's words.
    fn evaluate_properties(&mut self, key: StackKey, declaration: &Declaration) -> Result<Map<String, Value>, String> {
        let Some(running) = self.stack(key).running.as_ref() else { return Ok(Map::new()) };
        let goal = Arc::clone(&running.goal);
        let Some(template) = goal.template.as_deref() else { return Ok(Map::new()) };
        let pseudo = self.pseudo(key, &goal.notification_arns);
        let live = Live::new(self, key);
        let scope = Scope { template, parameters: &goal.parameters, pseudo: &pseudo, world: &live };
        let mut properties = Map::new();
        for (name, expression) in &declaration.properties {
            if let Resolved::Known(value) = scope.evaluate(expression)? {
                self.check_stored_values(key, &value)?;
                properties.insert(name.clone(), value);
            }
        }
        let imports = live.imports.into_inner();
        if let Some(running) = self.stack_mut(key).running.as_mut() {
            running.imports.extend(imports);
        }
        Ok(properties)
    }

    /// Values of Systems Manager that a text names must be there.
    fn check_stored_values(&self, key: StackKey, value: &Value) -> Result<(), String> {
        match value {
            Value::String(text) => {
                let place = self.place(self.stack(key).place);
                let names = text.split("{{resolve:ssm:").skip(1).filter_map(|rest| rest.split("}}").next());
                for name in names {
                    let name = name.rsplit_once(':').map_or(name, |(name, _)| name);
                    if !place.parameters.contains_key(name) {
                        return Err(format!(
                            "Unable to fetch parameters [{name}] from parameter store for this account."
                        ));
                    }
                }
                Ok(())
            }
            Value::Array(items) => items.iter().try_for_each(|item| self.check_stored_values(key, item)),
            Value::Object(members) => members.values().try_for_each(|member| self.check_stored_values(key, member)),
            _ => Ok(()),
        }
    }

    fn choose_act(
        &self,
        key: StackKey,
        logical: &str,
        declaration: &Declaration,
        properties: &Map<String, Value>,
    ) -> Option<Act> {
        let stack = self.stack(key);
        let running = stack.running.as_ref()?;
        let Some(resource) = stack.resources.get(logical) else {
            return Some(if imported(&running.options.imported, logical).is_some() {
                Act::Import
            } else {
                Act::Create
            });
        };
        if resource.physical.is_none() || matches!(resource.status, "CREATE_FAILED" | "IMPORT_FAILED") {
            return Some(Act::Create);
        }
        if resource.type_name != declaration.type_name {
            return Some(Act::Replace);
        }
        let reverts = running.options.mode == Mode::RevertDrift;
        if reverts && resource.gone {
            return Some(Act::Replace);
        }
        let schema = self.schemas.find(&resource.type_name);
        let live = reverts.then(|| drift::live(schema, resource));
        let found = provider::differences(schema, live.as_ref().unwrap_or(&resource.desired), properties);
        let replaces = found.iter().any(|difference| match difference.replacement {
            Replacement::Always => true,
            Replacement::Conditional => self.settings.conditional_replaces,
            Replacement::Never => false,
        });
        match found.is_empty() && resource.is_settled() && resource.nested.is_none() {
            true => None,
            false if replaces => Some(Act::Replace),
            false => Some(Act::Update),
        }
    }

    fn begin_creation(
        &mut self,
        key: StackKey,
        at: usize,
        logical: &str,
        declaration: &Declaration,
        properties: Map<String, Value>,
    ) -> Begun {
        self.leave_behind(key, logical, false);
        let resource = new_resource(declaration);
        self.stack_mut(key).resources.insert(logical.to_owned(), resource);
        self.set_resource(key, logical, "CREATE_IN_PROGRESS", None);
        self.give_birth(key, at, logical, "CREATE_IN_PROGRESS", properties, Act::Create)
    }

    fn begin_replacement(
        &mut self,
        key: StackKey,
        at: usize,
        logical: &str,
        declaration: &Declaration,
        properties: Map<String, Value>,
    ) -> Begun {
        if self.stack(key).running.as_ref().is_some_and(|running| running.options.disable_rollback) {
            return Begun::Fails("Replacement type updates not supported on stack with disable-rollback.".to_owned());
        }
        let chosen = provider::chosen_name(self.schemas.find(&declaration.type_name), &properties);
        let same_type =
            self.stack(key).resources.get(logical).filter(|resource| resource.type_name == declaration.type_name);
        let old = same_type
            .filter(|resource| !resource.gone)
            .and_then(|resource| provider::chosen_name(self.schemas.find(&resource.type_name), &resource.desired));
        if let Some(name) = chosen.filter(|name| old.as_ref() == Some(name)) {
            let stack = self.stack(key).name.clone();
            return Begun::Fails(format!(
                "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {name} and update the stack {stack} again."
            ));
        }
        self.leave_behind(key, logical, true);
        let resource = new_resource(declaration);
        self.stack_mut(key).resources.insert(logical.to_owned(), resource);
        let reason = "Requested update requires the creation of a new physical resource; hence creating one.";
        self.set_resource(key, logical, "UPDATE_IN_PROGRESS", Some(reason.to_owned()));
        self.give_birth(key, at, logical, "UPDATE_IN_PROGRESS", properties, Act::Replace)
    }

    fn begin_import(
        &mut self,
        key: StackKey,
        at: usize,
        logical: &str,
        declaration: &Declaration,
        properties: Map<String, Value>,
    ) -> Begun {
        let Some(running) = self.stack(key).running.as_ref() else { return Begun::Nothing };
        let Some(identifier) = imported(&running.options.imported, logical).map(identifier_text) else {
            return Begun::Nothing;
        };
        let mut resource = new_resource(declaration);
        let orphan = (declaration.type_name.clone(), identifier.clone());
        let place = self.stack(key).place;
        let found = self.place_mut(place).orphans.remove(&orphan);
        resource.physical = found.is_some().then(|| identifier.clone());
        resource.actual = found.clone().unwrap_or_default();
        resource.desired = Arc::new(properties);
        self.stack_mut(key).resources.insert(logical.to_owned(), resource);
        if found.is_none() {
            let type_name = &declaration.type_name;
            return Begun::Fails(format!(
                "Resource of type '{type_name}' with identifier '{identifier}' was not found. (HandlerErrorCode: NotFound)"
            ));
        }
        self.place_mut(place).taken.insert(orphan, Owner::Stack(key));
        self.set_resource(key, logical, "IMPORT_IN_PROGRESS", Some("Resource import started.".to_owned()));
        self.provide(key, at, logical, Act::Import)
    }

    /// The new resource gets its id; a name that is taken is refused.
    fn give_birth(
        &mut self,
        key: StackKey,
        at: usize,
        logical: &str,
        status: &'static str,
        properties: Map<String, Value>,
        act: Act,
    ) -> Begun {
        let place = self.stack(key).place;
        let Some(resource) = self.stack(key).resources.get(logical) else { return Begun::Nothing };
        let type_name = resource.type_name.clone();
        let schema = self.schemas.find(&type_name);
        let chosen = provider::chosen_name(schema, &properties);
        if let Some(name) = &chosen {
            let taken = (type_name.clone(), name.clone());
            if self.is_taken(place, &taken) {
                return Begun::Fails(format!(
                    "Resource handler returned message: \"{name} already exists\" (HandlerErrorCode: AlreadyExists)"
                ));
            }
            self.place_mut(place).going.remove(&taken);
            self.place_mut(place).taken.insert(taken, Owner::Stack(key));
        }
        let gives_arn = schema.is_some_and(|schema| schema.reference.kind == ce_synth::schema::RefKind::Arn);
        let mint = self.mint();
        let (there, stack) = (&self.place(place).place, &self.stack(key).name);
        let birth = Birth { place: there, stack, logical, properties: &properties, mint };
        let physical = provider::physical_id(&type_name, chosen, gives_arn, &birth);
        let properties = Arc::new(properties);
        let made_by = self.stack(key).running.as_ref().and_then(|running| running.token.clone());
        if let Some(resource) = self.stack_mut(key).resources.get_mut(logical) {
            resource.physical = Some(physical);
            resource.made_by = made_by;
            resource.desired = Arc::clone(&properties);
            resource.actual = properties;
        }
        self.set_resource(key, logical, status, Some("Resource creation Initiated".to_owned()));
        self.provide(key, at, logical, act)
    }

    fn change_in_place(&mut self, key: StackKey, logical: &str, properties: Map<String, Value>) {
        let properties = Arc::new(properties);
        if let Some(resource) = self.stack_mut(key).resources.get_mut(logical) {
            resource.desired = Arc::clone(&properties);
            resource.actual = properties;
        }
        self.set_resource(key, logical, "UPDATE_IN_PROGRESS", None);
    }

    /// What there is of a resource that gets a successor is left for the cleanup.
    pub(super) fn leave_behind(&mut self, key: StackKey, logical: &str, replaced: bool) {
        let stack = self.stack_mut(key);
        let Some(resource) = stack.resources.get(logical).filter(|resource| resource.physical.is_some()).cloned()
        else {
            return;
        };
        if let Some(running) = stack.running.as_mut() {
            running.cleanup.push(Leftover { logical: logical.to_owned(), resource, replaced });
        }
    }

    fn ensure_resource(&mut self, key: StackKey, logical: &str, declaration: &Declaration) {
        let resources = &mut self.stack_mut(key).resources;
        if !resources.contains_key(logical) {
            resources.insert(logical.to_owned(), new_resource(declaration));
        }
    }

    /// What the template says beside the properties holds at once.
    fn refresh(&mut self, key: StackKey, logical: &str, declaration: &Declaration) {
        if let Some(resource) = self.stack_mut(key).resources.get_mut(logical) {
            let fresh = new_resource(declaration);
            resource.needs = fresh.needs;
            resource.deletion = fresh.deletion;
            resource.replacement = fresh.replacement;
            resource.behaviour = fresh.behaviour;
        }
    }

    pub(super) fn finish_forward(&mut self, key: StackKey, at: usize) {
        let logical = self.logical(key, at);
        let act = self.stack(key).running.as_ref().and_then(|running| running.steps.get(at)?.act);
        let Some(act) = act else { return };
        let status = match act {
            Act::Create => "CREATE_COMPLETE",
            Act::Import => "IMPORT_COMPLETE",
            _ => "UPDATE_COMPLETE",
        };
        if act == Act::Create {
            self.tell_configured(key, &logical);
        }
        // Source: aws-cdk-cli#1689, seen on the service.
        let reason =
            "Resource operation completed using Express Mode. It may continue becoming available in the background.";
        let express = self.is_express(key).then(|| reason.to_owned());
        self.set_resource(key, &logical, status, express);
    }

    fn tell_configured(&mut self, key: StackKey, logical: &str) {
        let Some(resource) = self.stack(key).resources.get(logical) else { return };
        let (physical, type_name) = (resource.physical.clone(), resource.type_name.clone());
        let reason = Some("Eventual consistency check initiated".to_owned());
        let status = "CREATE_IN_PROGRESS";
        self.tell(key, Told { logical, physical, type_name: &type_name, status, reason, configured: true });
    }

    /// Resources that were begun and are not wanted any more.
    pub(super) fn cancel_busy(&mut self, key: StackKey) {
        let Some(running) = self.stack_mut(key).running.as_mut() else { return };
        running.busy = 0;
        let busy: Vec<_> = running
            .steps
            .iter_mut()
            .filter(|step| step.state == StepState::Busy)
            .map(|step| {
                step.state = StepState::Failed;
                (step.logical.clone(), step.act)
            })
            .collect();
        for (logical, act) in busy {
            let (status, reason) = match act {
                Some(Act::Create) => ("CREATE_FAILED", "Resource creation cancelled"),
                Some(Act::Import) => ("IMPORT_FAILED", "Resource import cancelled"),
                _ => ("UPDATE_FAILED", "Resource update cancelled"),
            };
            if let Some(nested) = self.stack(key).resources.get(&logical).and_then(|resource| resource.nested) {
                self.abort(nested);
            }
            self.set_resource(key, &logical, status, Some(reason.to_owned()));
        }
    }
}

fn imported<'a>(all: &'a [ImportedResource], logical: &str) -> Option<&'a ImportedResource> {
    all.iter().find(|imported| imported.logical_id == logical)
}

pub(in crate::simulator) fn identifier_text(imported: &ImportedResource) -> String {
    let values: Vec<&str> = imported.identifier.iter().map(|(_, value)| value.as_str()).collect();
    values.join("|")
}

fn new_resource(declaration: &Declaration) -> Resource {
    Resource {
        type_name: declaration.type_name.clone(),
        physical: None,
        made_by: None,
        was_complete: false,
        ready: Moment(0),
        desired: Arc::default(),
        actual: Arc::default(),
        gone: false,
        status: "CREATE_IN_PROGRESS",
        reason: None,
        needs: declaration.needs.clone(),
        deletion: declaration.deletion.unwrap_or(Policy::Delete),
        replacement: declaration.replacement.unwrap_or(Policy::Delete),
        nested: None,
        behaviour: declaration.behaviour.clone(),
        checked: true,
    }
}

/// Whether two sets of properties are the same to the service.
pub(super) fn same_properties(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one.len() == other.len() && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
}
