//! One `[[fact.expect]]` row as written.
//!
//! The fields are those of `meta.expect_fields`; [`Assertion`](crate::Assertion) is the same row, read.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

use crate::facts::table::ArtifactRow;

/// How many of the selected must satisfy an operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Quantifier {
    /// At least one.
    #[default]
    Any,
    /// Every one.
    All,
}

/// One text or several.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the variants say it")]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    /// The texts.
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text.clone()],
            Self::Many(texts) => texts.clone(),
        }
    }
}

/// The resource in the other Region that a value must mirror.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `meta.expect_fields`")]
pub struct MirrorRow {
    pub region: String,
    #[serde(rename = "where", default)]
    pub equal: toml::Table,
    #[serde(default)]
    pub where_contains: toml::Table,
}

/// Actions, and the resources they are for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `meta.expect_fields`")]
pub struct Grant {
    pub actions: Vec<String>,
    pub resource: Option<String>,
    pub resource_type: Option<String>,
    pub resource_contains: Option<String>,
}

/// A row as written.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `meta.expect_fields`")]
pub struct Row {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub k8s: Option<String>,
    pub name: Option<String>,
    #[serde(rename = "where", default, skip_serializing_if = "toml::Table::is_empty")]
    pub equal: toml::Table,
    #[serde(default, skip_serializing_if = "toml::Table::is_empty")]
    pub where_contains: toml::Table,
    pub path: Option<String>,
    pub path_alt: Option<String>,
    pub quantifier: Option<Quantifier>,
    pub count: Option<usize>,
    pub min_count: Option<usize>,
    pub max_count: Option<usize>,
    pub equals: Option<toml::Value>,
    pub not_equals: Option<toml::Value>,
    pub any_of: Option<Vec<toml::Value>>,
    pub contains: Option<toml::Value>,
    pub contains_all: Option<Vec<toml::Value>>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub length: Option<usize>,
    pub length_min: Option<usize>,
    pub distinct: Option<usize>,
    pub regex: Option<String>,
    pub not_regex: Option<String>,
    pub exists: Option<bool>,
    pub subset: Option<toml::Table>,
    pub not_subset: Option<toml::Table>,
    pub set_equals: Option<Vec<toml::Value>>,
    #[serde(rename = "ref")]
    pub refers: Option<String>,
    #[serde(default, skip_serializing_if = "toml::Table::is_empty")]
    pub ref_where: toml::Table,
    #[serde(default, skip_serializing_if = "toml::Table::is_empty")]
    pub ref_where_contains: toml::Table,
    pub ref_alt: Option<OneOrMany>,
    pub mirrors: Option<MirrorRow>,
    pub iam_allows: Option<Grant>,
    pub iam_denies: Option<Grant>,
    pub token: Option<toml::Value>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub absent_ok: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub vacuous_ok: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub each_region: bool,
    pub alt: Option<String>,
    pub profile: Option<String>,
    pub artifact: Option<String>,
    pub check: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Row {
    /// True when the row is about templates, not about manifests or prose.
    pub fn is_template(&self) -> bool {
        self.kind.is_some()
    }
}

impl Display for Row {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&as_json(self))
    }
}

impl Display for ArtifactRow {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&as_json(self))
    }
}

/// A row as JSON, without the fields it does not have.
fn as_json(row: &impl Serialize) -> String {
    serde_json::to_value(row).map(drop_nulls).map(|value| value.to_string()).unwrap_or_default()
}

fn drop_nulls(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(members) => serde_json::Value::Object(
            members
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key, drop_nulls(value)))
                .collect(),
        ),
        other => other,
    }
}
