//! What a version of a stack makes, over all its nested stacks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::evaluate::Evaluate;
use super::parameters;
use super::{Resource, Taken, Template, Version};
use crate::cloud::Secret;

/// How deep stacks may be nested in one another.
const DEPTH: usize = 10;

/// What a version of a stack makes, with all filled in that is known. Resources of nested stacks are there under dotted
/// ids (`Outer.Inner`), as are the symbols that name them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Resolved {
    /// What is made; nothing whose condition is false.
    pub resources: BTreeMap<String, Active>,
    /// The outputs of the outermost template.
    pub outputs: BTreeMap<String, ActiveOutput>,
    /// Nested stacks whose template is not known.
    pub unreadable: BTreeSet<String>,
    /// Macros that the templates are passed through: what they make is not seen here.
    pub macros: BTreeSet<String>,
    /// Its parameters by dotted name, and whether the value of each is hidden.
    pub parameters: BTreeMap<String, bool>,
    /// Hidden parameters that may or may not be what they were: the service does not say what they were.
    pub unsure: BTreeSet<String>,
    /// The account it is in, if that is known.
    pub account: Option<String>,
    /// The region it is in, if that is known.
    pub region: Option<String>,
    /// What it takes from other stacks, by the name of the symbol that stands for it.
    pub taken: BTreeMap<String, Taken>,
    /// The outputs of nested stacks by the name of their symbol, `Outer.Outputs.Address`.
    pub(super) inner: BTreeMap<String, Value>,
}

/// A resource that is made.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Active {
    /// Its type.
    pub type_name: String,
    /// Its properties, an object.
    pub properties: Value,
    /// What must be there before it.
    pub depends_on: Vec<String>,
    /// What it says about itself.
    pub metadata: Value,
    /// What else is beside its properties.
    pub attributes: Value,
    /// Whether its condition depends on what is not known, so that it may not be there.
    pub uncertain: bool,
}

/// An output.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActiveOutput {
    /// Its value.
    pub value: Value,
    /// The name it is exported by.
    pub export: Option<Value>,
}

impl Active {
    /// `DeletionPolicy`, if it is a plain word.
    pub fn deletion_policy(&self) -> Option<&str> {
        self.attributes["DeletionPolicy"].as_str()
    }

    /// `UpdateReplacePolicy`, if it is a plain word.
    pub fn update_replace_policy(&self) -> Option<&str> {
        self.attributes["UpdateReplacePolicy"].as_str()
    }

    /// The construct it says it comes from.
    pub fn construct(&self) -> Option<&str> {
        self.metadata["aws:cdk:path"].as_str()
    }
}

impl Resolved {
    /// What a version makes.
    pub fn of(version: &Version) -> Self {
        let mut resolved = Self::resolve(version, &|_| false);
        resolved.fill_in_outputs(&BTreeSet::new());
        resolved
    }

    /// What two versions make, so that they can be compared: a value that is hidden in one of them is hidden in the other
    /// without saying whether it is the same.
    pub fn pair(before_version: &Version, after_version: &Version) -> (Self, Self) {
        let masked = |version: &Version, name: &str| match version.parameters.get(name) {
            Some(value) => parameters::is_masked(value.reveal()),
            None => version.template.parameters.get(name).is_some_and(|parameter| parameter.default.is_none()),
        };
        let either = |name: &str| masked(before_version, name) || masked(after_version, name);
        let (mut before, mut after) = (Self::resolve(before_version, &either), Self::resolve(after_version, &either));
        after.hide_unchanged(&before);
        // Filled in on one side alone, what is the same would not look so.
        let unreadable = before.unreadable.union(&after.unreadable).cloned().collect();
        before.fill_in_outputs(&unreadable);
        after.fill_in_outputs(&unreadable);
        let shown = |value: &Secret| !parameters::is_masked(value.reveal());
        let given = |name: &&String| {
            let hidden = after_version.template.parameters[*name].hidden || parameters::is_secret_name(name);
            hidden && after_version.parameters.get(*name).is_some_and(shown) && masked(before_version, name)
        };
        after.unsure = after_version.template.parameters.keys().filter(given).cloned().collect();
        (before, after)
    }

