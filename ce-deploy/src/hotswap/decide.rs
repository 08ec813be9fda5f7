//! Whether the differences of a stack can be swapped, all of them.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema::Schemas;

use super::pointer::{differing, outermost};
use super::revision::{self, RUNS, SERVICE, TASK_DEFINITION};
use super::swappable::properties;
use super::{Aim, Decision, Obstacle, is_swappable};
use crate::assembly::Stack;
use crate::difference::{Class, Difference, Effect, ResourceDifference};
use crate::digest::sha256;
use crate::journal::{Setting, Swapped};
use crate::json::canonical;
use crate::risk::{Consent, Risk};
use crate::template::Resolved;

/// What is asked: a stack, and how it differs from what CloudFormation knows of it.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The stack as the assembly says.
    pub stack: &'a Stack,
    /// What CloudFormation knows and what the assembly says.
    pub difference: &'a Difference,
    /// What somebody would be asked about.
    pub risks: &'a [Risk],
    /// What was swapped before, and not deployed since.
    pub noted: Option<&'a Swapped>,
}

/// What is to be done about the differences of a stack.
pub fn decide(question: Question<'_>) -> Decision {
    let Question { stack, difference, risks, noted } = question;
    let differs = !difference.is_empty() || noted.is_some();
    let mut decision = Decision { differs, ..Decision::default() };
    let mut refuse = |logical_id: &str, type_name: &str, why: String| {
        let origin = stack.origins.get(logical_id).cloned().unwrap_or_default();
        let (logical_id, type_name) = (logical_id.to_owned(), type_name.to_owned());
        decision.obstacles.push(Obstacle { stack: stack.id.clone(), logical_id, type_name, origin, why });
    };
    for why in of_stack(difference) {
        refuse("", "", why);
    }
    for resource in difference.resources.iter().filter(|resource| !is_of_no_effect(resource)) {
        if let Some(why) = refusal(resource, difference) {
            refuse(&resource.logical_id, &resource.type_name, why);
        }
    }
    for risk in risks.iter().filter(|risk| risk.consent != Consent::None) {
        refuse(&risk.logical_id, &risk.type_name, format!("somebody must agree to it ({}): {}", risk.class, risk.what));
    }
    decision.obstacles.sort();
    if decision.obstacles.is_empty()
        && let (Some(before), Some(after)) = (&difference.before, &difference.after)
    {
        decision.aims = aims(before, after, noted, difference.schemas);
    }
    decision
}

/// What stands against all of it.
fn of_stack(difference: &Difference) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if difference.before.is_none() || difference.after.is_none() {
        found.push("the templates cannot be compared".to_owned());
    }
    found.extend(difference.unseen.iter().map(|what| format!("nobody can see {what} without CloudFormation")));
    let outputs = difference.outputs.iter().map(|output| &output.name).chain(difference.moved().keys());
    found.extend(outputs.collect::<BTreeSet<_>>().into_iter().map(|name| format!("the output `{name}` changes")));
    let unsure = difference.after.iter().flat_map(|after| &after.unsure);
    found.extend(unsure.map(|name| format!("nobody can tell whether the hidden parameter `{name}` changes")));
    found
}

/// What a resource says about itself changes nothing; neither does what aws-cdk says of its version.
fn is_of_no_effect(resource: &ResourceDifference) -> bool {
    let only_metadata = resource.properties.is_empty() && resource.attributes.iter().all(|name| name == "Metadata");
    resource.type_name == "AWS::CDK::Metadata" || (resource.class == Class::Metadata && only_metadata)
}

