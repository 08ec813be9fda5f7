//! The report as machines read it.

use serde::Serialize;

use crate::conformance::report::Report;
use crate::conformance::tally::Tally;
use crate::conformance::verdict::{Outcome, RowVerdict, Verdict, Word};

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    title: &'a str,
    line: String,
    totals: Tally,
    sections: Vec<Group<'a>>,
    kinds: Vec<Group<'a>>,
    facts: Vec<Fact<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    totals: Tally,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fact<'a> {
    id: &'a str,
    section: &'a str,
    lines: &'a [u32],
    summary: &'a str,
    kind: &'a str,
    status: &'a str,
    outcome: Word,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_says: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    decisions: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    control: Option<Control<'a>>,
    /// Those that do not hold, and of what can't be expressed all: they stand in for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Control<'a> {
    says: &'a str,
    by: &'a [String],
}

#[derive(Serialize)]
struct Row<'a> {
    asserts: &'a str,
    holds: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    found: &'a [String],
}

pub(super) fn of(report: &Report) -> String {
    let (sections, kinds) = (report.by_section(), report.by_kind());
    let root = Root {
        version: 1,
        title: &report.title,
        line: report.line(),
        totals: report.tally(),
        sections: groups(&sections),
        kinds: groups(&kinds),
        facts: report.verdicts.iter().map(fact).collect(),
    };
    // Only texts, numbers and lists: nothing of it can fail to be JSON.
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

fn groups<'a>(groups: &'a [(String, Vec<&Verdict>)]) -> Vec<Group<'a>> {
    let group =
        |(name, verdicts): &'a (String, Vec<&Verdict>)| Group { name, totals: Tally::of(verdicts.iter().copied()) };
    groups.iter().map(group).collect()
}

fn fact(verdict: &Verdict) -> Fact<'_> {
    Fact {
        id: &verdict.id,
        section: &verdict.section,
        lines: &verdict.lines,
        summary: &verdict.summary,
        kind: verdict.kind.as_str(),
        status: verdict.status.as_str(),
        outcome: verdict.word(),
        reason: verdict.reason(),
        source_says: verdict.doc.as_deref(),
        note: verdict.note.as_deref(),
        decisions: &verdict.decisions,
        control: verdict.control.as_ref().map(|control| Control { says: &control.says, by: &control.by }),
        rows: verdict.rows.iter().filter(|row| is_shown(verdict, row)).map(row).collect(),
    }
}

fn is_shown(verdict: &Verdict, row: &RowVerdict) -> bool {
    row.outcome != Outcome::Passed || verdict.word() == Word::CannotBeExpressed
}

fn row(row: &RowVerdict) -> Row<'_> {
    Row { asserts: &row.row, holds: row.outcome == Outcome::Passed, found: &row.selected }
}
