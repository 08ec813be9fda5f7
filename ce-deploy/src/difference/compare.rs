//! Resources side by side.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema::Schemas;

use super::elsewhere::Following;
use super::fixed_name::{fixed_name, identity, same_name};
use super::propagate::propagate;
use super::{Class, Effect, Fate, ResourceDifference, properties};
use crate::template::{Active, Resolved};

/// The resources that differ, sorted by id.
pub(super) fn compare(
    before: &Resolved,
    after: &Resolved,
    elsewhere: &BTreeMap<&str, &Following>,
    schemas: &'static Schemas,
) -> Vec<ResourceDifference> {
    let ids: BTreeSet<&String> = before.resources.keys().chain(after.resources.keys()).collect();
    let mut found = BTreeMap::new();
    for id in ids {
        let difference = match (before.resources.get(id), after.resources.get(id)) {
            (None, Some(new)) => one_sided(id, new, Class::Added, schemas),
            (Some(old), None) => one_sided(id, old, Class::Removed, schemas),
            (Some(old), Some(new)) => changed(id, old, new, schemas),
            (None, None) => continue,
        };
        found.extend((difference.class != Class::Unchanged).then(|| (id.clone(), difference)));
    }
    block_taken_names(&mut found, before, after, schemas);
    let settle = |difference: &mut ResourceDifference, resource: &Active| settle(difference, resource, schemas);
    propagate(&mut found, after, elsewhere, &settle, schemas);
    explain(&mut found, elsewhere);
    found.into_values().collect()
}

fn one_sided(id: &str, resource: &Active, class: Class, schemas: &'static Schemas) -> ResourceDifference {
    let mut difference = ResourceDifference::unchanged(id, resource);
    difference.class = class;
    difference.stateful = is_stateful(&resource.type_name, schemas);
    difference.fate = (class == Class::Removed).then(|| Fate::of_removed(resource));
    difference
}

/// A resource under a new id cannot be made while the one of the same name is there, which is deleted only when all else
/// is done, if at all.
fn block_taken_names(
    found: &mut BTreeMap<String, ResourceDifference>,
    before: &Resolved,
    after: &Resolved,
    schemas: &'static Schemas,
) {
    let of_class = |class| found.values().filter(move |difference| difference.class == class);
    let mut taken = BTreeMap::new();
    for difference in of_class(Class::Removed) {
        let old = &before.resources[&difference.logical_id];
        let identity = identity_of(old, schemas);
        taken.extend(identity.map(|identity| (identity, difference.logical_id.clone())));
    }
    let mut blocked = Vec::new();
    for difference in of_class(Class::Added) {
        let new = &after.resources[&difference.logical_id];
        let holder = identity_of(new, schemas).and_then(|identity| Some((identity.1, taken.get(&identity)?.clone())));
        blocked.extend(holder.map(|(name, holder)| (difference.logical_id.clone(), name, holder)));
    }
    for (id, name, holder) in blocked {
        let Some(difference) = found.get_mut(&id) else { continue };
        difference.class = Class::Blocked;
        difference.causes =
            vec![format!("it would have the same `{name}` as `{holder}`, which is removed only when all else is done")];
    }
}

/// What identifies a resource that is there for certain.
fn identity_of(resource: &Active, schemas: &'static Schemas) -> Option<(&'static str, &'static str, Vec<String>)> {
    let schema = schemas.find(&resource.type_name).filter(|_| !resource.uncertain)?;
    identity(schema, &resource.properties)
}

fn changed(id: &str, old: &Active, new: &Active, schemas: &'static Schemas) -> ResourceDifference {
    let mut difference = ResourceDifference::unchanged(id, new);
    difference.stateful = is_stateful(&old.type_name, schemas);
    if old.type_name != new.type_name {
        difference.class = Class::Blocked;
        difference.causes = vec![format!("its type was `{}`, and the type of a resource cannot change", old.type_name)];
        return difference;
    }
    difference.properties = properties::compare(schemas.find(&new.type_name), old, new);
    difference.attributes = attributes(old, new);
    settle(&mut difference, new, schemas);
    difference
}

