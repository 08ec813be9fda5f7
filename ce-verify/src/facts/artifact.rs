//! Rows about files: what a file of the repository or of an assembly must hold.
//!
//! Without a `path` the file's text is looked at; with one, the tables and lists of a `.yml`, `.json` or `.toml`. The
//! operators are those of rows about templates.

use crate::facts::assertion::{Assertion, RowError};
use crate::facts::evidence::Evidence;
use crate::facts::files::{Entry, Files};
use crate::facts::operators::{Found, hold};
use crate::facts::row::Row;
use crate::facts::select::{Selected, Subject};
use crate::facts::table::ArtifactRow;
use crate::template::app::App;
use crate::template::path::{Path, Root, walk};
use crate::template::value::Value;

/// Longest text of a value in a report.
const SHOWN: usize = 300;

/// A row about a file, read.
#[derive(Debug)]
pub(crate) struct Artifact<'a> {
    row: &'a ArtifactRow,
    assertion: Assertion,
}

/// What came of looking at a file.
pub(crate) enum Seen {
    Holds,
    /// It does not; what was found instead.
    Fails(String),
    /// Nobody said where to look.
    Nowhere(String),
}

impl<'a> Artifact<'a> {
    /// Reads a row.
    ///
    /// # Errors
    /// When its path or pattern is malformed, or nothing would be proved.
    pub(crate) fn of(row: &'a ArtifactRow) -> Result<Self, RowError> {
        let assertion = Assertion::of(&Row {
            kind: Some("Artifacts".to_owned()),
            path: Some(row.path.clone().unwrap_or_else(|| "@text".to_owned())),
            exists: row.exists,
            equals: row.equals.clone(),
            contains: row.contains.clone(),
            contains_all: row.contains_all.clone(),
            regex: row.regex.clone(),
            ..Row::default()
        })?;
        if row.file.contains('*') && (row.path.is_some() || row.exists.is_none()) {
            return Err(RowError::Many { file: row.file.clone() });
        }
        Ok(Self { row, assertion })
    }

    pub(crate) fn judge(&self, evidence: &Evidence, files: &Files<'_>) -> Seen {
        let location = evidence.locate(&self.row.file);
        let slots = match files.entry(&location) {
            Err(reason) => return Seen::Nowhere(reason),
            Ok(Entry::Missing) => vec![None],
            Ok(Entry::Folder) => vec![self.whole().then_some(Value::Bool(true))],
            Ok(Entry::File(text)) if self.whole() => vec![Some(Value::text(text))],
            Ok(Entry::File(text)) => match files.document(&location, &text) {
                Ok(document) => walk(&document, self.path().map_or(&[][..], |path| &path.steps)),
                Err(error) => return Seen::Fails(error),
            },
        };
        let shown = shown(location.file(), &slots);
        // Nothing in a file leads to a resource: an app without any will do.
        let nowhere = App::nowhere();
        let found =
            Found { object: Selected { app: &nowhere, subject: Subject::File(location.file().to_owned()) }, slots };
        if hold(&self.assertion, &[found], &[]) { Seen::Holds } else { Seen::Fails(shown) }
    }

    fn path(&self) -> Option<&Path> {
        self.assertion.path.as_ref()
    }

    /// True when the row looks at the text as a whole.
    fn whole(&self) -> bool {
        self.path().is_some_and(|path| matches!(path.root, Root::Virtual(_)))
    }
}

fn shown(file: &str, slots: &[Option<Value>]) -> String {
    let values = slots.iter().map(|slot| slot.as_ref().map_or_else(|| "nothing".to_owned(), Value::json));
    let values: Vec<String> = values.map(|text| text.chars().take(SHOWN).collect()).collect();
    format!("{file}: {}", values.join(", "))
}
