//! `@tag.X`: a tag's value, from the resource's own tags or else from those of its stack.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::template::app::App;
use crate::template::value::{ResourceId, Value};

/// Types that take tags, and the property that holds them.
const TAGGABLE: &str = include_str!("../taggable_types.txt");

/// The property that holds the tags of a type, if the type takes tags.
pub(crate) fn tag_property(kind: &str) -> Option<&'static str> {
    static PROPERTIES: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| TAGGABLE.lines().filter_map(|line| line.split_once(' ')).collect());
    PROPERTIES.get(kind).copied()
}

/// A tag of the resource itself.
pub(crate) fn own_tag(app: &App, id: ResourceId, key: &str) -> Option<Value> {
    let kind = &app.resource(id).kind;
    let property = tag_property(kind).unwrap_or("Tags");
    match app.property(id, property)? {
        Value::List(pairs) => pairs
            .iter()
            .find(|pair| pair.get("Key").and_then(Value::scalar_text).as_deref() == Some(key))
            .and_then(|pair| pair.get("Value").cloned()),
        table => table.get(key).cloned(),
    }
}

/// A tag that a resource ends up with.
pub(crate) fn tag(app: &App, id: ResourceId, key: &str) -> Option<Value> {
    own_tag(app, id, key).or_else(|| {
        tag_property(&app.resource(id).kind)?;
        let stack = app.stack_of(id);
        stack.tags.iter().find(|(name, _)| name == key).map(|(_, value)| Value::text(value))
    })
}
