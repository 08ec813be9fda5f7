//! Which properties differ, and whether that replaces the resource.

use ce_synth::schema::{Replacement, TypeSchema};
use serde_json::{Map, Value};

use crate::simulator::template::same;

/// A property that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::simulator) struct Difference {
    /// Its name, at the top.
    pub(in crate::simulator) property: String,
    /// Whether the change replaces the resource.
    pub(in crate::simulator) replacement: Replacement,
}

/// What differs between two sets of properties.
pub(in crate::simulator) fn differences(
    schema: Option<&TypeSchema>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for (name, value) in after {
        if !before.get(name).is_some_and(|old| same(old, value)) {
            found.push(difference(schema, name, before.get(name), Some(value)));
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        found.push(difference(schema, name, before.get(name), None));
    }
    found
}

fn difference(schema: Option<&TypeSchema>, name: &str, before: Option<&Value>, after: Option<&Value>) -> Difference {
    let replacement = schema.map_or(Replacement::Never, |schema| judge(schema, name, before, after));
    Difference { property: name.to_owned(), replacement }
}

/// What the schema says of a property as a whole, or of the places in it that differ. It is read where the prediction
/// reads it, the lists of what is create-only, and in another way: that the two agree is tested below. Where the lists say
/// that some values replace and the documents say that all do, all do.
pub(in crate::simulator) fn judge(
    schema: &TypeSchema,
    name: &str,
    before: Option<&Value>,
    after: Option<&Value>,
) -> Replacement {
    let is_touched = |paths: &[&'static str]| {
        paths.iter().any(|path| {
            let mut steps = path.split('/');
            let is_here = steps.next() == Some(name);
            let inner: Vec<&str> = steps.collect();
            is_here && (inner.is_empty() || differ_at(before, after, &inner))
        })
    };
    if is_touched(&schema.create_only) {
        Replacement::Always
    } else if is_touched(&schema.conditional_create_only) {
        let documented = schema.property(name).map(|property| property.replacement);
        documented.filter(|documented| *documented == Replacement::Always).unwrap_or(Replacement::Conditional)
    } else {
        Replacement::Never
    }
}

fn differ_at(before: Option<&Value>, after: Option<&Value>, steps: &[&str]) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return match (before, after) {
            (Some(before), Some(after)) => !same(before, after),
            (before, after) => before.is_some() != after.is_some(),
        };
    };
    if *step == "*" {
        let items = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
        let (before, after) = (items(before), items(after));
        return (0..before.len().max(after.len())).any(|at| differ_at(before.get(at), after.get(at), rest));
    }
    differ_at(before.and_then(|value| value.get(step)), after.and_then(|value| value.get(step)), rest)
}

#[cfg(test)]
mod tests {
    use ce_synth::schema::{Replacement, TypeSchema};
    use serde_json::{Map, Value, json};

    use super::judge;
    use crate::difference::{Difference, Effect};
    use crate::template::{Template, Version};

    /// Each property of a type that is written, in a resource of its own, with this value.
    fn version(schema: &TypeSchema, value: &str) -> Version {
        let inputs = schema.root().properties.iter().filter(|property| !property.read_only);
        let resource = |name: &str| json!({ "Type": schema.name, "Properties": { name: value } });
        let resources: Map<String, Value> =
            inputs.map(|property| (property.name.to_owned(), resource(property.name))).collect();
        Version::new(Template::parse(&json!({ "Resources": resources }).to_string()).expect("a template"))
    }

    #[test]
    fn it_judges_as_the_prediction_does() {
        let (one, other) = (json!("a"), json!("b"));
        let mut differ = Vec::new();
        for schema in ce_cfn::SCHEMAS.names().filter_map(|name| ce_cfn::SCHEMAS.find(name)) {
            // These decide by themselves, and the prediction says so.
            if matches!(schema.name, "AWS::CloudFormation::Stack" | "AWS::CloudFormation::CustomResource") {
                continue;
            }
            let versions = (version(schema, "a"), version(schema, "b"));
            let difference = Difference::between(Some(&versions.0), Some(&versions.1), &ce_cfn::SCHEMAS);
            for resource in &difference.resources {
                let judged = judge(schema, &resource.logical_id, Some(&one), Some(&other));
                let property = &resource.properties[0];
                let agrees = match property.effect {
                    Effect::Replaces => judged == Replacement::Always,
                    // What the guide says beyond the schemas is not played.
                    Effect::MayReplace if property.reason.as_ref().is_some_and(|why| why.contains("may refuse")) => {
                        true
                    }
                    Effect::MayReplace => judged != Replacement::Never,
                    Effect::InPlace | Effect::Interrupts | Effect::MayRefuse => judged == Replacement::Never,
                };
                differ.extend((!agrees).then(|| format!("{}.{}: {judged:?}", schema.name, resource.logical_id)));
            }
        }
        assert!(differ.is_empty(), "{differ:#?}");
    }
}
