//! Walking a type's tree and its registry schema side by side: bounds, enums and references move over.
//!
//! A definition can stand at several places with several schemas. Then it keeps only what all of them say.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use super::constraints;
use super::references;
use super::schema::{Place, Schema};
use crate::cfn::model::{Attribute, Bounds, Kind, Object, Property, ResourceType, Shape};

pub(crate) fn apply(merged: &mut ResourceType, schema: Schema<'_>) {
    let base = merged.objects.clone();
    let mut walk = Walk { schema, base: &base, seen: BTreeSet::new(), first: BTreeSet::new(), open: VecDeque::new() };
    walk.open.push_back((0, schema.root()));
    while let Some((index, place)) = walk.open.pop_front() {
        if walk.seen.insert((index, place.identity())) {
            walk.object(index, &place, &mut merged.objects);
        }
    }
    for (name, attribute) in &mut merged.attributes {
        attribute_references(schema, name, attribute);
    }
}

struct Walk<'a, 'b> {
    schema: Schema<'a>,
    base: &'b [Object],
    seen: BTreeSet<(usize, *const Value)>,
    first: BTreeSet<usize>,
    open: VecDeque<(usize, Place<'a>)>,
}

impl<'a> Walk<'a, '_> {
    fn object(&mut self, index: usize, place: &Place<'a>, objects: &mut [Object]) {
        let first = self.first.insert(index);
        objects[index].is_open |= is_open(place);
        let nodes = self.schema.properties(place);
        let required = required(place);
        for (name, base) in &self.base[index].properties {
            let Some(node) = nodes.get(name.as_str()) else { continue };
            let here = self.schema.place(node);
            let mut property = base.clone();
            self.shape(&mut property.shape, &here);
            describe(&mut property, &here, required.contains(name.as_str()));
            let Some(current) = objects[index].properties.get_mut(name) else { continue };
            if first {
                *current = property;
            } else {
                loosen(&mut current.shape, &property.shape);
                current.required &= property.required;
            }
        }
        let found = constraints::of(place, &self.base[index]);
        let constraints = &mut objects[index].constraints;
        if first {
            *constraints = found;
        } else {
            constraints.retain(|constraint| found.contains(constraint));
        }
    }

    fn shape(&mut self, shape: &mut Shape, place: &Place<'a>) {
        if !agrees(&shape.kind, place) {
            return;
        }
        bound(shape, place);
        shape.references.extend(references::of_schema(self.schema, place));
        match &mut shape.kind {
            Kind::List(element) | Kind::Map(element) => {
                // A mark on the list speaks of its items.
                element.references.append(&mut shape.references);
                if let Some(inner) = self.schema.element(place) {
                    self.shape(element, &inner);
                }
            }
            Kind::Object(index) => self.open.push_back((*index, place.clone())),
            _ => {}
        }
    }
}

/// Whether an object with named properties takes others too.
fn is_open(place: &Place<'_>) -> bool {
    let takes_others =
        place.find("additionalProperties") == Some(&Value::Bool(true)) || place.find("patternProperties").is_some();
    takes_others && place.find("properties").is_some()
}

fn required<'a>(place: &Place<'a>) -> BTreeSet<&'a str> {
    let lists = place.layers.iter().filter_map(|layer| layer.get("required")?.as_array());
    lists.flatten().filter_map(Value::as_str).collect()
}

/// What is required is taken from the schema: the other source also lists what its documentation says of alternatives.
fn describe(property: &mut Property, place: &Place<'_>, required: bool) {
    property.required = required;
    if property.documentation.is_empty() {
        place.text("description").unwrap_or_default().clone_into(&mut property.documentation);
    }
    if property.default.is_none() {
        property.default = place.find("default").map(Value::to_string);
    }
}

/// Whether the schema's node is of the same kind, so that its bounds mean what they say.
fn agrees(kind: &Kind, place: &Place<'_>) -> bool {
    match (kind, place.kind()) {
        (Kind::Text | Kind::Timestamp, Some(other)) => other == "string",
        (Kind::Integer | Kind::Number, Some(other)) => matches!(other, "integer" | "number"),
        (Kind::Boolean, Some(other)) => other == "boolean",
        (Kind::List(_), Some(other)) => other == "array",
        (Kind::Object(_) | Kind::Map(_) | Kind::Tag, Some(other)) => other == "object",
        (Kind::Json | Kind::Union(_), _) => false,
        (_, None) => place.find("type").is_none(),
    }
}

