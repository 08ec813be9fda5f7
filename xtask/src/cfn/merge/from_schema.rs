//! A type that only the registry schemas know: the tree is read from the schema itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::schema::{Place, Schema, definition};
use crate::cfn::model::{Attribute, Kind, Object, Property, ResourceType, Shape};
use crate::cfn::names::words::pascal;

/// Builds objects as definitions are met, so that recursive ones end.
pub(super) struct Builder<'a> {
    schema: Schema<'a>,
    pub(super) objects: Vec<Object>,
    by_place: BTreeMap<*const Value, usize>,
    /// How many objects were there before; a definition that is one of them is not built again.
    given: usize,
}

pub(crate) fn resource(name: &str, schema: Schema<'_>) -> ResourceType {
    let mut builder = Builder::new(schema, vec![Object::default()]);
    builder.given = 0;
    let root = schema.root();
    let read_only = schema.paths("readOnlyProperties");
    let properties = builder.properties(&root);
    let is_input = |name: &String| !read_only.contains(name);
    let attributes = read_only
        .iter()
        .filter_map(|path| Some((path.replace('/', "."), attribute(&builder, &properties, path)?)))
        .collect();
    builder.objects[0] = Object {
        name: name.rsplit("::").next().unwrap_or_default().to_owned(),
        documentation: String::new(),
        properties: properties.into_iter().filter(|(name, _)| is_input(name)).collect(),
        constraints: vec![],
        is_open: false,
    };
    ResourceType {
        name: name.to_owned(),
        documentation: root.text("description").unwrap_or_default().to_owned(),
        objects: builder.sorted(),
        attributes,
        transform: name.starts_with("AWS::Serverless::").then(|| "AWS::Serverless-2016-10-31".to_owned()),
        ..ResourceType::default()
    }
}

fn attribute(builder: &Builder<'_>, properties: &BTreeMap<String, Property>, path: &str) -> Option<Attribute> {
    let mut steps = path.split('/');
    let mut property = properties.get(steps.next()?)?;
    for step in steps {
        let Kind::Object(index) = property.shape.kind else { return None };
        property = builder.objects[index].properties.get(step)?;
    }
    Some(Attribute { shape: property.shape.clone().without_objects(), documentation: property.documentation.clone() })
}

impl<'a> Builder<'a> {
    /// A builder that adds to these objects.
    pub(super) fn new(schema: Schema<'a>, objects: Vec<Object>) -> Self {
        let given = objects.len();
        Self { schema, objects, by_place: BTreeMap::new(), given }
    }

    /// A property as the schema's node has it.
    pub(super) fn property(&mut self, name: &str, node: &'a Value) -> Property {
        let place = self.schema.place(node);
        let documentation = place.text("description").unwrap_or_default().to_owned();
        Property { documentation, ..Property::of(self.shape(node, &place, name)) }
    }

    fn properties(&mut self, place: &Place<'a>) -> BTreeMap<String, Property> {
        let required: BTreeSet<&str> = place
            .layers
            .iter()
            .filter_map(|layer| layer.get("required")?.as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut found = BTreeMap::new();
        for (name, node) in self.schema.properties(place) {
            let property = self.property(name, node);
            found.insert(name.to_owned(), Property { required: required.contains(name), ..property });
        }
        found
    }

    fn shape(&mut self, node: &'a Value, place: &Place<'a>, hint: &str) -> Shape {
        Shape::of(match place.kind() {
            Some("string") => Kind::Text,
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            Some("array") => match place.find("items") {
                Some(items) => {
                    let here = self.schema.place(items);
                    Kind::List(Box::new(self.shape(items, &here, hint)))
                }
                None => Kind::List(Box::new(Shape::of(Kind::Json))),
            },
            Some("object") => self.object(node, place, hint),
            _ if !self.schema.properties(place).is_empty() => self.object(node, place, hint),
            _ => Kind::Json,
        })
    }

    fn object(&mut self, node: &'a Value, place: &Place<'a>, hint: &str) -> Kind {
        let properties = self.schema.properties(place);
        if properties.is_empty() {
            return match place.map_value() {
                Some(value) => {
                    let here = self.schema.place(value);
                    Kind::Map(Box::new(self.shape(value, &here, hint)))
                }
                None => Kind::Json,
            };
        }
        let name = definition(node).map_or_else(|| pascal(hint), str::to_owned);
        if name.starts_with("Tag") && properties.keys().eq(["Key", "Value"].iter()) {
            return Kind::Tag;
        }
        if let Some(index) = self.by_place.get(&place.identity()) {
            return Kind::Object(*index);
        }
        let is_this =
            |object: &Object| object.name == name && properties.keys().any(|key| object.properties.contains_key(*key));
        if let Some(index) = self.objects[..self.given].iter().position(is_this) {
            return Kind::Object(index);
        }
        let index = self.objects.len();
        self.by_place.insert(place.identity(), index);
        let documentation = place.text("description").unwrap_or_default().to_owned();
        self.objects.push(Object { name: self.free_name(name), documentation, ..Object::default() });
        let properties = self.properties(place);
        self.objects[index].properties = properties;
        Kind::Object(index)
    }

    fn free_name(&self, name: String) -> String {
        let taken = |name: &str| self.objects.iter().any(|object| object.name == name);
        if !taken(&name) {
            return name;
        }
        let mut number = 2;
        while taken(&format!("{name}{number}")) {
            number += 1;
        }
        format!("{name}{number}")
    }

    /// Definitions sorted by name, as the other source has them.
    fn sorted(self) -> Vec<Object> {
        let mut order: Vec<usize> = (1..self.objects.len()).collect();
        order.sort_by(|a, b| self.objects[*a].name.cmp(&self.objects[*b].name));
        let mut places = vec![0; self.objects.len()];
        for (to, from) in order.iter().enumerate() {
            places[*from] = to + 1;
        }
        let mut sorted: Vec<Object> = std::iter::once(0).chain(order).map(|at| self.objects[at].clone()).collect();
        for object in &mut sorted {
            for property in object.properties.values_mut() {
                if let Kind::Object(index) = &mut property.shape.leaf_mut().kind {
                    *index = places[*index];
                }
            }
        }
        sorted
    }
}
