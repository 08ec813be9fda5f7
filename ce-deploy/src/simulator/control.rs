//! Cloud Control: resources that are read and changed one by one, past their stacks.

use std::sync::Arc;

use ce_synth::schema::{RefKind, TypeSchema};
use serde_json::{Map, Value};

use super::patch;
use super::place::PlaceKey;
use super::provider::{self, Act, Birth};
use super::service::{Service, Task};
use super::stack::StackKey;
use crate::cloud::{Answer, Failure, RequestState, ResourceRequest, Secret, Token};

/// A change of a resource that was asked for.
#[derive(Clone, Debug)]
pub(super) struct ControlRequest {
    id: String,
    token: String,
    /// What was asked, to tell a repeated request from another under the same token.
    asked: String,
    identifier: String,
    /// The resource that changes, and its new properties; none where one was made.
    change: Option<(StackKey, String, Map<String, Value>)>,
    state: RequestState,
}

impl Service {
    /// What a resource has, without what no read gives back. A property of which the service chooses the value is there too.
    pub(super) fn get_resource(&self, place: PlaceKey, type_name: &str, identifier: &str) -> Result<Answer, Failure> {
        let (key, logical) = self.controlled(place, type_name, identifier)?;
        let resource = &self.stack(key).resources[logical.as_str()];
        let schema = self.schemas.find(type_name);
        let mut model = read_model(schema, &resource.actual);
        let physical = resource.physical.clone().unwrap_or_default();
        let at = &self.place(place).place;
        for attribute in schema.into_iter().flat_map(|schema| &schema.attributes).filter(|one| !one.name.contains('.'))
        {
            let value = provider::attribute(schema, type_name, &physical, &resource.desired, attribute.name, at);
            model.entry(attribute.name).or_insert(value);
        }
        Ok(Answer::Properties(Secret::new(Value::Object(model).to_string())))
    }

    pub(super) fn update_resource(
        &mut self,
        place: PlaceKey,
        named: (&str, &str),
        patch: &Secret,
        token: &Token,
    ) -> Result<Answer, Failure> {
        let (type_name, identifier) = named;
        let asked = format!("{type_name} {identifier} {}", patch.reveal());
        if let Some(known) = self.asked_before(token, &asked)? {
            return Ok(known);
        }
        let (key, logical) = self.controlled(place, type_name, identifier)?;
        let busy = |request: &ControlRequest| {
            let same = request.change.as_ref().is_some_and(|(stack, id, _)| (*stack, id) == (key, &logical));
            same && request.state == RequestState::InProgress
        };
        if self.controls.iter().any(busy) {
            let words = format!("A concurrent operation on {type_name} {identifier} is in progress");
            return Err(Failure::answered("ConcurrentOperationException", words));
        }
        let schema = self.schemas.find(type_name);
        let resource = &self.stack(key).resources[logical.as_str()];
        let behaviour = resource.behaviour.clone();
        let model = patch::apply(read_model(schema, &resource.actual), patch.reveal()).map_err(refused)?;
        if let Some(missing) = missing(schema, &model) {
            return Err(refused(format!("Model validation failed (#: required key [{missing}] not found)")));
        }
        let before = read_model(schema, &resource.actual);
        let differences = provider::differences(schema, &before, &read_model(schema, &model));
        let replaces =
            |difference: &&provider::Difference| difference.replacement == ce_synth::schema::Replacement::Always;
        if let Some(fixed) = differences.iter().find(replaces) {
            let words = format!(
                "Invalid patch update: createOnlyProperties [/properties/{}] cannot be updated",
                fixed.property
            );
            return Err(Failure::answered("NotUpdatableException", words));
        }
        let span = behaviour.as_ref().and_then(|behaviour| behaviour.span);
        let span = span.unwrap_or_else(|| self.settings.times.making(type_name));
        let id = self.uuid();
        self.controls.push(ControlRequest {
            id,
            token: token.as_str().to_owned(),
            asked,
            identifier: identifier.to_owned(),
            change: Some((key, logical, model)),
            state: RequestState::InProgress,
        });
        let at = self.controls.len() - 1;
        self.after(span, Task::Control(at));
        Ok(Answer::ResourceRequest(self.controls[at].shown()))
    }

