//! What is sent to set something.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema::{Schemas, TypeSchema};
use serde_json::{Value, json};

use super::pointer::{is_unread, top};
use super::revision::{RUNS, TASK_DEFINITION, family};
use super::swappable::given_otherwise;
use super::typed::typed_properties;
use super::{Aim, Known};
use crate::template::Resolved;

/// All that is sent for a stack.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Order {
    /// Revisions of task definitions that are made first, by the logical id of the definition: their properties.
    pub(crate) revisions: BTreeMap<String, Value>,
    /// What is changed.
    pub(crate) patches: Vec<Patch>,
}

/// The change of one resource.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Patch {
    pub(crate) logical_id: String,
    pub(crate) type_name: String,
    /// What Cloud Control knows it by.
    pub(crate) identifier: String,
    /// The operations of a JSON patch.
    pub(crate) operations: Vec<Value>,
    /// The task definition whose new revision a service is to run.
    pub(crate) runs: Option<String>,
}

/// What is sent to reach some aims.
///
/// # Errors
/// The resource, and what of its values is not known, in words.
pub(crate) fn order(
    aims: &[Aim],
    before: &Resolved,
    after: &Resolved,
    known: &Known,
) -> Result<Order, (String, String)> {
    let mut order = Order::default();
    for aim in aims {
        let of = |why: String| (aim.logical_id.clone(), why);
        let through = aim.settings.values().find_map(|setting| setting.through.clone());
        let runs = through.filter(|id| is_revised(id, before, after));
        if let Some(id) = runs.clone().filter(|id| !order.revisions.contains_key(id)) {
            let properties = revision(&id, after, known).map_err(|why| (id.clone(), why))?;
            order.revisions.insert(id, properties);
        }
        let patch = patch(aim, before, after, known, runs).map_err(of)?;
        order.patches.push(patch);
    }
    Ok(order)
}

/// All values that decide what is sent: of what is set, in both versions, and of what is sent along.
pub(crate) fn values<'a>(
    aims: &[Aim],
    before: &'a Resolved,
    after: &'a Resolved,
    schemas: &'static Schemas,
) -> Vec<&'a Value> {
    let mut found = Vec::new();
    for aim in aims {
        let mut tops: BTreeSet<&str> = aim.properties();
        let unread = schemas.find(&aim.type_name).map(|schema| schema.write_only.as_slice()).unwrap_or_default();
        tops.extend(unread.iter().filter_map(|path| path.split(['/', '.']).next()));
        for resource in [before, after].into_iter().filter_map(|side| side.resources.get(&aim.logical_id)) {
            found.extend(tops.iter().filter_map(|name| resource.properties.get(*name)));
        }
        let through = aim.settings.values().filter_map(|setting| setting.through.as_ref());
        found.extend(through.filter_map(|id| Some(&after.resources.get(id)?.properties)));
    }
    found
}

fn is_revised(id: &str, before: &Resolved, after: &Resolved) -> bool {
    let properties = |resolved: &Resolved| resolved.resources.get(id).map(|resource| resource.properties.clone());
    properties(before) != properties(after)
}

fn patch(aim: &Aim, before: &Resolved, after: &Resolved, known: &Known, runs: Option<String>) -> Result<Patch, String> {
    let resource = &after.resources[&aim.logical_id];
    let schema = known.schemas().find(&aim.type_name).ok_or("its type is not known")?;
    let identifier = known.identifier(&aim.logical_id, resource).ok_or("nobody knows what it is called")?;
    let mut pointers: BTreeSet<String> = aim.settings.keys().cloned().collect();
    pointers.extend(unread(schema, &resource.properties, &pointers));
    // What a read gives back and the template gives in another way would hold beside it.
    let otherwise = given_otherwise(&aim.type_name, &resource.properties);
    let mut operations: Vec<Value> = otherwise.flat_map(|name| operation(&format!("/{name}"), None)).collect();
    // Which revision it is shows when that is made.
    for pointer in pointers.iter().filter(|pointer| runs.is_none() || *pointer != RUNS) {
        let value = filled(schema, &resource.properties, pointer, known)?;
        // What could not be put back is not changed.
        if let Some(old) = before.resources.get(&aim.logical_id) {
            filled(schema, &old.properties, pointer, known)?;
        }
        operations.extend(operation(pointer, value));
    }
    let (logical_id, type_name) = (aim.logical_id.clone(), aim.type_name.clone());
    Ok(Patch { logical_id, type_name, identifier, operations, runs })
}

/// Cloud Control reads the resource, patches what it read and sets the result. What no read gives back would be missing
/// then: a function without its required `Code` is refused. So it is always sent along.
/// Source: pulumi/pulumi-aws-native#277; hashicorp/terraform-provider-awscc#1737.
fn unread(schema: &TypeSchema, properties: &Value, given: &BTreeSet<String>) -> Vec<String> {
    let members = properties.as_object().into_iter().flatten();
    let unread = members.map(|(name, _)| name).filter(|name| is_unread(schema, name));
    unread.filter(|name| given.iter().all(|pointer| top(pointer) != *name)).map(|name| format!("/{name}")).collect()
}

/// The value at a place, with everything filled in; none if nothing is there.
fn filled(schema: &TypeSchema, properties: &Value, pointer: &str, known: &Known) -> Result<Option<Value>, String> {
    let Some(value) = properties.pointer(pointer) else { return Ok(None) };
    let value = known.resolve(value)?;
    // The kind of a part is known from the whole around it.
    let steps: Vec<String> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let whole = steps.iter().rev().fold(value, |value, step| json!({ step: value }));
    Ok(typed_properties(schema, &whole).pointer(pointer).cloned())
}

/// `add` sets what is there too, and what no read gives back can only be added. What is to go is added first, so that
/// taking it away succeeds whether it is there or not. Source: RFC 6902; hashicorp/terraform-provider-awscc#1737.
fn operation(pointer: &str, value: Option<Value>) -> Vec<Value> {
    match value {
        Some(value) => vec![json!({ "op": "add", "path": pointer, "value": value })],
        None => vec![json!({ "op": "add", "path": pointer, "value": "" }), json!({ "op": "remove", "path": pointer })],
    }
}

/// The properties of a new revision, in the family of the one that is there.
fn revision(id: &str, after: &Resolved, known: &Known) -> Result<Value, String> {
    let schema = known.schemas().find(TASK_DEFINITION).ok_or("its type is not known")?;
    let family = known.physical(id).and_then(family).ok_or("nobody knows its family")?;
    let mut properties = known.resolve(&after.resources[id].properties)?;
    properties["Family"] = family.into();
    Ok(typed_properties(schema, &properties))
}
