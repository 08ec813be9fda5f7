//! What the table of facts can't know: where this repository keeps the files that it names, which test proves a row
//! that is prose, and which other facts stand in for what can't be expressed.
//!
//! ```
//! # use ce_verify::{Evidence, Facts};
//! # use std::path::Path;
//! # let facts = Facts::load(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/reference/claude-enhancer.toml"))?;
//! let text = r#"
//! [[place]]
//! names = ".github/workflows"
//! assembly = "prod"
//! file = "workflows"
//!
//! [[control]]
//! fact = "6.3-07"
//! says = "every resource carries the tags"
//! by = ["6.3-04"]
//! "#;
//! let evidence = Evidence::parse(text, Path::new("evidence.toml"), &facts)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Without evidence files are looked for in the repository by the name the table gives them, rows that are prose fail,
//! and so does what can't be expressed and has no rows.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::facts::table::{Facts, FactsError, Kind};

/// Where files are, what proves prose, and what stands in for the impossible.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    #[serde(default, rename = "place")]
    pub(crate) places: Vec<Place>,
    #[serde(default, rename = "proof")]
    pub(crate) proofs: Vec<Proof>,
    #[serde(default, rename = "control")]
    pub(crate) controls: Vec<Control>,
}

/// Where a file or folder that facts name is kept; what is below it moves along.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    /// As the facts name it.
    pub(crate) names: String,
    repository: Option<String>,
    assembly: Option<String>,
    file: Option<String>,
    /// Why it is that file; for readers.
    #[serde(rename = "why")]
    _why: Option<String>,
}

/// What proves a row that is prose: a test, or a file with a text in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proof {
    pub(crate) fact: String,
    /// The row's `check`; absent where the fact has one such row.
    pub(crate) check: Option<String>,
    repository: Option<String>,
    assembly: Option<String>,
    file: Option<String>,
    /// The name of a test function in the file.
    pub(crate) test: Option<String>,
    /// A text that the file holds.
    pub(crate) holds: Option<String>,
}

/// What stands in for a fact that can't be expressed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Control {
    pub(crate) fact: String,
    /// What does the job instead.
    pub(crate) says: String,
    /// The facts that prove it.
    pub(crate) by: Vec<String>,
}

/// A file or folder, and where it is looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Location {
    /// Below the repository's root.
    Repository(String),
    /// Below the assembly of an environment.
    Assembly { environment: String, file: String },
}

/// Why evidence can't be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// The file can't be read.
    #[error(transparent)]
    File(#[from] FactsError),
    /// An entry names no fact of the table.
    #[error("`{path}` names a fact `{fact}` that the table does not have")]
    UnknownFact {
        /// The file.
        path: PathBuf,
        /// The name.
        fact: String,
    },
    /// An entry does not say what it must.
    #[error("`{path}`, {entry}: {reason}")]
    Entry {
        /// The file.
        path: PathBuf,
        /// The entry.
        entry: String,
        /// What is wrong, and what would be right.
        reason: &'static str,
    },
}

const WHERE: &str = "it needs `repository`, or `assembly` and `file`";

impl Evidence {
    /// Reads one file; `facts` is the table it is for.
    ///
    /// # Errors
    /// When the file can't be read, has an unknown field, or an entry of it is about nothing.
    pub fn load(path: impl AsRef<Path>, facts: &Facts) -> Result<Self, EvidenceError> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|source| FactsError::Read { path: path.to_owned(), source })?;
        Self::parse(&text, path, facts)
    }

    /// Reads a text; `path` is for messages.
    ///
    /// # Errors
    /// As [`Evidence::load`].
    pub fn parse(text: &str, path: &Path, facts: &Facts) -> Result<Self, EvidenceError> {
        let evidence: Self = toml::from_str(text)
            .map_err(|source| FactsError::Schema { path: path.to_owned(), source: Box::new(source) })?;
        evidence.check(path, facts)?;
        Ok(evidence)
    }

    fn check(&self, path: &Path, facts: &Facts) -> Result<(), EvidenceError> {
        let known = |id: &String| facts.fact.iter().find(|fact| fact.id == *id);
        let named = self.proofs.iter().map(|proof| &proof.fact);
        let named = named.chain(self.controls.iter().flat_map(|control| control.by.iter().chain([&control.fact])));
        for id in named {
            known(id).ok_or_else(|| EvidenceError::UnknownFact { path: path.to_owned(), fact: id.clone() })?;
        }
        let wrong = |entry: String, reason| EvidenceError::Entry { path: path.to_owned(), entry, reason };
        for place in &self.places {
            place.location("").ok_or_else(|| wrong(format!("place of `{}`", place.names), WHERE))?;
        }
        for proof in &self.proofs {
            let entry = || format!("proof of `{}`", proof.fact);
            proof.location().ok_or_else(|| wrong(entry(), WHERE))?;
            if proof.test.is_some() == proof.holds.is_some() {
                return Err(wrong(entry(), "it needs `test` or `holds`"));
            }
        }
        for control in &self.controls {
            let entry = || format!("control of `{}`", control.fact);
            if control.by.is_empty() {
                return Err(wrong(entry(), "nothing proves it, `by` needs facts"));
            }
            if known(&control.fact).is_none_or(|fact| fact.kind != Kind::Impossible) {
                return Err(wrong(entry(), "only what is impossible needs one"));
            }
        }
        Ok(())
    }

    /// Where a file that the facts name is looked for.
    pub(crate) fn locate(&self, file: &str) -> Location {
        let below = |place: &Place| {
            let rest = file.strip_prefix(place.names.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then_some(place.names.len()).zip(place.location(rest))
        };
        let found = self.places.iter().filter_map(below).max_by_key(|(length, _)| *length);
        found.map_or_else(|| Location::Repository(file.to_owned()), |(_, location)| location)
    }

    /// What proves a row that is prose.
    pub(crate) fn proof(&self, fact: &str, check: &str) -> Option<&Proof> {
        let of_fact = |proof: &&Proof| proof.fact == fact;
        self.proofs.iter().filter(of_fact).find(|proof| proof.check.as_ref().is_none_or(|written| written == check))
    }

    /// What stands in for a fact.
    pub(crate) fn control(&self, fact: &str) -> Option<&Control> {
        self.controls.iter().find(|control| control.fact == fact)
    }
}

impl Place {
    fn location(&self, rest: &str) -> Option<Location> {
        location(self.repository.as_ref(), self.assembly.as_ref(), self.file.as_ref(), rest)
    }
}

impl Proof {
    pub(crate) fn location(&self) -> Option<Location> {
        location(self.repository.as_ref(), self.assembly.as_ref(), self.file.as_ref(), "")
    }
}

fn location(
    repository: Option<&String>,
    assembly: Option<&String>,
    file: Option<&String>,
    rest: &str,
) -> Option<Location> {
    let joined = |file: &str| format!("{file}{rest}").trim_start_matches('/').to_owned();
    match (repository, assembly, file) {
        (Some(file), None, None) => Some(Location::Repository(joined(file))),
        (None, Some(environment), Some(file)) => {
            Some(Location::Assembly { environment: environment.clone(), file: joined(file) })
        }
        _ => None,
    }
}
