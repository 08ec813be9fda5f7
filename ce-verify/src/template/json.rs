//! JSON as written: objects keep the order of their keys.
//!
//! A fact may look at the JSON text of a table (`^\{"ByteMatch`), so the order in the template is kept.
//! `serde_json`'s own switch for this is a feature that would change every other crate of the workspace.
//!
//! It keeps no white space and no duplicate keys: of two equal keys the last one stays, as in `CloudFormation`.

use std::fmt::{self, Display, Formatter};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A JSON value whose objects keep their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in the order it was written.
    Table(Vec<(String, Json)>),
}

impl Json {
    /// Reads a JSON text.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub(crate) fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The member of a table.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array.
    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members of a table; none for anything else.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Table(members) => members,
            _ => &[],
        }
    }

    /// A number, without a fraction when it has none; `null` when JSON can't hold it.
    pub(crate) fn float(value: f64) -> Self {
        serde_json::from_str(&value.to_string()).map_or(Self::Null, Self::Number)
    }

    fn insert(members: &mut Vec<(String, Self)>, key: String, value: Self) {
        match members.iter_mut().find(|(name, _)| *name == key) {
            Some(slot) => slot.1 = value,
            None => members.push((key, value)),
        }
    }
}

impl From<&toml::Value> for Json {
    fn from(value: &toml::Value) -> Self {
        match value {
            toml::Value::String(text) => Self::Text(text.clone()),
            toml::Value::Integer(number) => Self::Number((*number).into()),
            toml::Value::Float(number) => Self::float(*number),
            toml::Value::Boolean(flag) => Self::Bool(*flag),
            toml::Value::Datetime(moment) => Self::Text(moment.to_string()),
            toml::Value::Array(elements) => Self::List(elements.iter().map(Self::from).collect()),
            toml::Value::Table(members) => {
                Self::Table(members.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
        }
    }
}

impl Display for Json {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(flag) => write!(out, "{flag}"),
            Self::Number(number) => write!(out, "{number}"),
            Self::Text(text) => out.write_str(&quoted(text)),
            Self::List(elements) => {
                out.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    write!(out, "{}{element}", if index == 0 { "" } else { "," })?;
                }
                out.write_str("]")
            }
            Self::Table(members) => {
                out.write_str("{")?;
                for (index, (key, value)) in members.iter().enumerate() {
                    write!(out, "{}{}:{value}", if index == 0 { "" } else { "," }, quoted(key))?;
                }
                out.write_str("}")
            }
        }
    }
}

/// A string with its quotes and escapes.
pub(crate) fn quoted(text: &str) -> String {
    // A text is always JSON: nothing can fail.
    serde_json::to_string(text).unwrap_or_default()
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element()? {
            list.push(element);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = entries.next_entry::<String, Json>()? {
            Json::insert(&mut members, key, value);
        }
        Ok(Json::Table(members))
    }
}
