//! Pieces of JSON Schema, as far as rules about resources use it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// A piece of JSON Schema. Every part that is given must hold; an empty one always holds.
///
/// A part about one type says nothing about values of another: `properties` holds for every text.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Fragment {
    /// The value is of one of these types.
    #[serde(rename = "type", deserialize_with = "one_or_more")]
    pub types: Vec<JsonType>,
    /// The value is this.
    #[serde(rename = "const")]
    pub constant: Option<Value>,
    /// The value is one of these.
    #[serde(rename = "enum")]
    pub enumeration: Option<Vec<Value>>,
    /// The properties that are there hold.
    pub properties: BTreeMap<String, Member>,
    /// These properties are there.
    pub required: Vec<String>,
    /// When the property is there, none of these is.
    pub dependent_excluded: BTreeMap<String, Vec<String>>,
    /// Whether properties that are not named above may be there.
    pub additional_properties: Option<bool>,
    /// Every property's name, as a text, holds.
    pub property_names: Option<Box<Fragment>>,
    /// Every item holds.
    pub items: Option<Box<Fragment>>,
    /// Some item holds.
    pub contains: Option<Box<Fragment>>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
    /// Shortest text.
    pub min_length: Option<u64>,
    /// Longest text.
    pub max_length: Option<u64>,
    /// A regular expression that is found somewhere in the text.
    pub pattern: Option<String>,
    /// A named format.
    pub format: Option<String>,
    /// Smallest number.
    pub minimum: Option<f64>,
    /// Largest number.
    pub maximum: Option<f64>,
    /// The number is larger than this.
    pub exclusive_minimum: Option<f64>,
    /// The number is a multiple of this.
    pub multiple_of: Option<f64>,
    /// This does not hold.
    pub not: Option<Box<Fragment>>,
    /// All of these hold.
    pub all_of: Vec<Fragment>,
    /// One or more of these hold.
    pub any_of: Vec<Fragment>,
    /// One and no other of these holds.
    pub one_of: Vec<Fragment>,
    /// When this holds, `then` must hold, else `otherwise`.
    #[serde(rename = "if")]
    pub when: Option<Box<Fragment>>,
    /// What must hold when `when` does.
    pub then: Option<Box<Fragment>>,
    /// What must hold when `when` does not.
    #[serde(rename = "else")]
    pub otherwise: Option<Box<Fragment>>,
}

/// What a piece says about a property.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Member {
    /// `false`: it must not be there.
    Allowed(bool),
    /// When it is there, this holds for it.
    Holds(Box<Fragment>),
}

/// A type of JSON Schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JsonType {
    /// A text.
    String,
    /// A whole number. CloudFormation takes a text of digits, too.
    Integer,
    /// A number. CloudFormation takes a text, too.
    Number,
    /// `true` or `false`. CloudFormation takes the texts, too.
    Boolean,
    /// An object.
    Object,
    /// A list.
    Array,
    /// `null`.
    Null,
}

fn one_or_more<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<JsonType>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMore {
        One(JsonType),
        More(Vec<JsonType>),
    }
    Ok(match OneOrMore::deserialize(deserializer)? {
        OneOrMore::One(one) => vec![one],
        OneOrMore::More(more) => more,
    })
}
