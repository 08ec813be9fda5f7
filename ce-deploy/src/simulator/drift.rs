//! Drift: what others changed behind a stack's back.

use std::collections::BTreeSet;
use std::sync::Arc;

use ce_synth::schema::TypeSchema;
use serde_json::{Map, Value};

use super::place::PlaceKey;
use super::service::Service;
use super::stack::{Resource, StackKey};
use super::template::same;
use super::words::invalid;
use crate::cloud::{
    Answer, DriftDetection, DriftState, Failure, IgnoredDrift, IgnoredReason, Page, PropertyDifference, ResourceDrift,
    Secret, StackRef,
};
use crate::engine::Moment;

/// A detection that was begun.
#[derive(Clone, Debug)]
pub(super) struct Detection {
    id: String,
    stack: StackKey,
    done: Moment,
}

impl Service {
    pub(super) fn detect_drift(&mut self, place: PlaceKey, stack: &StackRef) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        let found = self.stack(key);
        if found.status.is_in_progress() || found.resources.is_empty() {
            let words = format!("Drift detection cannot be performed on stack in {} state", found.status);
            return Err(invalid(words));
        }
        let id = self.uuid();
        let done = self.now + self.settings.times.detection;
        self.detections.push(Detection { id: id.clone(), stack: key, done });
        Ok(Answer::DriftStarted(id))
    }

    pub(super) fn drift_detection(&self, id: &str) -> Result<Answer, Failure> {
        let found = self.detections.iter().find(|detection| detection.id == id);
        let found = found.ok_or_else(|| invalid(format!("Stack drift detection id {id} does not exist")))?;
        if self.now < found.done {
            return Ok(Answer::DriftDetection(DriftDetection::InProgress));
        }
        let states: Vec<DriftState> = self.drifts(found.stack).iter().map(|drift| drift.state).collect();
        let drifted = states.iter().any(|state| matches!(state, DriftState::Drifted | DriftState::Deleted));
        let state = if drifted { DriftState::Drifted } else { DriftState::InSync };
        Ok(Answer::DriftDetection(DriftDetection::Complete(state)))
    }

    pub(super) fn resource_drifts(&self, place: PlaceKey, stack: &StackRef, page: &Page) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        let detected = self.detections.iter().any(|detection| detection.stack == key && detection.done <= self.now);
        let all = if detected { self.drifts(key) } else { vec![] };
        let (items, next) = self.page(&all, page)?;
        Ok(Answer::ResourceDrifts(items, next))
    }

    /// Somebody changes a property of a resource, past the stack.
    pub(super) fn change_behind(&mut self, key: StackKey, logical: &str, property: &str, value: Value) -> bool {
        let Some(resource) = self.stack_mut(key).resources.get_mut(logical) else { return false };
        Arc::make_mut(&mut resource.actual).insert(property.to_owned(), value);
        true
    }

    /// Somebody deletes a resource, past the stack.
    pub(super) fn delete_behind(&mut self, key: StackKey, logical: &str) -> bool {
        let Some(resource) = self.stack(key).resources.get(logical).cloned() else { return false };
        self.release_name(key, &resource);
        if let Some(resource) = self.stack_mut(key).resources.get_mut(logical) {
            resource.gone = true;
        }
        true
    }

    fn drifts(&self, key: StackKey) -> Vec<ResourceDrift> {
        self.stack(key).resources.iter().map(|(logical, resource)| self.drift_of(logical, resource)).collect()
    }

    fn drift_of(&self, logical: &str, resource: &Resource) -> ResourceDrift {
        let schema = self.schemas.find(&resource.type_name);
        let unread = |name: &str| {
            schema
                .and_then(|schema| schema.property(name))
                .is_some_and(|property| property.write_only || property.read_only)
        };
        let names: BTreeSet<&String> = resource.desired.keys().chain(resource.actual.keys()).collect();
        let differences: Vec<PropertyDifference> = names
            .into_iter()
            .filter(|name| !unread(name))
            .filter_map(|name| difference(name, resource.desired.get(name), resource.actual.get(name)))
            .collect();
        let state = match resource {
            _ if schema.is_none() || resource.nested.is_some() || !resource.checked => DriftState::NotChecked,
            Resource { gone: true, .. } => DriftState::Deleted,
            _ if differences.is_empty() => DriftState::InSync,
            _ => DriftState::Drifted,
        };
        ResourceDrift {
            logical_id: logical.to_owned(),
            physical_id: resource.physical.clone(),
            type_name: resource.type_name.clone(),
            state,
            differences: if state == DriftState::Drifted { differences } else { vec![] },
        }
    }
}

/// What a drift-aware change set compares with: what is there, but for what no read gives back, which is as it was set.
/// Source: API reference, `DriftIgnoredReason`; user guide, "Using drift-aware change sets".
pub(super) fn live(schema: Option<&TypeSchema>, resource: &Resource) -> Map<String, Value> {
    let mut live = Map::clone(&resource.actual);
    for (name, value) in resource.desired.iter().filter(|(name, value)| reason(schema, name, value).is_some()) {
        live.insert(name.clone(), value.clone());
    }
    live
}

/// What a drift-aware change set leaves out, and why.
pub(super) fn ignored(schema: Option<&TypeSchema>, resource: &Resource) -> Vec<IgnoredDrift> {
    let all = resource.desired.iter().chain(resource.actual.iter());
    let ignored = |(name, value): (&String, &Value)| {
        Some(IgnoredDrift { path: format!("/{name}"), reason: reason(schema, name, value)? })
    };
    all.filter_map(ignored).collect::<BTreeSet<_>>().into_iter().collect()
}

fn reason(schema: Option<&TypeSchema>, name: &str, value: &Value) -> Option<IgnoredReason> {
    let property = schema.and_then(|schema| schema.property(name));
    match property {
        Some(property) if property.write_only => Some(IgnoredReason::WriteOnly),
        Some(property) if property.read_only => Some(IgnoredReason::ManagedByAws),
        _ => value.to_string().contains("{{resolve:secretsmanager:").then_some(IgnoredReason::Sensitive),
    }
}

fn difference(name: &str, expected: Option<&Value>, actual: Option<&Value>) -> Option<PropertyDifference> {
    let kind = match (expected, actual) {
        (Some(expected), Some(actual)) if same(expected, actual) => return None,
        (Some(_), Some(_)) => "NOT_EQUAL",
        (Some(_), None) => "REMOVE",
        (None, Some(_)) => "ADD",
        (None, None) => return None,
    };
    let text = |value: Option<&Value>| Secret::new(value.map(Value::to_string).unwrap_or_default());
    Some(PropertyDifference {
        path: format!("/{name}"),
        kind: kind.to_owned(),
        expected: text(expected),
        actual: text(actual),
    })
}
