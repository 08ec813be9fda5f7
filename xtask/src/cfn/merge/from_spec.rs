//! A type as the service specification gives it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::references;
use crate::cfn::Failure;
use crate::cfn::model::{Attribute, Kind, Object, Property, Replaces, ResourceType, Shape, TagForm, Tagging};

type Definitions = BTreeMap<String, Value>;

/// Definitions of one type, by entity id, as indices of its objects.
struct Indices(BTreeMap<String, usize>);

pub(crate) fn resource(name: &str, entity: &Value, definitions: &Definitions) -> Result<ResourceType, Failure> {
    let reachable = reachable(entity, definitions);
    let mut order: Vec<(&str, u64, &String)> = reachable
        .iter()
        .map(|id| (definitions[id]["name"].as_str().unwrap_or_default(), id.parse().unwrap_or_default(), id))
        .collect();
    order.sort();
    let indices = Indices(order.iter().enumerate().map(|(at, (_, _, id))| ((*id).clone(), at + 1)).collect());
    let mut objects = vec![object(entity, &indices)?];
    for (_, _, id) in &order {
        objects.push(object(&definitions[*id], &indices)?);
    }
    let reference = match texts(&entity["cfnRefIdentifier"]) {
        identifiers if identifiers.is_empty() => texts(&entity["primaryIdentifier"]),
        identifiers => identifiers,
    };
    Ok(ResourceType {
        name: name.to_owned(),
        documentation: text(entity, "documentation"),
        objects,
        attributes: attributes(entity, &indices)?,
        primary_identifier: texts(&entity["primaryIdentifier"]),
        reference,
        tagging: tagging(&entity["tagInformation"]),
        stateful: entity["isStateful"].as_bool().unwrap_or(false),
        transform: entity["cloudFormationTransform"].as_str().map(str::to_owned),
        ..ResourceType::default()
    })
}

/// The ids of all definitions that properties lead to.
fn reachable(entity: &Value, definitions: &Definitions) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![entity];
    while let Some(entity) = open.pop() {
        let mut ids = vec![];
        for property in entity["properties"].as_object().into_iter().flat_map(|map| map.values()) {
            references_of(&property["type"], &mut ids);
        }
        for id in ids {
            if let Some(definition) = definitions.get(id)
                && found.insert(id.to_owned())
            {
                open.push(definition);
            }
        }
    }
    found
}

fn references_of<'a>(kind: &'a Value, ids: &mut Vec<&'a str>) {
    ids.extend(kind["reference"]["$ref"].as_str());
    if kind.get("element").is_some() {
        references_of(&kind["element"], ids);
    }
    for member in kind["types"].as_array().into_iter().flatten() {
        references_of(member, ids);
    }
}

fn object(entity: &Value, indices: &Indices) -> Result<Object, Failure> {
    let mut properties = BTreeMap::new();
    for (name, node) in entity["properties"].as_object().into_iter().flatten() {
        if node["deprecated"] == "IGNORE" {
            continue;
        }
        properties.insert(name.clone(), property(node, indices)?);
    }
    Ok(Object {
        name: text(entity, "name"),
        documentation: text(entity, "documentation"),
        properties,
        constraints: vec![],
        is_open: false,
    })
}

fn property(node: &Value, indices: &Indices) -> Result<Property, Failure> {
    let mut shape = shape(&node["type"], indices)?;
    shape.leaf_mut().references.extend(references::of_spec(node));
    Ok(Property {
        documentation: text(node, "documentation"),
        required: node["required"].as_bool().unwrap_or(false),
        replaces: match node["causesReplacement"].as_str() {
            Some("yes") => Replaces::Yes,
            Some("maybe") => Replaces::Maybe,
            _ => Replaces::No,
        },
        deprecated: node["deprecated"] == "WARN",
        default: node["defaultValue"].as_str().map(str::to_owned),
        ..Property::of(shape)
    })
}

fn shape(node: &Value, indices: &Indices) -> Result<Shape, Failure> {
    let element = || shape(&node["element"], indices).map(Box::new);
    let kind = match node["type"].as_str().unwrap_or_default() {
        "string" => Kind::Text,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "json" | "null" => Kind::Json,
        "date-time" => Kind::Timestamp,
        "tag" => Kind::Tag,
        "array" => Kind::List(element()?),
        "map" => Kind::Map(element()?),
        "ref" => {
            let id = node["reference"]["$ref"].as_str().unwrap_or_default();
            indices.0.get(id).map_or(Kind::Json, |index| Kind::Object(*index))
        }
        "union" => {
            let members = node["types"].as_array().into_iter().flatten();
            Kind::Union(members.map(|member| shape(member, indices)).collect::<Result<_, _>>()?)
        }
        other => {
            return Err(Failure::new(format!("`{other}` is a type this generator does not know")));
        }
    };
    let allowed = node["allowedValues"].as_array().into_iter().flatten();
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Ok(Shape { allowed: allowed.map(plain).collect(), ..Shape::of(kind) })
}

fn attributes(entity: &Value, indices: &Indices) -> Result<BTreeMap<String, Attribute>, Failure> {
    let mut found = BTreeMap::new();
    for (name, node) in entity["attributes"].as_object().into_iter().flatten() {
        let shape = shape(&node["type"], indices)?.without_objects();
        found.insert(name.clone(), Attribute { shape, documentation: text(node, "documentation") });
    }
    Ok(found)
}

fn tagging(node: &Value) -> Option<Tagging> {
    let property = node["tagPropertyName"].as_str()?.to_owned();
    let form = match node["variant"].as_str() {
        Some("asg") => TagForm::AutoScaling,
        Some("map") => TagForm::Map,
        _ => TagForm::List,
    };
    Some(Tagging { property, form, on_create: true, updatable: true })
}

fn text(node: &Value, key: &str) -> String {
    node[key].as_str().unwrap_or_default().to_owned()
}

fn texts(node: &Value) -> Vec<String> {
    node.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
