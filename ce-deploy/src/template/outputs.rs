//! What nested stacks say when they are done, filled in where it is used.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Resolved;
use super::symbol;

/// How many bytes may be filled in: an output that is used often must not fill the memory.
const BYTES: usize = 16 << 20;

/// How often outputs are filled in: as deep as stacks may be nested in one another.
const ROUNDS: usize = 10;

impl Resolved {
    /// Where a resource takes an output of a nested stack, it takes what the output takes: `Outer.Outputs.Address` becomes
    /// `Outer.Queue.QueueName`. The outputs of stacks that are `unreadable`, and of those within them, stay as they are.
    pub(super) fn fill_in_outputs(&mut self, unreadable: &BTreeSet<String>) {
        let is_hidden = |name: &str| {
            unreadable.iter().any(|id| name.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with('.')))
        };
        let texts = self.inner.iter().filter(|(name, _)| !is_hidden(name));
        let texts: BTreeMap<String, String> =
            texts.filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
        if texts.is_empty() {
            return;
        }
        let mut left = BYTES;
        for _ in 0..ROUNDS {
            let properties = self.resources.values_mut().map(|resource| &mut resource.properties);
            let outputs = self.outputs.values_mut().map(|output| &mut output.value);
            let filled = properties.chain(outputs).fold(false, |any, value| fill_in(value, &texts, &mut left) | any);
            if !filled {
                return;
            }
        }
    }
}

fn fill_in(value: &mut Value, texts: &BTreeMap<String, String>, left: &mut usize) -> bool {
    match value {
        Value::String(text) => {
            let known = |name: &str| {
                let found = texts.get(name).filter(|found| found.len() <= *left)?;
                *left -= found.len();
                Some(found.as_str())
            };
            let Some(filled) = symbol::replaced(text, known) else { return false };
            *text = filled;
            true
        }
        Value::Array(items) => items.iter_mut().fold(false, |any, item| fill_in(item, texts, left) | any),
        Value::Object(map) => map.values_mut().fold(false, |any, item| fill_in(item, texts, left) | any),
        _ => false,
    }
}

/// An output is a text, whatever it is made from.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
