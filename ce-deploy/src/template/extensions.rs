//! What `AWS::LanguageExtensions` makes of a template: loops (`Fn::ForEach`) written out, functions in names and policies
//! carried out.
//!
//! Source: template reference, "`AWS::LanguageExtensions` transform", "`Fn::ForEach`", "`Ref`", "`Fn::GetAtt`". That
//! `&{Name}` leaves out of a value what is no letter and no digit:
//! github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2150.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::as_text;
use crate::json::canonical;

/// The name of the transform.
pub(crate) const NAME: &str = "AWS::LanguageExtensions";

/// Begins the name of a loop.
pub(crate) const LOOP: &str = "Fn::ForEach::";

/// The sections in which it works.
const SECTIONS: [&str; 3] = ["Conditions", "Resources", "Outputs"];

/// How many bytes loops may make: loops within loops must not fill the memory.
const BYTES: usize = 16 << 20;

/// How deep loops may be within each other.
const DEPTH: usize = 16;

/// What is known of a value before anything is deployed; none if a part of it is not.
pub(crate) type Known<'a> = dyn Fn(&Value) -> Option<Value> + 'a;

/// The template as the transform leaves it. A loop over what is not known, and what is too large, stays as it is.
pub(crate) fn carried_out(template: &Map<String, Value>, known: &Known<'_>) -> Map<String, Value> {
    let extensions = Extensions { known, left: Cell::new(BYTES) };
    let section = |(name, value): (&String, &Value)| {
        let done = match value {
            Value::Object(members) if SECTIONS.contains(&name.as_str()) => extensions.section(name, members),
            other => other.clone(),
        };
        (name.clone(), done)
    };
    template.iter().map(section).collect()
}

/// Whether there is a loop in a value.
pub(crate) fn has_loop(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_loop),
        Value::Object(map) => map.iter().any(|(name, inner)| name.starts_with(LOOP) || has_loop(inner)),
        _ => false,
    }
}

struct Extensions<'a> {
    known: &'a Known<'a>,
    left: Cell<usize>,
}

impl Extensions<'_> {
    fn section(&self, name: &str, members: &Map<String, Value>) -> Value {
        let mut done = self.object(members, 0);
        if name == "Resources" {
            done.values_mut().for_each(|resource| self.policies(resource));
        }
        done.into()
    }

    /// Policies of a resource may be functions of parameters.
    fn policies(&self, resource: &mut Value) {
        for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
            let Some(value) = resource.get_mut(policy).filter(|value| value.is_object()) else { continue };
            if let Some(known) = (self.known)(value) {
                *value = known;
            }
        }
    }

    fn value(&self, value: &Value, depth: usize) -> Value {
        match value {
            Value::Array(items) => items.iter().map(|item| self.value(item, depth)).collect(),
            Value::Object(map) => match self.named(map) {
                Some(reference) => reference,
                None => self.object(map, depth).into(),
            },
            plain => plain.clone(),
        }
    }

    fn object(&self, map: &Map<String, Value>, depth: usize) -> Map<String, Value> {
        let mut done = Map::new();
        for (name, inner) in map {
            if !name.starts_with(LOOP) {
                done.insert(name.clone(), self.value(inner, depth));
            } else if let Some(entries) = self.entries(inner, depth) {
                done.extend(entries);
            } else {
                done.insert(name.clone(), inner.clone());
            }
        }
        done
    }

    /// What a loop writes: the fragment, once for each item.
    fn entries(&self, written: &Value, depth: usize) -> Option<Map<String, Value>> {
        let [Value::String(identifier), collection, Value::Object(fragment)] = written.as_array()?.as_slice() else {
            return None;
        };
        let items = (self.known)(collection).filter(|_| depth < DEPTH)?;
        let size = canonical(&Value::Object(fragment.clone())).len();
        let mut entries = Map::new();
        for item in items.as_array()? {
            let item = as_text(item)?;
            self.left.set(self.left.get().checked_sub(size + item.len())?);
            entries.extend(self.object(&fill_members(fragment, identifier, &item), depth + 1));
        }
        // One that is left would be there once, and not once for each.
        (!entries.keys().any(|name| name.starts_with(LOOP))).then_some(entries)
    }

    /// `Ref` and `Fn::GetAtt` whose names are functions, with the names.
    fn named(&self, map: &Map<String, Value>) -> Option<Value> {
        let (function, argument) = map.iter().next().filter(|_| map.len() == 1)?;
        let name = |value: &Value| if value.is_string() { Some(value.clone()) } else { (self.known)(value) };
        let named = match (function.as_str(), argument) {
            ("Ref", Value::Object(_)) => (self.known)(argument)?,
            ("Fn::GetAtt", Value::Array(parts)) if parts.iter().any(Value::is_object) => {
                parts.iter().map(name).collect::<Option<Vec<_>>>()?.into()
            }
            _ => return None,
        };
        Some(Map::from_iter([(function.clone(), named)]).into())
    }
}

