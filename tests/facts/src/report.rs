//! What came of the facts: a table by section, and for each failure the row, what it selected and what it found.
//!
//! It does not print; `Display` gives the text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};
use std::path::Path;

use thiserror::Error;

use crate::assembly::Assembly;
use crate::facts::Facts;
use crate::judge::{Assemblies, Scope, judge};

/// What came of a fact or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// It can't be judged, or need not hold yet; the reason says why.
    NotYet(String),
}

impl Outcome {
    /// Both must hold.
    pub(crate) fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Failed, _) | (_, Self::Failed) => Self::Failed,
            (Self::NotYet(reason), _) => Self::NotYet(reason),
            (Self::Passed, other) => other.clone(),
        }
    }

    /// One must hold.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Passed, _) | (_, Self::Passed) => Self::Passed,
            (Self::NotYet(reason), _) | (_, Self::NotYet(reason)) => Self::NotYet(reason),
            (Self::Failed, Self::Failed) => Self::Failed,
        }
    }
}

/// What came of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowVerdict {
    /// The row, as JSON.
    pub row: String,
    /// What came of it.
    pub outcome: Outcome,
    /// For a failure: the objects selected, and the values at the path.
    pub selected: Vec<String>,
}

/// What came of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The fact.
    pub id: String,
    /// Its section.
    pub section: String,
    /// What it demands.
    pub summary: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What came of its rows.
    pub rows: Vec<RowVerdict>,
}

/// What came of all facts.
#[derive(Clone, Debug)]
pub struct Report {
    /// One for each fact, in the file's order.
    pub verdicts: Vec<Verdict>,
    titles: BTreeMap<String, String>,
}

/// Some due fact does not hold.
#[derive(Debug, Error)]
#[error("{count} due facts fail\n{report}")]
pub struct DueFailed {
    count: usize,
    report: String,
}

/// Objects shown for one failing row.
const SHOWN: usize = 8;

impl Report {
    pub(crate) fn new(verdicts: Vec<Verdict>, titles: BTreeMap<String, String>) -> Self {
        Self { verdicts, titles }
    }

    /// Facts that are due and do not hold.
    pub fn failed(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Failed)
    }

    /// Numbers of facts passed, failed, and not yet judged or due.
    pub fn counts(&self) -> (usize, usize, usize) {
        tally(self.verdicts.iter())
    }

    /// Succeeds when no due fact fails.
    ///
    /// # Errors
    /// With the whole report, when one does.
    pub fn require(&self) -> Result<(), DueFailed> {
        match self.failed().count() {
            0 => Ok(()),
            count => Err(DueFailed { count, report: self.to_string() }),
        }
    }

    /// Sections in the file's order.
    fn sections(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let all = self.verdicts.iter().map(|verdict| verdict.section.as_str());
        all.filter(|section| seen.insert(section.to_owned())).collect()
    }
}

fn tally<'a>(verdicts: impl Iterator<Item = &'a Verdict>) -> (usize, usize, usize) {
    verdicts.fold((0, 0, 0), |(passed, failed, waiting), verdict| match verdict.outcome {
        Outcome::Passed => (passed + 1, failed, waiting),
        Outcome::Failed => (passed, failed + 1, waiting),
        Outcome::NotYet(_) => (passed, failed, waiting + 1),
    })
}

impl Display for Report {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "| section | passed | failed | not yet |\n|---|---:|---:|---:|")?;
        let line = |out: &mut Formatter<'_>, name: &str, (passed, failed, waiting)| {
            writeln!(out, "| {name} | {passed} | {failed} | {waiting} |")
        };
        for section in self.sections() {
            let of = self.verdicts.iter().filter(|verdict| verdict.section == section);
            let title = self.titles.get(section).map(|title| format!(" {title}")).unwrap_or_default();
            line(out, &format!("{section}{title}"), tally(of))?;
        }
        line(out, "all", self.counts())?;
        for verdict in self.verdicts.iter().filter(|verdict| verdict.outcome != Outcome::Passed) {
            writeln!(out, "\n{verdict}")?;
        }
        Ok(())
    }
}

impl Display for Verdict {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let word = match &self.outcome {
            Outcome::Passed => "passed".to_owned(),
            Outcome::Failed => "failed".to_owned(),
            Outcome::NotYet(reason) => format!("not yet, {reason}"),
        };
        write!(out, "{} {word}: {}", self.id, self.summary)?;
        for row in self.rows.iter().filter(|row| row.outcome == Outcome::Failed) {
            write!(out, "\n  row {}", row.row)?;
            if row.selected.is_empty() {
                write!(out, "\n    selected nothing")?;
            }
            for selected in row.selected.iter().take(SHOWN) {
                write!(out, "\n    found {selected}")?;
            }
            if row.selected.len() > SHOWN {
                write!(out, "\n    and {} more", row.selected.len() - SHOWN)?;
            }
        }
        Ok(())
    }
}

/// Proves a file of facts on assemblies on disk: each an environment, with `@profile` behind it if any, and a folder.
///
/// # Errors
/// When a file can't be read, or a due fact does not hold.
pub fn prove(
    facts: impl AsRef<Path>,
    assemblies: &[(&str, &Path)],
    scope: &Scope,
) -> Result<Report, Box<dyn std::error::Error>> {
    let facts = Facts::load(facts)?;
    let mut read = Assemblies::new();
    for (place, folder) in assemblies {
        let assembly = Assembly::read(folder)?;
        read = match place.split_once('@') {
            Some((environment, profile)) => read.with_profile(environment, profile, assembly),
            None => read.with(place, assembly),
        };
    }
    let report = judge(&facts, &read, scope);
    report.require()?;
    Ok(report)
}
