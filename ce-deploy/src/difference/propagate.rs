//! How a replacement spreads through references.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema::{Schemas, TypeSchema};
use serde_json::Value;

use super::effect::effect;
use super::elsewhere::Following;
use super::properties::{Step, UNKNOWN_SIDE, is_either, names, unsure, written};
use super::{Class, Effect, PropertyDifference, ResourceDifference};
use crate::template::{Active, Resolved, symbol};

/// Why a property that follows is not told for certain.
const MAY_CHANGE: &str = "what it follows may change, or stay the same";

/// The same, if what is followed is a new resource.
const NEW_ONE: &str = "what it follows is new, and may say the same";

/// Where something names a resource: the path, and what of the resource (`None` for its `Ref`). What comes from another
/// stack is named by its symbol.
pub(super) struct Reference {
    pub(super) path: Vec<Step>,
    pub(super) to: String,
    pub(super) attribute: Option<String>,
}

/// Lets every change go on to those that refer to what is changed, until nothing more changes. `elsewhere` is what comes
/// from other stacks and changes, by its symbol; `settle` works out the class of a resource whose properties grew.
pub(super) fn propagate(
    differences: &mut BTreeMap<String, ResourceDifference>,
    after: &Resolved,
    elsewhere: &BTreeMap<&str, &Following>,
    settle: &dyn Fn(&mut ResourceDifference, &Active),
    schemas: &'static Schemas,
) {
    let references: BTreeMap<&String, Vec<Reference>> =
        after.resources.iter().map(|(id, resource)| (id, references(&resource.properties, after))).collect();
    let mut users: BTreeMap<&str, BTreeSet<&String>> = BTreeMap::new();
    for (id, reference) in references.iter().flat_map(|(id, all)| all.iter().map(move |one| (*id, one))) {
        users.entry(&reference.to).or_default().insert(id);
    }
    let mut open: BTreeSet<String> = differences.keys().cloned().collect();
    open.extend(elsewhere.keys().map(|symbol| (*symbol).to_owned()));
    while let Some(changed) = open.pop_first() {
        let changing = differences.get(&changed).cloned();
        let cause = match (&changing, elsewhere.get(changed.as_str())) {
            (_, Some(following)) => Cause::Elsewhere(following),
            (Some(difference), None) => Cause::here(difference, after, schemas),
            (None, None) => continue,
        };
        for user in users.get(changed.as_str()).into_iter().flatten() {
            let resource = &after.resources[*user];
            let known = differences.get(*user).cloned();
            let mut difference = known.unwrap_or_else(|| ResourceDifference::unchanged(user, resource));
            let mine = references[*user].iter().filter(|reference| reference.to == changed);
            if is_settled(&difference) || !follow_all(&mut difference, mine, &cause, schemas.find(&resource.type_name))
            {
                continue;
            }
            settle(&mut difference, resource);
            differences.insert((*user).clone(), difference);
            open.insert((*user).clone());
        }
    }
    leave_out_idle(differences, after, settle);
}

/// What may be set anew in place, perhaps, is of no interest once it has gone on to all that follows it.
fn leave_out_idle(
    differences: &mut BTreeMap<String, ResourceDifference>,
    after: &Resolved,
    settle: &dyn Fn(&mut ResourceDifference, &Active),
) {
    differences.retain(|id, difference| {
        let all = difference.properties.len();
        let is_idle = |property: &PropertyDifference| {
            property.effect < Effect::MayReplace && Sureness::of(property.reason.as_deref()) == Sureness::Perhaps
        };
        difference.properties.retain(|property| !is_idle(property));
        if let Some(resource) = after.resources.get(id).filter(|_| difference.properties.len() < all) {
            settle(difference, resource);
        }
        difference.class > Class::Unchanged
    });
}

/// Whether nothing can be added: it is new, or goes, or cannot be changed whatever else happens.
fn is_settled(difference: &ResourceDifference) -> bool {
    let cannot = difference.class == Class::Blocked && difference.properties.is_empty();
    cannot || matches!(difference.class, Class::Added | Class::Removed | Class::Imported)
}

/// What causes a change.
pub(super) enum Cause<'a> {
    /// A resource of the same stack, and what it is after its change.
    Here { difference: &'a ResourceDifference, resource: Option<&'a Active>, schema: Option<&'static TypeSchema> },
    /// An output of another stack.
    Elsewhere(&'a Following),
}

/// Adds what follows the cause; whether anything is news.
fn follow_all<'a>(
    difference: &mut ResourceDifference,
    references: impl Iterator<Item = &'a Reference>,
    cause: &Cause<'_>,
    schema: Option<&'static TypeSchema>,
) -> bool {
    let mut grew = false;
    for reference in references {
        let Some(certain) = cause.changes(reference.attribute.as_deref()) else { continue };
        let path = names(&reference.path);
        let (effect, reason) = match effect(schema, &difference.type_name, &path, [None, None]) {
            (effect, _) if !certain && cause.replaces() => unsure(effect, NEW_ONE),
            (effect, _) if !certain => unsure(effect, MAY_CHANGE),
            (effect, _) if is_either(&path) => unsure(effect, UNKNOWN_SIDE),
            told => told,
        };
        grew |= follow(difference, reference, (effect, reason.map(str::to_owned)), cause.name(reference));
    }
    grew
}

impl<'a> Cause<'a> {
    pub(super) fn here(difference: &'a ResourceDifference, after: &'a Resolved, schemas: &'static Schemas) -> Self {
        let (resource, schema) = (after.resources.get(&difference.logical_id), schemas.find(&difference.type_name));
        Self::Here { difference, resource, schema }
    }