/// A value with an item in the place of the identifier.
fn fill(value: &Value, identifier: &str, item: &str) -> Value {
    match value {
        Value::String(text) => fill_text(text, identifier, item).into(),
        Value::Array(items) => items.iter().map(|one| fill(one, identifier, item)).collect(),
        Value::Object(map) if map.len() == 1 && map.get("Ref").is_some_and(|name| name == identifier) => item.into(),
        Value::Object(map) => fill_members(map, identifier, item).into(),
        plain => plain.clone(),
    }
}

fn fill_members(map: &Map<String, Value>, identifier: &str, item: &str) -> Map<String, Value> {
    map.iter().map(|(name, value)| (fill_text(name, identifier, item), fill(value, identifier, item))).collect()
}

fn fill_text(text: &str, identifier: &str, item: &str) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let plain: String = item.chars().filter(char::is_ascii_alphanumeric).collect();
    text.replace(&format!("&{{{identifier}}}"), &plain).replace(&format!("${{{identifier}}}"), item)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{carried_out, has_loop};

    fn done(template: &Value) -> Value {
        let known = |value: &Value| match value {
            Value::Array(_) => Some(value.clone()),
            _ if *value == json!({ "Ref": "Zones" }) => Some(json!(["a", "b"])),
            _ => value["Fn::Sub"].as_str().map(Value::from),
        };
        carried_out(template.as_object().expect("an object"), &known).into()
    }

    #[test]
    fn a_loop_is_written_out_in_keys_and_values() {
        let fragment =
            json!({ "Topic${Name}": { "Properties": { "TopicName": { "Ref": "Name" }, "Display": "the ${Name}" } } });
        let template = json!({ "Resources": { "Fn::ForEach::Topics": ["Name", { "Ref": "Zones" }, fragment] } });
        assert!(has_loop(&template));
        let expected = json!({ "Resources": {
            "Topica": { "Properties": { "TopicName": "a", "Display": "the a" } },
            "Topicb": { "Properties": { "TopicName": "b", "Display": "the b" } },
        } });
        assert_eq!(done(&template), expected);
    }

    #[test]
    fn what_is_no_letter_is_left_out_of_keys_that_ask_for_it() {
        let subnets = json!(["Cidr", ["10.0.0.0/24"], { "Subnet&{Cidr}": { "CidrBlock": "${Cidr}" } }]);
        let template = json!({ "Resources": { "Fn::ForEach::Subnets": subnets } });
        assert_eq!(done(&template), json!({ "Resources": { "Subnet1000024": { "CidrBlock": "10.0.0.0/24" } } }));
    }

    #[test]
    fn loops_within_loops_and_within_properties() {
        let inner =
            json!(["B", ["1", "2"], { "P${A}${B}": { "Fn::ForEach::Parts": ["C", ["x"], { "K${C}": "${A}${B}" }] } }]);
        let template = json!({ "Outputs": { "Fn::ForEach::Outer": ["A", ["a"], { "Fn::ForEach::Inner": inner }] } });
        assert_eq!(done(&template), json!({ "Outputs": { "Pa1": { "Kx": "a1" }, "Pa2": { "Kx": "a2" } } }));
    }

    #[test]
    fn what_is_not_known_stays_with_all_that_is_around_it() {
        let inner = json!(["B", { "Ref": "Unknown" }, { "P${A}${B}": {} }]);
        let template = json!({ "Resources": { "Fn::ForEach::Outer": ["A", ["a"], { "Fn::ForEach::Inner": inner }] } });
        assert_eq!(done(&template), template);
    }

    #[test]
    fn loops_that_would_fill_the_memory_stay() {
        let items: Vec<String> = (0..200).map(|at| format!("{at:0>100}")).collect();
        let nested = ["D", "C", "B", "A"].iter().fold(
            json!({ "R${A}${B}${C}${D}": {} }),
            |inner, name| json!({ (format!("Fn::ForEach::{name}")): [name, items, inner] }),
        );
        let template = json!({ "Resources": nested });
        assert_eq!(done(&template), template);
    }

    #[test]
    fn names_and_policies_may_be_functions() {
        let resource = json!({ "DeletionPolicy": { "Fn::Sub": "Retain" }, "Properties": {
            "A": { "Ref": { "Fn::Sub": "Vpc" } }, "B": { "Fn::GetAtt": [{ "Fn::Sub": "Vpc" }, "CidrBlock"] } } });
        let expected = json!({ "DeletionPolicy": "Retain", "Properties": {
            "A": { "Ref": "Vpc" }, "B": { "Fn::GetAtt": ["Vpc", "CidrBlock"] } } });
        assert_eq!(done(&json!({ "Resources": { "R": resource } })), json!({ "Resources": { "R": expected } }));
    }
}
