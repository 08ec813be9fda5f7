//! A file of reference facts, read strictly: a field or operator that is not known is an error, not a silence.
//!
//! ```no_run
//! let facts = ce_verify::Facts::load("tests/reference/claude-enhancer.toml")?;
//! println!("{} facts", facts.fact.len());
//! # Ok::<(), ce_verify::FactsError>(())
//! ```
//!
//! What the words mean is written in the files themselves, under `[meta]`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::facts::artifact::Artifact;
use crate::facts::assertion::{self, RowError};
use crate::facts::row::Row;

/// Why a file of facts can't be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FactsError {
    /// The file can't be read.
    #[error("can't read `{path}`: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file does not follow the schema.
    #[error("`{path}` does not follow the schema of facts: {source}")]
    Schema {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        source: Box<toml::de::Error>,
    },
    /// A row asserts nothing that can be judged.
    #[error("row {row} of fact `{fact}`: {source}")]
    Row {
        /// The fact.
        fact: String,
        /// Its row, from 1.
        row: usize,
        /// What is wrong.
        source: RowError,
    },
}

/// All facts of one reference document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// What the file says of itself.
    pub meta: Meta,
    /// The facts, in order.
    pub fact: Vec<Fact>,
}

/// What a file says of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the file documents its own header")]
pub struct Meta {
    pub schema_version: u32,
    pub title: Option<String>,
    pub system: Option<String>,
    pub source: Option<String>,
    pub source_lines: Option<u32>,
    pub primary_region: String,
    pub dr_region: String,
    pub fact_count: usize,
    pub decisions_file: Option<String>,
    pub schema_baseline: Option<String>,
    pub count_by_kind: BTreeMap<String, usize>,
    pub count_by_status: BTreeMap<String, usize>,
    #[serde(default)]
    pub sections: BTreeMap<String, String>,
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    #[serde(default)]
    pub profiles: BTreeMap<String, String>,
    pub kinds: BTreeMap<String, String>,
    pub statuses: BTreeMap<String, String>,
    pub fields: BTreeMap<String, String>,
    pub expect_fields: BTreeMap<String, String>,
    pub virtual_paths: BTreeMap<String, String>,
}

/// Where a fact is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// In a template.
    Template,
    /// In a Kubernetes manifest.
    Manifest,
    /// By a model, or a value the source implies.
    Derived,
    /// In CI or in a deploy command.
    Pipeline,
    /// As a generated document.
    Runbook,
    /// Nowhere; its rows are the compensating control.
    Impossible,
    /// Nowhere, on purpose.
    OutOfScope,
}

/// How far an assertion is the document's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// The value as written.
    Exact,
    /// Another value; the decisions say why.
    Adjusted,
    /// The document gives no value.
    Silent,
    /// Not implemented.
    Rejected,
    /// Nothing beyond existence to prove.
    Informational,
}

impl Kind {
    /// The word of the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Manifest => "manifest",
            Self::Derived => "derived",
            Self::Pipeline => "pipeline",
            Self::Runbook => "runbook",
            Self::Impossible => "impossible",
            Self::OutOfScope => "out-of-scope",
        }
    }
}

impl Status {
    /// The word of the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Adjusted => "adjusted",
            Self::Silent => "silent",
            Self::Rejected => "rejected",
            Self::Informational => "informational",
        }
    }
}

/// One requirement of the document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable name.
    pub id: String,
    /// Section of the document.
    pub section: String,
    /// Lines of the document.
    pub lines: Vec<u32>,
    /// What it demands.
    pub summary: String,
    /// Where it is proved.
    pub kind: Kind,
    /// How far the assertion is the document's own.
    pub status: Status,
    /// Environments whose templates are searched.
    pub env: Vec<String>,
    /// Regions whose templates are searched; empty for every one.
    pub regions: Vec<String>,
    /// Deployment profile the templates must be synthesized with.
    pub profile: Option<String>,
    /// The document's words, where ours differ.
    pub doc: Option<String>,
    /// Decisions behind the assertion.
    #[serde(default)]
    pub decisions: Vec<String>,
    /// Reason and limits.
    pub note: Option<String>,
    /// Assertions.
    #[serde(default)]
    pub expect: Vec<Row>,
    /// Files of the repository and of the assemblies.
    #[serde(default)]
    pub artifact: Vec<ArtifactRow>,
    /// Values that a model computes.
    #[serde(default)]
    pub derive: Vec<DeriveRow>,
}

/// What a file must hold.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `meta.fields.artifact`")]
pub struct ArtifactRow {
    pub file: String,
    pub path: Option<String>,
    pub exists: Option<bool>,
    pub equals: Option<toml::Value>,
    pub contains: Option<toml::Value>,
    pub contains_all: Option<Vec<toml::Value>>,
    pub regex: Option<String>,
}

/// A value that a model computes; judged elsewhere.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `meta.fields.derive`")]
pub struct DeriveRow {
    pub model: String,
    pub metric: String,
    pub op: String,
    pub value: toml::Value,
    pub unit: Option<String>,
    pub verdict: Option<String>,
    pub tolerance: Option<toml::Value>,
}

impl Facts {
    /// Reads one file.
    ///
    /// # Errors
    /// When the file can't be read, has an unknown field, or has a row that asserts nothing.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, FactsError> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|source| FactsError::Read { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// Reads every `*.toml` of a folder, by file name without its ending.
    ///
    /// # Errors
    /// As [`Facts::load`], for the first file that fails.
    pub fn load_all(folder: impl AsRef<Path>) -> Result<BTreeMap<String, Self>, FactsError> {
        let folder = folder.as_ref();
        let failed = |source| FactsError::Read { path: folder.to_owned(), source };
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                files.insert(name, Self::load(&path)?);
            }
        }
        Ok(files)
    }

    /// Reads a text; `path` is for messages.
    ///
    /// # Errors
    /// As [`Facts::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, FactsError> {
        let facts: Self = toml::from_str(text)
            .map_err(|source| FactsError::Schema { path: path.to_owned(), source: Box::new(source) })?;
        for fact in &facts.fact {
            let of_row = |row| move |source| FactsError::Row { fact: fact.id.clone(), row, source };
            for (index, row) in fact.expect.iter().enumerate() {
                assertion::check(row).map_err(of_row(index + 1))?;
            }
            for (index, row) in fact.artifact.iter().enumerate() {
                Artifact::of(row).map_err(of_row(fact.expect.len() + index + 1))?;
            }
        }
        Ok(facts)
    }
}
