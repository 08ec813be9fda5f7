//! A row, read: its selection, paths and operators, with everything that can be wrong found before any template is.

use regex_lite::Regex;
use thiserror::Error;

use crate::facts::operators::{Mirror, Operator, Reference};
use crate::facts::row::{OneOrMany, Quantifier, Row};
use crate::facts::select::Selection;
use crate::template::json::Json;
use crate::template::path::{Path, PathError, Root};
use crate::template::virtual_paths;

/// Why a row can't be judged.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RowError {
    /// A path is malformed.
    #[error(transparent)]
    Path(#[from] PathError),
    /// A pattern is malformed.
    #[error("`{pattern}` is no pattern: {source}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What the parser says.
        source: Box<regex_lite::Error>,
    },
    /// A virtual path is not one of the vocabulary.
    #[error("`@{name}` is no virtual path, help: see `meta.virtual_paths`")]
    VirtualPath {
        /// The name after `@`.
        name: String,
    },
    /// The row would pass whatever the template says.
    #[error("the row proves nothing, help: give an operator with a `path`, or a count")]
    Nothing,
    /// An operator has no path to look at.
    #[error("an operator needs a `path`")]
    NoPath,
    /// A field of templates and one of manifests in one row.
    #[error("`{field}` is no field of a template row")]
    Foreign {
        /// The field.
        field: &'static str,
    },
    /// A row is about no object.
    #[error("the row is about nothing, help: give `type`, `k8s`, or `artifact` with `check`")]
    NoSubject,
    /// A row of prose has a field of another kind of row, or lacks its own.
    #[error("a row of prose has `artifact` and `check`, and besides them `profile` or `alt`")]
    Prose,
    /// The word for where the proof of prose lives is not one of the vocabulary.
    #[error("`{word}` names no place of proofs, help: see `meta.expect_fields`")]
    ProofPlace {
        /// The word.
        word: String,
    },
    /// Something is asked of what is in many files at once.
    #[error("`{file}` is many files: they can only exist")]
    Many {
        /// The name.
        file: String,
    },
    /// `where_contains` holds something that is not text.
    #[error("`where_contains.{key}` is neither text nor a list of texts")]
    Contained {
        /// The key.
        key: String,
    },
}

/// A row, ready to be judged.
#[derive(Debug)]
pub struct Assertion {
    pub(crate) kind: String,
    pub(crate) selection: Selection,
    pub(crate) path: Option<Path>,
    pub(crate) path_alt: Option<Path>,
    pub(crate) quantifier: Quantifier,
    pub(crate) count: Option<usize>,
    pub(crate) min_count: Option<usize>,
    pub(crate) max_count: Option<usize>,
    pub(crate) operators: Vec<Operator>,
    pub(crate) absent_ok: bool,
    pub(crate) vacuous_ok: bool,
}

impl Assertion {
    /// Reads a row.
    ///
    /// # Errors
    /// When a path or pattern is malformed, or nothing would be proved.
    pub fn of(row: &Row) -> Result<Self, RowError> {
        let kind = row.kind.clone().unwrap_or_default();
        for (given, field) in [
            (row.k8s.is_some(), "k8s"),
            (row.name.is_some(), "name"),
            (row.token.is_some(), "token"),
            (row.artifact.is_some(), "artifact"),
        ] {
            if given {
                return Err(RowError::Foreign { field });
            }
        }
        let assertion = Self {
            path: path(&kind, row.path.as_deref())?,
            path_alt: path(&kind, row.path_alt.as_deref())?,
            selection: Selection::read(&kind, &row.equal, &row.where_contains)?,
            quantifier: row.quantifier.unwrap_or_default(),
            count: row.count,
            min_count: row.min_count,
            max_count: row.max_count,
            operators: operators(&kind, row)?,
            absent_ok: row.absent_ok,
            vacuous_ok: row.vacuous_ok,
            kind,
        };
        let counts = [assertion.count, assertion.min_count, assertion.max_count];
        match (&assertion.path, assertion.operators.is_empty()) {
            (None, false) => Err(RowError::NoPath),
            (Some(_), true) => Err(RowError::Nothing),
            (None, true) if counts.iter().all(Option::is_none) => Err(RowError::Nothing),
            _ => Ok(assertion),
        }
    }
}