    /// A nested stack whose old template is not known, and which is deployed as it was (the address names the content),
    /// is not looked into: all in it would seem new.
    fn hide_unchanged(&mut self, before: &Self) {
        for id in &before.unreadable {
            let same = |new: &Active| before.resources.get(id).is_some_and(|old| old.properties == new.properties);
            if self.resources.get(id).is_some_and(same) {
                let inside = format!("{id}.");
                self.resources.retain(|id, _| !id.starts_with(&inside));
                self.unreadable.insert(id.clone());
            }
        }
    }

    fn resolve(version: &Version, masked: &dyn Fn(&str) -> bool) -> Self {
        let mut resolved = Self::default();
        let given = version.parameters.iter();
        let given = given.map(|(name, value)| (name.clone(), super::symbol::clean(value.reveal()).into())).collect();
        resolved.add(version, &version.template, &given, "", masked, 0);
        resolved
    }

    fn add(
        &mut self,
        version: &Version,
        template: &Template,
        given: &BTreeMap<String, Value>,
        prefix: &str,
        masked: &dyn Fn(&str) -> bool,
        depth: usize,
    ) {
        let parameters = parameters::values(template, given, prefix, masked);
        let stack_name = version.stack_name.as_deref().filter(|_| depth == 0);
        let written = Evaluate::new(template, parameters.clone(), prefix).of(version, stack_name);
        let extended = template.extended(&|value| written.known(value));
        let template = extended.as_ref().unwrap_or(template);
        let evaluate = Evaluate::new(template, parameters, prefix).of(version, stack_name);
        self.macros.extend(template.macros.iter().map(|name| format!("{prefix}{name}")));
        self.account = version.place.as_ref().map(|place| place.account.clone());
        self.region = version.place.as_ref().map(|place| place.region.clone());
        let hidden = template.parameters.iter().map(|(name, one)| (format!("{prefix}{name}"), one.hidden));
        self.parameters.extend(hidden);
        for (id, resource) in &template.resources {
            let condition = resource.condition.as_ref().map(|name| evaluate.condition(name));
            if condition == Some(Some(false)) {
                continue;
            }
            let id = format!("{prefix}{id}");
            let active = active(resource, &evaluate, prefix, condition == Some(None));
            if active.type_name == "AWS::CloudFormation::Stack" {
                self.add_nested(version, &id, &active, masked, depth);
            }
            self.resources.insert(id, active);
        }
        self.add_outputs(template, &evaluate, prefix);
        self.taken.extend(evaluate.taken.into_inner());
    }

    fn add_nested(&mut self, version: &Version, id: &str, stack: &Active, masked: &dyn Fn(&str) -> bool, depth: usize) {
        match version.nested.get(id) {
            Some(template) if depth < DEPTH => {
                let given = stack.properties["Parameters"].as_object().into_iter().flatten();
                let given = given.map(|(name, value)| (name.clone(), value.clone())).collect();
                self.add(version, template, &given, &format!("{id}."), masked, depth + 1);
            }
            _ => drop(self.unreadable.insert(id.to_owned())),
        }
    }

    fn add_outputs(&mut self, template: &Template, evaluate: &Evaluate<'_>, prefix: &str) {
        for (name, output) in &template.outputs {
            if output.condition.as_ref().is_some_and(|name| evaluate.condition(name) == Some(false)) {
                continue;
            }
            let value = evaluate.value(&output.value).unwrap_or_default();
            if !prefix.is_empty() {
                self.inner.insert(format!("{prefix}Outputs.{name}"), value);
                continue;
            }
            let export = output.export.as_ref().and_then(|name| evaluate.value(name));
            self.outputs.insert(name.clone(), ActiveOutput { value, export });
        }
    }
}

/// A resource with what is known of its values; `uncertain` where nobody knows whether it is there.
fn active(resource: &Resource, evaluate: &Evaluate<'_>, prefix: &str, uncertain: bool) -> Active {
    let attributes = resource.attributes.iter();
    Active {
        type_name: resource.type_name.clone(),
        properties: Value::Object(evaluate.object(&resource.properties)),
        depends_on: resource.depends_on.iter().map(|on| format!("{prefix}{on}")).collect(),
        metadata: evaluate.value(&resource.metadata).unwrap_or_default(),
        attributes: attributes.filter_map(|(key, value)| Some((key.clone(), evaluate.value(value)?))).collect(),
        uncertain,
    }
}
