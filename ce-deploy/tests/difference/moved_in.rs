//! A nested stack changes nothing: what is predicted of a template is predicted of the same with a part of it moved in.

use std::collections::BTreeSet;

use ce_deploy::difference::{Class, Difference};
use ce_deploy::template::{Template, Version};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::random::{NODES, edited};
use crate::world::{Model, id};

/// Moves resources into the nested stack `Nest`, with parameters for what they take and outputs for what they give.
fn moved_in(model: &Model, inside: &BTreeSet<String>) -> Version {
    let mut outer = model.template();
    let conditions = outer["Conditions"].clone();
    let (mut given, mut outputs, mut inner) = (Map::new(), Map::new(), Map::new());
    let resources = outer["Resources"].as_object_mut().unwrap();
    for id in inside {
        inner.extend(resources.remove(id).map(|resource| (id.clone(), resource)));
    }
    for resource in inner.values_mut() {
        exchange(resource, &|name| !inside.contains(name), &mut |expression| {
            let name = format!("In{}", given.len());
            given.insert(name.clone(), expression);
            json!({ "Ref": name })
        });
    }
    for resource in resources.values_mut() {
        exchange(resource, &|name| inside.contains(name), &mut |expression| {
            let name = format!("Out{}Id", outputs.len());
            outputs.insert(name.clone(), json!({ "Value": expression }));
            json!({ "Fn::GetAtt": ["Nest", format!("Outputs.{name}")] })
        });
    }
    let parameters: Map<String, Value> = given.keys().map(|name| (name.clone(), json!({ "Type": "String" }))).collect();
    let nest = json!({ "TemplateURL": "https://example.com/nest", "Parameters": given });
    resources.insert("Nest".to_owned(), json!({ "Type": "AWS::CloudFormation::Stack", "Properties": nest }));
    let inner = json!({ "Parameters": parameters, "Conditions": conditions, "Resources": inner, "Outputs": outputs });
    let parse = |template: &Value| Template::parse(&template.to_string()).unwrap();
    Version { nested: [("Nest".to_owned(), parse(&inner))].into(), ..Version::new(parse(&outer)) }
}

/// Exchanges every reference to what `is` tells.
fn exchange(value: &mut Value, is: &dyn Fn(&str) -> bool, other: &mut dyn FnMut(Value) -> Value) {
    let target = match &*value {
        Value::Object(map) if map.len() == 1 => match (map.get("Ref"), map.get("Fn::GetAtt")) {
            (Some(Value::String(name)), _) => Some(name.clone()),
            (_, Some(Value::String(name))) => name.split('.').next().map(str::to_owned),
            (_, Some(Value::Array(parts))) => parts[0].as_str().map(str::to_owned),
            _ => None,
        },
        _ => None,
    };
    match (target, value) {
        (Some(name), value) if is(&name) => *value = other(value.take()),
        (None, Value::Object(map)) => map.values_mut().for_each(|value| exchange(value, is, other)),
        (None, Value::Array(items)) => items.iter_mut().for_each(|value| exchange(value, is, other)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_nested_stack_changes_nothing((before, after) in edited(), chosen in prop::collection::vec(any::<bool>(), NODES)) {
        let inside: BTreeSet<String> = (0..NODES).filter(|at| chosen[*at]).map(id).collect();
        let plain = |model: &Model| Version::new(Template::parse(&model.template().to_string()).unwrap());
        let between = |a: &Version, b: &Version| Difference::between(Some(a), Some(b), &ce_cfn::SCHEMAS);
        let flat = between(&plain(&before), &plain(&after));
        let nested = between(&moved_in(&before, &inside), &moved_in(&after, &inside));
        for id in (0..NODES).map(id) {
            let within = if inside.contains(&id) { format!("Nest.{id}") } else { id.clone() };
            let class = |difference: &Difference, id: &str| {
                difference.resource(id).map_or(Class::Unchanged, |resource| resource.class)
            };
            let text = format!("{id}\n{}\n{}\n{}{}", before.template(), after.template(), flat.text(), nested.text());
            prop_assert_eq!(class(&flat, &id), class(&nested, &within), "{}", text);
        }
    }
}
