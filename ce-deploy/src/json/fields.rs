//! An object whose fields are asked for, and are of the right kind or an error that says where.

use serde_json::{Map, Value};

/// A value is of another kind than it must be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{at}` must be {expected}")]
pub(crate) struct Misshapen {
    pub(crate) at: String,
    pub(crate) expected: &'static str,
}

/// An object, and where it is.
#[derive(Clone)]
pub(crate) struct Fields<'a> {
    at: String,
    map: &'a Map<String, Value>,
}

type Read<T> = Result<T, Misshapen>;

impl<'a> Fields<'a> {
    pub(crate) fn of(at: impl Into<String>, value: &'a Value) -> Read<Self> {
        let at = at.into();
        match value.as_object() {
            Some(map) => Ok(Self { at, map }),
            None => Err(Misshapen { at, expected: "an object" }),
        }
    }

    fn path(&self, name: &str) -> String {
        if self.at.is_empty() { name.to_owned() } else { format!("{}.{name}", self.at) }
    }

    pub(crate) fn wrong(&self, name: &str, expected: &'static str) -> Misshapen {
        Misshapen { at: self.path(name), expected }
    }

    /// The value; `null` is as good as none.
    pub(crate) fn value(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    fn optional<T>(&self, name: &str, expected: &'static str, read: fn(&'a Value) -> Option<T>) -> Read<Option<T>> {
        self.value(name).map(|value| read(value).ok_or_else(|| self.wrong(name, expected))).transpose()
    }

    pub(crate) fn text(&self, name: &str) -> Read<Option<&'a str>> {
        self.optional(name, "a text", Value::as_str)
    }

    pub(crate) fn required_text(&self, name: &str) -> Read<&'a str> {
        self.text(name)?.ok_or_else(|| self.wrong(name, "a text"))
    }

    pub(crate) fn flag(&self, name: &str) -> Read<Option<bool>> {
        self.optional(name, "`true` or `false`", Value::as_bool)
    }

    pub(crate) fn number(&self, name: &str) -> Read<Option<u32>> {
        self.optional(name, "a whole number", |value| value.as_u64().and_then(|number| number.try_into().ok()))
    }

    pub(crate) fn list(&self, name: &str) -> Read<&'a [Value]> {
        Ok(self.optional(name, "a list", Value::as_array)?.map_or(&[], Vec::as_slice))
    }

    pub(crate) fn texts(&self, name: &str) -> Read<Vec<&'a str>> {
        let texts =
            self.list(name)?.iter().map(|item| item.as_str().ok_or_else(|| self.wrong(name, "a list of texts")));
        texts.collect()
    }

    pub(crate) fn object(&self, name: &str) -> Read<Option<Fields<'a>>> {
        self.value(name).map(|value| Fields::of(self.path(name), value)).transpose()
    }

    /// An object's entries; none when it is not there.
    pub(crate) fn entries(&self, name: &str) -> Read<Vec<(&'a str, &'a Value)>> {
        let map = self.optional(name, "an object", Value::as_object)?;
        Ok(map.into_iter().flatten().map(|(key, value)| (key.as_str(), value)).collect())
    }

    /// An object's entries, each an object itself.
    pub(crate) fn objects(&self, name: &str) -> Read<Vec<(&'a str, Fields<'a>)>> {
        let path = self.path(name);
        let entries = self.entries(name)?.into_iter();
        entries.map(|(key, value)| Ok((key, Fields::of(format!("{path}.{key}"), value)?))).collect()
    }

    /// An object of texts.
    pub(crate) fn text_map(&self, name: &str) -> Read<Vec<(&'a str, &'a str)>> {
        let entries = self.entries(name)?.into_iter();
        entries
            .map(|(key, value)| Ok((key, value.as_str().ok_or_else(|| self.wrong(name, "an object of texts"))?)))
            .collect()
    }
}
