//! Properties that only the registry schema has: it is the newer of the two sources.

use std::collections::{BTreeSet, VecDeque};

use super::from_schema::Builder;
use super::schema::{Place, Schema};
use crate::cfn::model::{Kind, ResourceType};

/// Adds the properties that the schema knows and the service specification does not.
pub(super) fn add(merged: &mut ResourceType, schema: Schema<'_>) {
    let read_only = schema.paths("readOnlyProperties");
    let mut builder = Builder::new(schema, std::mem::take(&mut merged.objects));
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from([(0, String::new(), schema.root())]);
    while let Some((index, path, place)) = open.pop_front() {
        if !seen.insert((index, place.identity())) {
            continue;
        }
        for (name, node) in schema.properties(&place) {
            let here = format!("{path}{name}");
            if !builder.objects[index].properties.contains_key(name) {
                let is_known = path.is_empty() && (name == "Id" || merged.attributes.contains_key(name));
                if is_known || is_under(&read_only, &here) {
                    continue;
                }
                let property = builder.property(name, node);
                builder.objects[index].properties.insert(name.to_owned(), property);
            }
            let shape = &builder.objects[index].properties[name].shape;
            if let Kind::Object(inner) = shape.leaf().kind
                && let Some((place, steps)) = innermost(schema, schema.place(node), &shape.kind)
            {
                open.push_back((inner, format!("{here}/{steps}"), place));
            }
        }
    }
    merged.objects = builder.objects;
}

/// The schema of the innermost element, and the path there.
fn innermost<'a>(schema: Schema<'a>, place: Place<'a>, kind: &Kind) -> Option<(Place<'a>, String)> {
    match kind {
        Kind::List(element) | Kind::Map(element) => {
            let (place, steps) = innermost(schema, schema.element(&place)?, &element.kind)?;
            Some((place, format!("*/{steps}")))
        }
        _ => Some((place, String::new())),
    }
}

/// Whether a path, or one above it, is in the set.
fn is_under(paths: &BTreeSet<String>, path: &str) -> bool {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.into_iter().any(|end| paths.contains(&path[..end]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::add;
    use crate::cfn::merge::schema::Schema;
    use crate::cfn::model::{Kind, Object, Property, ResourceType, Shape};

    #[test]
    fn newer_properties_are_added_and_read_only_ones_are_not() {
        let schema = json!({
            "properties": {
                "Name": {"type": "string"},
                "Arn": {"type": "string"},
                "Mode": {"$ref": "#/definitions/Mode"},
            },
            "definitions": {"Mode": {"type": "object", "properties": {"Fast": {"type": "boolean"}, "State": {"type": "string"}}}},
            "readOnlyProperties": ["/properties/Arn", "/properties/Mode/State"],
        });
        let mut root = Object { name: "Thing".into(), ..Object::default() };
        root.properties.insert("Name".into(), Property::of(Shape::of(Kind::Text)));
        let mut thing = ResourceType { objects: vec![root], ..ResourceType::default() };
        add(&mut thing, Schema::new(&schema));
        let names: Vec<&String> = thing.root().properties.keys().collect();
        assert_eq!(names, ["Mode", "Name"]);
        assert_eq!(thing.root().properties["Mode"].shape.kind, Kind::Object(1));
        assert!(thing.objects[1].properties.contains_key("Fast"));
    }
}