fn bound(shape: &mut Shape, place: &Place<'_>) {
    let number = |key: &str| place.find(key).and_then(Value::as_f64);
    let count = |key: &str| place.find(key).and_then(Value::as_u64);
    let format = place.text("format").filter(|format| !format.contains("::"));
    shape.bounds = Bounds {
        pattern: place.text("pattern").filter(|pattern| !pattern.is_empty()).map(str::to_owned),
        minimum: number("minimum"),
        maximum: number("maximum"),
        minimum_length: count("minLength"),
        maximum_length: count("maxLength"),
        minimum_items: count("minItems"),
        maximum_items: count("maxItems"),
        unique_items: place.find("uniqueItems").and_then(Value::as_bool).unwrap_or(false),
        format: format.map(str::to_owned),
    };
    if matches!(shape.kind, Kind::Text | Kind::Integer) {
        let ignoring = place.find("enumCaseInsensitive");
        shape.allowed_ignores_case |= ignoring.is_some();
        let listed = place.find("enum").or(ignoring).and_then(Value::as_array);
        merge_allowed(&mut shape.allowed, ignoring.is_some(), listed.into_iter().flatten());
    }
}

/// Both sources list values; neither is complete, so the union is what may be written.
fn merge_allowed<'a>(allowed: &mut Vec<String>, ignoring_case: bool, listed: impl Iterator<Item = &'a Value>) {
    for value in listed {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let is_known = |known: &String| *known == text || (ignoring_case && known.eq_ignore_ascii_case(&text));
        if !allowed.iter().any(is_known) {
            allowed.push(text);
        }
    }
}

fn loosen(current: &mut Shape, other: &Shape) {
    fn keep<T: PartialEq>(current: &mut Option<T>, other: Option<&T>) {
        if current.as_ref() != other {
            *current = None;
        }
    }
    let (bounds, others) = (&mut current.bounds, &other.bounds);
    keep(&mut bounds.pattern, others.pattern.as_ref());
    keep(&mut bounds.minimum, others.minimum.as_ref());
    keep(&mut bounds.maximum, others.maximum.as_ref());
    keep(&mut bounds.minimum_length, others.minimum_length.as_ref());
    keep(&mut bounds.maximum_length, others.maximum_length.as_ref());
    keep(&mut bounds.minimum_items, others.minimum_items.as_ref());
    keep(&mut bounds.maximum_items, others.maximum_items.as_ref());
    keep(&mut bounds.format, others.format.as_ref());
    bounds.unique_items &= others.unique_items;
    if current.allowed.is_empty() || other.allowed.is_empty() {
        current.allowed.clear();
    } else {
        for value in &other.allowed {
            if !current.allowed.contains(value) {
                current.allowed.push(value.clone());
            }
        }
    }
    current.allowed_ignores_case |= other.allowed_ignores_case;
    current.references.extend(other.references.iter().cloned());
    if let (Kind::List(a) | Kind::Map(a), Kind::List(b) | Kind::Map(b)) = (&mut current.kind, &other.kind) {
        loosen(a, b);
    }
}