    /// What is referred to, in words: `Vpc`, `Vpc.CidrBlock`, `Net.VpcId`.
    pub(super) fn name(&self, reference: &Reference) -> String {
        match (self, &reference.attribute) {
            (Self::Elsewhere(following), _) => following.name.clone(),
            (Self::Here { .. }, Some(attribute)) => format!("{}.{attribute}", reference.to),
            (Self::Here { .. }, None) => reference.to.clone(),
        }
    }

    fn replaces(&self) -> bool {
        matches!(self, Self::Here { difference, .. } if difference.class.replaces())
    }

    /// Whether what is referred to changes for certain, or perhaps; none if it does not.
    pub(super) fn changes(&self, attribute: Option<&str>) -> Option<bool> {
        let (difference, resource, schema) = match self {
            Self::Elsewhere(following) => return Some(following.moved.certain),
            Self::Here { difference, resource, schema } => (difference, resource, schema),
        };
        let class = difference.class;
        let replaced = class.replaces();
        let Some(attribute) = attribute else {
            return (replaced || class == Class::ConditionalReplacement).then_some(replaced);
        };
        if is_given(schema.zip(*resource), attribute) {
            // It is what the template says: it changes when that does.
            let is_certain =
                |property: &PropertyDifference| Sureness::of(property.reason.as_deref()) == Sureness::Certain;
            return differences(difference, attribute).map(is_certain).max().filter(|_| class > Class::Metadata);
        }
        // What a nested stack says is no name of itself, whatever the output is called.
        let identifies =
            !attribute.starts_with("Outputs.") && ["Arn", "Id", "Name"].iter().any(|end| attribute.ends_with(end));
        match class {
            Class::Replacement | Class::StatefulReplacement => Some(identifies),
            Class::ConditionalReplacement => Some(false),
            Class::InPlace | Class::Interruption | Class::MayRefuse if !identifies => Some(false),
            _ => None,
        }
    }
}

/// Whether an attribute is a property that the template gives a value.
fn is_given(cause: Option<(&'static TypeSchema, &Active)>, attribute: &str) -> bool {
    let Some((schema, resource)) = cause else { return false };
    let path = attribute.replace('.', "/");
    let top = attribute.split('.').next().unwrap_or_default();
    let read_only = schema.read_only.iter().any(|only| *only == path || *only == top);
    let is_input = !read_only && schema.root().property(top).is_some_and(|property| !property.read_only);
    is_input && resource.properties.pointer(&format!("/{path}")).is_some()
}

/// The properties that differ at an attribute, above or below it.
fn differences<'a>(
    cause: &'a ResourceDifference,
    attribute: &'a str,
) -> impl Iterator<Item = &'a PropertyDifference> + use<'a> {
    let within = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let properties = cause.properties.iter();
    properties.filter(move |property| within(&property.path, attribute) || within(attribute, &property.path))
}

/// Adds a property that follows; whether that is news.
fn follow(
    entry: &mut ResourceDifference,
    reference: &Reference,
    (effect, reason): (Effect, Option<String>),
    cause: String,
) -> bool {
    let path = written(&reference.path);
    if let Some(known) = entry.properties.iter_mut().find(|property| property.path == path) {
        let grew = (effect, Sureness::of(reason.as_deref())) > (known.effect, Sureness::of(known.reason.as_deref()));
        if grew {
            (known.effect, known.reason, known.cause) = (effect, reason, Some(cause));
        }
        return grew;
    }
    entry.properties.push(PropertyDifference { path, before: None, after: None, effect, reason, cause: Some(cause) });
    entry.properties.sort_by(|a, b| a.path.cmp(&b.path));
    true
}

/// How sure it is that a property has another value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    /// It may be the same, as what it follows may.
    Perhaps,
    /// It may be the same by chance.
    Likely,
    Certain,
}

impl Sureness {
    fn of(reason: Option<&str>) -> Self {
        match reason {
            Some(MAY_CHANGE) => Self::Perhaps,
            Some(NEW_ONE | UNKNOWN_SIDE) => Self::Likely,
            _ => Self::Certain,
        }
    }
}

/// All that a value names, of its own stack or another.
pub(super) fn references(value: &Value, all: &Resolved) -> Vec<Reference> {
    let mut found = Vec::new();
    walk(value, &mut Vec::new(), all, &mut found);
    found
}

fn walk(value: &Value, path: &mut Vec<Step>, all: &Resolved, found: &mut Vec<Reference>) {
    match value {
        Value::String(text) => {
            for name in symbol::names(text) {
                let Some((to, attribute)) = target(name, all) else { continue };
                found.push(Reference { path: path.clone(), to, attribute });
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                walk(item, path, all, found);
                path.pop();
            }
        }
        Value::Object(map) => {
            for (name, item) in map {
                path.push(Step::Name(name.clone()));
                walk(item, path, all, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// The resource that a symbol names, and what of it: the longest id that fits, as ids of nested stacks have dots.
fn target(name: &str, all: &Resolved) -> Option<(String, Option<String>)> {
    if all.resources.contains_key(name) || all.taken.contains_key(name) {
        return Some((name.to_owned(), None));
    }
    let mut end = name.len();
    while let Some(dot) = name[..end].rfind('.') {
        if all.resources.contains_key(&name[..dot]) {
            return Some((name[..dot].to_owned(), Some(name[dot + 1..].to_owned())));
        }
        end = dot;
    }
    None
}