/// Works out the class from the properties that differ.
fn settle(difference: &mut ResourceDifference, resource: &Active, schemas: &'static Schemas) {
    let schema = schemas.find(&resource.type_name);
    difference.stateful = is_stateful(&resource.type_name, schemas);
    difference.causes.clear();
    let worst = difference.properties.iter().map(|property| property.effect).max();
    let tags = schema.and_then(|schema| schema.tagging.as_ref()).map(|tagging| tagging.property);
    let top = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
    let only_tags = difference.properties.iter().all(|property| Some(top(&property.path).as_str()) == tags);
    difference.class = match worst {
        None if difference.attributes.is_empty() => Class::Unchanged,
        None => Class::Metadata,
        Some(Effect::InPlace) if only_tags => Class::Tags,
        Some(Effect::Replaces) if difference.stateful => Class::StatefulReplacement,
        Some(worst) => worst.class(),
    };
    difference.fate = (difference.class >= Class::ConditionalReplacement).then(|| Fate::of_replaced(resource));
    if !difference.class.replaces() {
        return;
    }
    let changed: Vec<String> = difference.properties.iter().map(|property| top(&property.path)).collect();
    let changed: BTreeSet<&str> = changed.iter().map(String::as_str).collect();
    if let Some(name) = schema.and_then(|schema| fixed_name(schema, &resource.properties, &changed)) {
        difference.class = Class::Blocked;
        difference.causes = vec![same_name(name)];
    }
}

/// What differs beside the properties.
fn attributes(old: &Active, new: &Active) -> Vec<String> {
    let empty = serde_json::Map::new();
    let [before, after] = [old, new].map(|side| side.attributes.as_object().unwrap_or(&empty));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut differ: Vec<String> =
        names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect();
    let set = |side: &Active| side.depends_on.iter().cloned().collect::<BTreeSet<String>>();
    differ.extend((set(old) != set(new)).then(|| "DependsOn".to_owned()));
    differ.extend((old.metadata != new.metadata).then(|| "Metadata".to_owned()));
    differ
}

/// Whether a type holds data. A nested stack holds what is in it, which is looked at on its own.
pub(super) fn is_stateful(type_name: &str, schemas: &'static Schemas) -> bool {
    type_name != "AWS::CloudFormation::Stack" && schemas.find(type_name).is_some_and(|schema| schema.stateful)
}

/// Says what causes each class: the property, and the way it came over other resources.
fn explain(found: &mut BTreeMap<String, ResourceDifference>, elsewhere: &BTreeMap<&str, &Following>) {
    let all = found.clone();
    let moved: BTreeMap<&str, &Following> = elsewhere.values().map(|one| (one.name.as_str(), *one)).collect();
    for difference in found.values_mut() {
        let mut seen = BTreeSet::new();
        let mut here = all.get(&difference.logical_id);
        while let Some(resource) = here.filter(|resource| seen.insert(resource.logical_id.clone())) {
            let Some(property) = resource.properties.iter().max_by_key(|property| property.effect) else { break };
            let (path, id) = (&property.path, &resource.logical_id);
            let why = property.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            match &property.cause {
                Some(cause) => difference.causes.push(format!("`{id}.{path}` follows `{cause}`{why}")),
                None => difference.causes.push(format!("`{id}.{path}` changes{why}")),
            }
            let from = property.cause.as_deref().and_then(|cause| moved.get(cause));
            difference.causes.extend(from.into_iter().flat_map(|following| following.moved.causes.clone()));
            let on = |cause: &String| {
                all.keys().filter(|id| cause == *id || cause.starts_with(&format!("{id}."))).max_by_key(|id| id.len())
            };
            here = property.cause.as_ref().filter(|_| from.is_none()).and_then(on).and_then(|id| all.get(id));
        }
    }
}
