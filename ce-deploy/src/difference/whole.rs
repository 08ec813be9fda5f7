//! The difference of two versions of a stack.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema::Schemas;
use serde::Serialize;

use super::{
    Class, Disagreement, Elsewhere, Fate, HeldExport, Moved, OutputDifference, PropertyDifference, compare, outputs,
};
use crate::template::{Active, Resolved, TemplateError, Version};

/// What differs between two versions of a stack, nested stacks with it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The resources that differ, by id.
    pub resources: Vec<ResourceDifference>,
    /// The outputs that differ, by name.
    pub outputs: Vec<OutputDifference>,
    /// Exports that will have another value though others import them; empty unless several stacks were compared
    /// [together](Self::together).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<HeldExport>,
    /// What is not seen here, in words.
    pub unseen: Vec<String>,
    /// Where a change set says something else; empty as long as none was applied.
    pub disagreements: Vec<Disagreement>,
    /// Why it is not known what was there, though something was.
    #[serde(skip)]
    pub(crate) blind: Option<String>,
    #[serde(skip)]
    pub(super) moved: BTreeMap<String, Moved>,
    #[serde(skip)]
    pub(super) elsewhere: Elsewhere,
    #[serde(skip)]
    pub(crate) before: Option<Resolved>,
    #[serde(skip)]
    pub(crate) after: Option<Resolved>,
    #[serde(skip)]
    pub(crate) schemas: &'static Schemas,
}

/// A resource that differs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceDifference {
    /// Its id, `Nested.Logical` where it is in a nested stack.
    pub logical_id: String,
    /// Its type; the new one where that differs.
    pub type_name: String,
    /// The construct it comes from, if its template says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub construct: Option<String>,
    /// What becomes of it.
    pub class: Class,
    /// The properties that differ.
    pub properties: Vec<PropertyDifference>,
    /// What else differs beside the properties, `DeletionPolicy`, `Metadata`, …
    pub attributes: Vec<String>,
    /// What becomes of the old one, if it goes.
    pub fate: Option<Fate>,
    /// Whether it holds data.
    pub stateful: bool,
    /// What causes it, the nearest first.
    pub causes: Vec<String>,
}

impl ResourceDifference {
    pub(super) fn unchanged(id: &str, resource: &Active) -> Self {
        Self {
            logical_id: id.to_owned(),
            type_name: resource.type_name.clone(),
            construct: resource.construct().map(str::to_owned),
            class: Class::Unchanged,
            properties: Vec::new(),
            attributes: Vec::new(),
            fate: None,
            stateful: false,
            causes: Vec::new(),
        }
    }
}

impl Difference {
    /// What differs between what is there and what will be. Nothing is there of a new stack; nothing will be of one that
    /// is deleted.
    pub fn between(before: Option<&Version>, after: Option<&Version>, schemas: &'static Schemas) -> Self {
        Self::among(before, after, &Elsewhere::default(), schemas)
    }

    /// The same, while other stacks change as well: what reads their outputs changes with these.
    pub fn among(
        before: Option<&Version>,
        after: Option<&Version>,
        elsewhere: &Elsewhere,
        schemas: &'static Schemas,
    ) -> Self {
        let (old, new) = match (before, after) {
            (Some(before), Some(after)) => {
                let (old, new) = Resolved::pair(before, after);
                (Some(old), Some(new))
            }
            (before, after) => (before.map(Resolved::of), after.map(Resolved::of)),
        };
        let nothing = Resolved::default();
        let (from, to) = (old.as_ref().unwrap_or(&nothing), new.as_ref().unwrap_or(&nothing));
        let following = elsewhere.of(to);
        let resources = compare::compare(from, to, &following, schemas);
        let (outputs, moved) = outputs::compare(from, to, &resources, &following, schemas);
        Self {
            resources,
            outputs,
            moved,
            held: Vec::new(),
            elsewhere: elsewhere.clone(),
            unseen: unseen(from, to),
            disagreements: Vec::new(),
            blind: None,
            before: old,
            after: new,
            schemas,
        }
    }

    /// The same, if the template that is there cannot be read: all that is said of it is why.
    pub(crate) fn blind(mut self, why: &TemplateError) -> Self {
        self.unseen.push(format!("the template that is deployed: {why}"));
        self.blind = Some(why.to_string());
        self
    }

    /// Works out anew which outputs change, with what has become of the resources.
    pub(super) fn follow_outputs(&mut self) {
        let nothing = Resolved::default();
        let (from, to) = (self.before.as_ref().unwrap_or(&nothing), self.after.as_ref().unwrap_or(&nothing));
        let following = self.elsewhere.of(to);
        let (outputs, moved) = outputs::compare(from, to, &self.resources, &following, self.schemas);
        (self.outputs, self.moved) = (outputs, moved);
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.outputs.is_empty()
    }

    /// The difference of a resource.
    pub fn resource(&self, id: &str) -> Option<&ResourceDifference> {
        self.resources.iter().find(|resource| resource.logical_id == id)
    }

    /// The outputs that are there and will have another value, for certain or perhaps: what others read changes with them.
    pub fn moved(&self) -> &BTreeMap<String, Moved> {
        &self.moved
    }

    /// The worst that becomes of a resource.
    pub fn class(&self) -> Class {
        self.resources.iter().map(|resource| resource.class).max().unwrap_or(Class::Unchanged)
    }

    /// As JSON, the same bytes for the same difference.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn unseen(before: &Resolved, after: &Resolved) -> Vec<String> {
    let macros: BTreeSet<&String> = before.macros.iter().chain(&after.macros).collect();
    let macros = macros.into_iter().map(|name| format!("what the macro `{name}` makes of the template"));
    let stacks: BTreeSet<&String> = before.unreadable.iter().chain(&after.unreadable).collect();
    macros.chain(stacks.into_iter().map(|id| format!("the template of the nested stack `{id}`"))).collect()
}