/// Why the difference of a resource cannot be swapped; none if it can.
fn refusal(resource: &ResourceDifference, difference: &Difference) -> Option<String> {
    let after = difference.after.as_ref()?;
    if resource.logical_id.contains('.') {
        return Some("it is in a nested stack".to_owned());
    }
    if let Some(name) = resource.attributes.iter().find(|name| *name != "Metadata") {
        return Some(format!("`{name}` changes, which only CloudFormation heeds"));
    }
    if after.resources.get(&resource.logical_id).is_some_and(|active| active.uncertain) {
        return Some("whether it is there depends on a condition that is not known here".to_owned());
    }
    if resource.type_name == TASK_DEFINITION && resource.class.replaces() {
        return revision::refusal(resource, after);
    }
    if resource.class == Class::Tags {
        return Some("it changes its tags, which no hotswap sets".to_owned());
    }
    if resource.class > Class::Interruption || resource.class < Class::InPlace {
        return Some(format!("it {}", resource.class.words()));
    }
    if properties(&resource.type_name).is_none() {
        return Some(format!("it {}, and no hotswap changes this type", resource.class.words()));
    }
    resource.properties.iter().find_map(|property| {
        let top = property.path.split(['.', '[']).next().unwrap_or_default();
        let follows = property.cause.as_deref().map(|cause| format!(", as it follows `{cause}`")).unwrap_or_default();
        let is_revision = resource.type_name == SERVICE && property.cause.is_some() && is_revised(property, difference);
        if !is_swappable(&resource.type_name, top) || (resource.type_name == SERVICE && !is_revision) {
            return Some(format!("`{top}` changes{follows}, which no hotswap sets"));
        }
        (!is_revision && property.effect > Effect::InPlace)
            .then(|| format!("`{top}` {}", property.effect.class().words()))
    })
}

/// Whether a service changes because the task definition that it runs is revised.
fn is_revised(property: &crate::difference::PropertyDifference, difference: &Difference) -> bool {
    let cause = property.cause.as_deref().and_then(|cause| difference.resource(cause));
    cause.is_some_and(|cause| cause.type_name == TASK_DEFINITION && cause.class.replaces())
}

/// What is to be set: where the templates differ, and where an earlier swap set something that they do not say any more.
fn aims(before: &Resolved, after: &Resolved, noted: Option<&Swapped>, schemas: &'static Schemas) -> Vec<Aim> {
    let mut places = places(before, after, schemas);
    for (id, settings) in noted.iter().flat_map(|noted| &noted.resources) {
        places.entry(id.clone()).or_default().extend(settings.keys().cloned());
    }
    let aims = places.into_iter().filter_map(|(id, pointers)| {
        let type_name = after.resources.get(&id)?.type_name.clone();
        let known = noted.and_then(|noted| noted.resources.get(&id));
        let settings = outermost(&pointers).into_iter().map(|pointer| (pointer.clone(), setting(&id, &pointer, after)));
        // What was set so before needs not be set again.
        let settings =
            settings.filter(|(pointer, setting)| known.and_then(|known| known.get(pointer)) != Some(setting));
        let settings = settings.collect();
        Some(Aim { logical_id: id, type_name, settings })
    });
    aims.filter(|aim| !aim.settings.is_empty()).collect()
}

/// Where the templates differ, by logical id.
fn places(before: &Resolved, after: &Resolved, schemas: &'static Schemas) -> BTreeMap<String, BTreeSet<String>> {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, new) in &after.resources {
        let Some(old) = before.resources.get(id).filter(|old| old.properties != new.properties) else { continue };
        if new.type_name == TASK_DEFINITION {
            for service in revision::services(id, after) {
                places.entry(service.to_owned()).or_default().insert(RUNS.to_owned());
            }
        } else if properties(&new.type_name).is_some() {
            let found = differing(schemas.find(&new.type_name), &old.properties, &new.properties);
            places.entry(id.clone()).or_default().extend(found);
        }
    }
    places
}

/// What is set at a place, with a trace of its value.
pub(super) fn setting(id: &str, pointer: &str, resolved: &Resolved) -> Setting {
    let properties = &resolved.resources[id].properties;
    let value = properties.pointer(pointer).map(canonical).unwrap_or_default();
    let is_service = resolved.resources[id].type_name == SERVICE && pointer == RUNS;
    let through = is_service.then(|| revision::run_by(properties, resolved)).flatten();
    let revised = through.map(|through| canonical(&resolved.resources[through].properties)).unwrap_or_default();
    let mut trace = sha256(format!("{id}\n{pointer}\n{value}\n{revised}"));
    trace.truncate(16);
    Setting { trace: Some(trace), through: through.map(str::to_owned) }
}