/// Where the proof of a row of prose lives; see `meta.expect_fields`.
const PROOF_PLACES: &[&str] = &[
    "assembly",
    "graph",
    "synth",
    "api",
    "app",
    "deploy-cli",
    "github-workflow",
    "platform-charts",
    "manifest-bundle",
    "example",
    "docs",
    "runbook",
    "cost-report",
    "dockerfile",
    "scheduled",
];

/// Checks a row of any kind: of templates, of manifests, or prose.
pub(crate) fn check(row: &Row) -> Result<(), RowError> {
    if row.is_template() {
        return Assertion::of(row).map(|_| ());
    }
    if row.k8s.is_some() {
        return Ok(());
    }
    let (Some(word), Some(_)) = (&row.artifact, &row.check) else {
        let is_prose = row.artifact.is_some() || row.check.is_some();
        return Err(if is_prose { RowError::Prose } else { RowError::NoSubject });
    };
    let alone = Row {
        artifact: row.artifact.clone(),
        check: row.check.clone(),
        profile: row.profile.clone(),
        alt: row.alt.clone(),
        ..Row::default()
    };
    if alone.to_string() != row.to_string() {
        return Err(RowError::Prose);
    }
    if PROOF_PLACES.contains(&word.as_str()) { Ok(()) } else { Err(RowError::ProofPlace { word: word.clone() }) }
}

/// Reads a path that starts at an object of a type.
pub(crate) fn path(kind: &str, written: Option<&str>) -> Result<Option<Path>, RowError> {
    let Some(written) = written else { return Ok(None) };
    let path: Path = written.parse()?;
    let is_section = kind == "Outputs" || kind == "Parameters";
    if let Root::Virtual(name) = &path.root {
        let known = match kind {
            "Artifacts" => name == "text",
            _ => is_section || virtual_paths::NAMES.contains(&name.as_str()),
        };
        if !known {
            return Err(RowError::VirtualPath { name: name.clone() });
        }
    }
    Ok(Some(path))
}

fn pattern(written: &str) -> Result<Regex, RowError> {
    Regex::new(written).map_err(|source| RowError::Pattern { pattern: written.to_owned(), source: Box::new(source) })
}

fn operators(kind: &str, row: &Row) -> Result<Vec<Operator>, RowError> {
    let mut found = of_values(row);
    if let Some(written) = &row.regex {
        found.push(Operator::Regex(pattern(written)?));
    }
    if let Some(written) = &row.not_regex {
        found.push(Operator::NotRegex(pattern(written)?));
    }
    if let Some(kind) = &row.refers {
        let alternatives = row.ref_alt.as_ref().map(OneOrMany::to_vec).unwrap_or_default();
        let selection = Selection::read(kind, &row.ref_where, &row.ref_where_contains)?;
        found.push(Operator::Ref(Reference { kind: kind.clone(), selection, alternatives }));
    }
    if let Some(mirror) = &row.mirrors {
        let selection = Selection::read(kind, &mirror.equal, &mirror.where_contains)?;
        found.push(Operator::Mirrors(Mirror { region: mirror.region.clone(), selection }));
    }
    Ok(found)
}

/// Operators whose values need no reading.
fn of_values(row: &Row) -> Vec<Operator> {
    let list = |values: &Vec<toml::Value>| values.iter().map(Json::from).collect();
    let table = |table: &toml::Table| Json::from(&toml::Value::Table(table.clone()));
    [
        row.equals.as_ref().map(|value| Operator::Equals(value.into())),
        row.not_equals.as_ref().map(|value| Operator::NotEquals(value.into())),
        row.any_of.as_ref().map(|values| Operator::AnyOf(list(values))),
        row.contains.as_ref().map(|value| Operator::Contains(value.into())),
        row.contains_all.as_ref().map(|values| Operator::ContainsAll(list(values))),
        row.min.map(Operator::Min),
        row.max.map(Operator::Max),
        row.length.map(Operator::Length),
        row.length_min.map(Operator::LengthMin),
        row.distinct.map(Operator::Distinct),
        row.exists.map(Operator::Exists),
        row.subset.as_ref().map(|wanted| Operator::Subset(table(wanted))),
        row.not_subset.as_ref().map(|wanted| Operator::NotSubset(table(wanted))),
        row.set_equals.as_ref().map(|values| Operator::SetEquals(list(values))),
        row.iam_allows.clone().map(Operator::Allows),
        row.iam_denies.clone().map(Operator::Denies),
    ]
    .into_iter()
    .flatten()
    .collect()
}
