//! What came of one fact, and of one row of it.

use std::fmt::{self, Display, Formatter};

use serde::Serialize;

use crate::facts::table::{Fact, Kind, Status};

/// What came of a fact or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// It can't be judged, or need not hold yet; the reason says why.
    NotYet(String),
    /// Its kind is not judged here.
    NotJudged,
}

impl Outcome {
    /// Both must hold.
    pub(crate) fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Failed, _) | (_, Self::Failed) => Self::Failed,
            (Self::NotYet(reason), _) => Self::NotYet(reason),
            (Self::NotJudged, _) => Self::NotJudged,
            (Self::Passed, other) => other.clone(),
        }
    }

    /// One must hold.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Passed, _) | (_, Self::Passed) => Self::Passed,
            (Self::NotYet(reason), _) | (_, Self::NotYet(reason)) => Self::NotYet(reason),
            (Self::NotJudged, _) | (_, Self::NotJudged) => Self::NotJudged,
            (Self::Failed, Self::Failed) => Self::Failed,
        }
    }
}

/// What a report calls the outcome of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Word {
    /// It holds as the document has it.
    Passed,
    /// It holds with another value than the document's.
    Adjusted,
    /// It holds; the document gives no value.
    Silent,
    /// It can't be expressed, and what stands in for it holds.
    CannotBeExpressed,
    /// It does not hold.
    Failed,
    /// It can't be judged, or need not hold yet.
    NotYet,
    /// Its kind is not judged here.
    NotJudged,
}

impl Word {
    /// Every word, in the order of reports.
    pub(crate) const ALL: [Self; 7] = [
        Self::Passed,
        Self::Adjusted,
        Self::Silent,
        Self::CannotBeExpressed,
        Self::Failed,
        Self::NotYet,
        Self::NotJudged,
    ];

    /// The word as people read it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Adjusted => "adjusted",
            Self::Silent => "silent",
            Self::CannotBeExpressed => "cannot be expressed",
            Self::Failed => "failed",
            Self::NotYet => "not yet",
            Self::NotJudged => "not judged",
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

/// What stands in for a fact that can't be expressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// What does the job instead.
    pub says: String,
    /// The facts that prove it.
    pub by: Vec<String>,
}

/// What came of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The fact.
    pub id: String,
    /// Its section.
    pub section: String,
    /// The lines of the document it restates.
    pub lines: Vec<u32>,
    /// What it demands.
    pub summary: String,
    /// Where it is proved.
    pub kind: Kind,
    /// How far the assertion is the document's own.
    pub status: Status,
    /// The document's words, where the assertion differs.
    pub doc: Option<String>,
    /// Decisions behind the assertion.
    pub decisions: Vec<String>,
    /// Reason and limits.
    pub note: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// What came of its rows.
    pub rows: Vec<RowVerdict>,
    /// For a fact that can't be expressed: what stands in for it, besides its rows.
    pub control: Option<Substitute>,
}

impl Verdict {
    pub(crate) fn new(fact: &Fact, outcome: Outcome, rows: Vec<RowVerdict>) -> Self {
        Self {
            id: fact.id.clone(),
            section: fact.section.clone(),
            lines: fact.lines.clone(),
            summary: fact.summary.clone(),
            kind: fact.kind,
            status: fact.status,
            doc: fact.doc.clone(),
            decisions: fact.decisions.clone(),
            note: fact.note.clone(),
            outcome,
            rows,
            control: None,
        }
    }

    /// What a report calls it.
    pub fn word(&self) -> Word {
        match (&self.outcome, self.kind, self.status) {
            (Outcome::Failed, ..) => Word::Failed,
            (Outcome::NotYet(_), ..) => Word::NotYet,
            (Outcome::NotJudged, ..) => Word::NotJudged,
            (Outcome::Passed, Kind::Impossible, _) => Word::CannotBeExpressed,
            (Outcome::Passed, _, Status::Adjusted) => Word::Adjusted,
            (Outcome::Passed, _, Status::Silent) => Word::Silent,
            (Outcome::Passed, ..) => Word::Passed,
        }
    }

    /// Why it can't be judged yet.
    pub(crate) fn reason(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::NotYet(reason) => Some(reason),
            _ => None,
        }
    }
}

/// Objects shown for one failing row.
const SHOWN: usize = 8;

impl Display for Verdict {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let reason = self.reason().map(|reason| format!(", {reason}")).unwrap_or_default();
        write!(out, "{} {}{reason}: {}", self.id, self.word().as_str(), self.summary)?;
        let rows: Vec<&RowVerdict> = self.rows.iter().filter(|row| row.outcome == Outcome::Failed).collect();
        if self.outcome == Outcome::Failed && rows.is_empty() {
            let by = self.control.as_ref().map(|control| control.by.join(", "));
            let by = by.unwrap_or_else(|| "no row, and nothing stands in for it".to_owned());
            write!(out, "\n  proved by {by}")?;
        }
        for row in rows {
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