fn attribute_references(schema: Schema<'_>, name: &str, attribute: &mut Attribute) {
    let mut place = schema.root();
    for step in name.split('.') {
        let Some(node) = schema.properties(&place).get(step).copied() else { return };
        place = schema.place(node);
    }
    let mut found = references::of_schema(schema, &place);
    if let Some(element) = schema.element(&place) {
        found.extend(references::of_schema(schema, &element));
    }
    attribute.shape.leaf_mut().references.extend(found);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::apply;
    use crate::cfn::merge::schema::Schema;
    use crate::cfn::model::{Constraint, Kind, Object, Property, ResourceType, Shape};

    fn object(name: &str, properties: Vec<(&str, Kind)>) -> Object {
        let properties = properties.into_iter().map(|(name, kind)| (name.to_owned(), Property::of(Shape::of(kind))));
        Object { name: name.into(), properties: properties.collect(), ..Object::default() }
    }

    fn list_of(kind: Kind) -> Kind {
        Kind::List(Box::new(Shape::of(kind)))
    }

    fn thing(objects: Vec<Object>) -> ResourceType {
        ResourceType { name: "AWS::A::Thing".into(), objects, ..ResourceType::default() }
    }

    #[test]
    fn bounds_move_to_the_value_they_bound() {
        let schema = json!({
            "required": ["Names"],
            "properties": {"Names": {"type": "array", "maxItems": 3, "uniqueItems": true, "items": {"$ref": "#/definitions/Name"}}},
            "definitions": {"Name": {"type": "string", "pattern": "^a", "maxLength": 9}},
        });
        let mut merged = thing(vec![object("Thing", vec![("Names", list_of(Kind::Text))])]);
        apply(&mut merged, Schema::new(&schema));
        let names = &merged.root().properties["Names"];
        assert!(names.required && names.shape.bounds.unique_items);
        assert_eq!(names.shape.bounds.maximum_items, Some(3));
        assert_eq!(names.shape.bounds.pattern, None);
        assert_eq!(names.shape.leaf().bounds.pattern.as_deref(), Some("^a"));
        assert_eq!(names.shape.leaf().bounds.maximum_length, Some(9));
    }

    #[test]
    fn what_is_of_another_kind_bounds_nothing() {
        let schema = json!({"properties": {"Size": {"type": "string", "pattern": "^[0-9]+$"}}});
        let mut merged = thing(vec![object("Thing", vec![("Size", Kind::Integer)])]);
        apply(&mut merged, Schema::new(&schema));
        assert_eq!(merged.root().properties["Size"].shape, Shape::of(Kind::Integer));
    }

    #[test]
    fn values_of_both_sources_are_allowed() {
        let schema = json!({"properties": {"Mode": {"type": "string", "enum": ["fast", "slow"]}}});
        let mut merged = thing(vec![object("Thing", vec![("Mode", Kind::Text)])]);
        let mode = |merged: &mut ResourceType| {
            merged.objects[0].properties.get_mut("Mode").map(|mode| mode.shape.allowed.clone())
        };
        if let Some(property) = merged.objects[0].properties.get_mut("Mode") {
            property.shape.allowed = vec!["fast".into(), "eco".into()];
        }
        apply(&mut merged, Schema::new(&schema));
        assert_eq!(mode(&mut merged), Some(vec!["fast".into(), "eco".into(), "slow".into()]));
    }

    #[test]
    fn a_definition_at_two_places_keeps_what_both_say() {
        let schema = json!({"properties": {
            "First": {"type": "object", "properties": {"Size": {"type": "integer", "minimum": 1, "maximum": 5}}, "required": ["Size"]},
            "Second": {"type": "object", "properties": {"Size": {"type": "integer", "minimum": 1, "maximum": 9}}},
        }});
        let root = object("Thing", vec![("First", Kind::Object(1)), ("Second", Kind::Object(1))]);
        let mut merged = thing(vec![root, object("Part", vec![("Size", Kind::Integer)])]);
        apply(&mut merged, Schema::new(&schema));
        let size = &merged.objects[1].properties["Size"];
        assert_eq!((size.shape.bounds.minimum, size.shape.bounds.maximum), (Some(1.0), None));
        assert!(!size.required);
    }

    #[test]
    fn rules_between_properties_are_read() {
        let schema = json!({
            "properties": {"A": {"type": "string"}, "B": {"type": "string"}, "C": {"type": "string"}},
            "requiredXor": ["A", "B"],
            "dependentExcluded": {"A": ["C"]},
            "anyOf": [{"required": ["A"]}, {"required": ["B", "C"]}],
            "oneOf": [{"required": ["A"]}, {"required": ["NotHere"]}],
        });
        let mut merged = thing(vec![object("Thing", vec![("A", Kind::Text), ("B", Kind::Text), ("C", Kind::Text)])]);
        apply(&mut merged, Schema::new(&schema));
        let text = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let expected = vec![
            Constraint::Excludes("A".into(), text(&["C"])),
            Constraint::ExactlyOne(vec![text(&["A"]), text(&["B"])]),
            Constraint::AtLeastOne(vec![text(&["A"]), text(&["B", "C"])]),
        ];
        assert_eq!(merged.root().constraints, expected);
    }

    #[test]
    fn marks_become_references() {
        let schema = json!({"properties": {
            "Groups": {"type": "array", "format": "AWS::EC2::SecurityGroup.Ids", "items": {"type": "string"}},
            "Certificate": {"type": "string", "format": "AWS::ACM::Certificate.Arn"},
            "Key": {"type": "string", "anyOf": [{"format": "AWS::KMS::Key.Arn"}, {"format": "AWS::KMS::Key.Id"}]},
            "When": {"type": "string", "format": "date-time"},
        }});
        let kinds = vec![
            ("Groups", list_of(Kind::Text)),
            ("Certificate", Kind::Text),
            ("Key", Kind::Text),
            ("When", Kind::Text),
        ];
        let mut merged = thing(vec![object("Thing", kinds)]);
        apply(&mut merged, Schema::new(&schema));
        let targets = |name: &str| {
            let references = &merged.root().properties[name].shape.leaf().references;
            references
                .iter()
                .map(|reference| format!("{}.{}", reference.target, reference.attribute))
                .collect::<Vec<_>>()
        };
        assert_eq!(targets("Groups"), ["AWS::EC2::SecurityGroup.Id"]);
        assert_eq!(targets("Certificate"), ["AWS::CertificateManager::Certificate.Arn"]);
        assert_eq!(targets("Key"), ["AWS::KMS::Key.Arn", "AWS::KMS::Key.Id"]);
        assert!(targets("When").is_empty());
        assert_eq!(merged.root().properties["When"].shape.bounds.format.as_deref(), Some("date-time"));
    }
}