    /// A new resource that no stack owns.
    pub(super) fn create_resource(
        &mut self,
        place: PlaceKey,
        type_name: &str,
        properties: &Secret,
        token: &Token,
    ) -> Result<Answer, Failure> {
        let asked = format!("{type_name} {}", properties.reveal());
        if let Some(known) = self.asked_before(token, &asked)? {
            return Ok(known);
        }
        let schema = self.schemas.find(type_name);
        let given: Map<String, Value> = serde_json::from_str(properties.reveal()).map_err(|_| refused("no JSON"))?;
        if let Some(missing) = missing(schema, &given) {
            return Err(refused(format!("Model validation failed (#: required key [{missing}] not found)")));
        }
        let gives_arn = schema.is_some_and(|schema| schema.reference.kind == RefKind::Arn);
        let chosen = provider::chosen_name(schema, &given).or_else(|| revision(type_name, &given, self.serial()));
        let mint = self.mint();
        let birth = Birth { place: &self.place(place).place, stack: "", logical: "", properties: &given, mint };
        let identifier = provider::physical_id(type_name, chosen, gives_arn, &birth);
        self.place_mut(place).orphans.insert((type_name.to_owned(), identifier.clone()), Arc::new(given));
        let (id, token, state) = (self.uuid(), token.as_str().to_owned(), RequestState::InProgress);
        self.controls.push(ControlRequest { id, token, asked, identifier, change: None, state });
        let at = self.controls.len() - 1;
        self.after(self.settings.times.making(type_name), Task::Control(at));
        Ok(Answer::ResourceRequest(self.controls[at].shown()))
    }

    pub(super) fn resource_request(&self, id: &str) -> Result<Answer, Failure> {
        let found = self.controls.iter().find(|request| request.id == id);
        let missing =
            || Failure::answered("RequestTokenNotFoundException", format!("Request token {id} was not found"));
        found.map(|request| Answer::ResourceRequest(request.shown())).ok_or_else(missing)
    }

    /// A change takes hold, or fails because the metadata of the resource says so.
    pub(super) fn end_control(&mut self, at: usize) {
        let Some((key, logical, model)) = self.controls[at].change.clone() else {
            self.controls[at].state = RequestState::Done;
            return;
        };
        let Some(resource) = self.stack_mut(key).resources.get_mut(&logical) else { return };
        let failure = resource.behaviour.as_ref().and_then(|behaviour| behaviour.failure(Act::Update));
        self.controls[at].state = match failure {
            Some(reason) => RequestState::Failed(Failure::answered("GeneralServiceException", reason)),
            None => {
                resource.actual = Arc::new(model);
                RequestState::Done
            }
        };
    }

    /// The answer to a request that was taken before.
    fn asked_before(&self, token: &Token, asked: &str) -> Result<Option<Answer>, Failure> {
        let Some(known) = self.controls.iter().find(|request| request.token == token.as_str()) else { return Ok(None) };
        if known.asked != asked {
            let words = "The client token was used for another request";
            return Err(Failure::answered("ClientTokenConflictException", words));
        }
        Ok(Some(Answer::ResourceRequest(known.shown())))
    }

    /// A resource of a stack, by what Cloud Control knows it by: its id, and what else identifies it.
    fn controlled(&self, place: PlaceKey, type_name: &str, identifier: &str) -> Result<(StackKey, String), Failure> {
        let is_it = |physical: &str| identifier == physical || identifier.starts_with(&format!("{physical}|"));
        for key in self.place(place).names.values() {
            let mut resources = self.stack(*key).resources.iter();
            let found = resources.find(|(_, resource)| {
                resource.type_name == type_name && !resource.gone && resource.physical.as_deref().is_some_and(is_it)
            });
            if let Some((logical, _)) = found {
                return Ok((*key, logical.clone()));
            }
        }
        let words = format!("Resource of type '{type_name}' with identifier '{identifier}' was not found.");
        Err(Failure::answered("ResourceNotFoundException", words))
    }
}

impl ControlRequest {
    fn shown(&self) -> ResourceRequest {
        let identifier = Some(self.identifier.clone());
        ResourceRequest { id: self.id.clone(), identifier, state: self.state.clone() }
    }
}

/// What a read gives back. An object of which nothing is given back is not there.
fn read_model(schema: Option<&TypeSchema>, actual: &Map<String, Value>) -> Map<String, Value> {
    let mut model = actual.clone();
    for path in schema.into_iter().flat_map(|schema| &schema.write_only) {
        let steps: Vec<&str> = path.split(['/', '.']).collect();
        take_out(&mut model, &steps);
    }
    model
}

fn take_out(members: &mut Map<String, Value>, path: &[&str]) {
    let [step, rest @ ..] = path else { return };
    let Some(value) = members.get_mut(*step) else { return };
    match value {
        Value::Object(inner) if !rest.is_empty() => {
            take_out(inner, rest);
            if inner.is_empty() {
                members.remove(*step);
            }
        }
        _ if rest.is_empty() => drop(members.remove(*step)),
        // Items of lists are given back whole.
        _ => {}
    }
}

/// A property that must be there and is not.
fn missing(schema: Option<&TypeSchema>, model: &Map<String, Value>) -> Option<&'static str> {
    schema.and_then(|schema| schema.root().required().find(|name| !model.contains_key(*name)))
}

/// A task definition is called by its family and the number of its revision.
fn revision(type_name: &str, properties: &Map<String, Value>, number: u64) -> Option<String> {
    let family = properties.get("Family").and_then(Value::as_str)?;
    (type_name == "AWS::ECS::TaskDefinition").then(|| format!("{family}:{number}"))
}

fn refused(words: impl Into<String>) -> Failure {
    Failure::answered("ValidationException", words)
}
