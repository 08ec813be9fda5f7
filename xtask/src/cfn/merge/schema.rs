//! Reading a registry schema: references resolved, alternatives kept apart.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A registry schema.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'a> {
    root: &'a Value,
}

/// A place in a schema: the node, what its `$ref` leads to, and the members of its `allOf`, nearest first.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    pub(crate) layers: Vec<&'a Value>,
}

impl<'a> Schema<'a> {
    pub(crate) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    pub(crate) fn root(self) -> Place<'a> {
        self.place(self.root)
    }

    pub(crate) fn value(self, key: &str) -> Option<&'a Value> {
        self.root.get(key)
    }

    pub(crate) fn place(self, node: &'a Value) -> Place<'a> {
        let mut layers = vec![];
        self.collect(node, &mut layers);
        Place { layers }
    }

    fn collect(self, node: &'a Value, layers: &mut Vec<&'a Value>) {
        if layers.iter().any(|layer| std::ptr::eq(*layer, node)) {
            return;
        }
        layers.push(node);
        if let Some(target) = node.get("$ref").and_then(Value::as_str).and_then(|reference| self.target(reference)) {
            self.collect(target, layers);
        }
        for member in node.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            if member.get("if").is_none() {
                self.collect(member, layers);
            }
        }
    }

    fn target(self, reference: &str) -> Option<&'a Value> {
        self.root.pointer(reference.strip_prefix('#')?)
    }

    /// The properties of an object, those of its alternatives included.
    pub(crate) fn properties(self, place: &Place<'a>) -> BTreeMap<&'a str, &'a Value> {
        let mut found = BTreeMap::new();
        for layer in &place.layers {
            for (name, node) in layer.get("properties").and_then(Value::as_object).into_iter().flatten() {
                found.entry(name.as_str()).or_insert(node);
            }
        }
        for alternative in self.alternatives(place) {
            for (name, node) in self.properties(&alternative) {
                found.entry(name).or_insert(node);
            }
        }
        found
    }

    /// The members of `oneOf` and `anyOf`.
    pub(crate) fn alternatives(self, place: &Place<'a>) -> Vec<Place<'a>> {
        let keys = ["oneOf", "anyOf"];
        let lists = place.layers.iter().flat_map(|layer| keys.iter().filter_map(|key| layer.get(key)?.as_array()));
        lists.flatten().map(|member| self.place(member)).collect()
    }

    /// What each item of a list, or each value of a map, is.
    pub(crate) fn element(self, place: &Place<'a>) -> Option<Place<'a>> {
        if let Some(items) = place.find("items") {
            return Some(self.place(items));
        }
        place.map_value().map(|node| self.place(node))
    }

    /// Paths such as `/properties/Tags/*/Key`, as `Tags/*/Key`.
    pub(crate) fn paths(self, key: &str) -> BTreeSet<String> {
        self.list(key).into_iter().collect()
    }

    pub(crate) fn list(self, key: &str) -> Vec<String> {
        let items = self.root.get(key).and_then(Value::as_array).into_iter().flatten();
        items
            .filter_map(Value::as_str)
            .map(|path| path.trim_start_matches('/').trim_start_matches("properties/").to_owned())
            .collect()
    }

    /// The IAM actions each handler needs.
    pub(crate) fn permissions(self) -> BTreeMap<String, Vec<String>> {
        let handlers = self.root.get("handlers").and_then(Value::as_object).into_iter().flatten();
        handlers
            .filter_map(|(name, handler)| {
                let actions = handler.get("permissions")?.as_array()?;
                let mut actions: Vec<String> = actions.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                actions.sort();
                actions.dedup();
                Some((name.clone(), actions))
            })
            .collect()
    }
}

/// The name of the definition a node refers to.
pub(crate) fn definition(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()?.strip_prefix("#/definitions/")
}

impl<'a> Place<'a> {
    /// The node of the values of a map.
    pub(crate) fn map_value(&self) -> Option<&'a Value> {
        if let Some(patterns) = self.find("patternProperties").and_then(Value::as_object) {
            return patterns.values().next();
        }
        self.find("additionalProperties").filter(|node| node.is_object())
    }

    /// The nearest value of a key.
    pub(crate) fn find(&self, key: &str) -> Option<&'a Value> {
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.find(key).and_then(Value::as_str)
    }

    /// The single type the node has, when it has one.
    pub(crate) fn kind(&self) -> Option<&'a str> {
        match self.find("type")? {
            Value::String(kind) => Some(kind),
            Value::Array(kinds) if kinds.len() == 1 => kinds[0].as_str(),
            _ => None,
        }
    }

    /// The node's own address, to tell two places apart.
    pub(crate) fn identity(&self) -> *const Value {
        self.layers.last().map_or(std::ptr::null(), |layer| std::ptr::from_ref(*layer))
    }
}
