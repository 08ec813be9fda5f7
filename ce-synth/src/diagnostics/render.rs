//! How findings look: text with the source line when it can be read, and JSON.

use std::fmt;

use serde_json::{Value as Json, json};

use super::{Diagnostic, Findings, Place};

pub(super) fn text(finding: &Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "{}[{}]: {}", finding.severity.as_str(), finding.code, finding.message)?;
    if let Some(at) = finding.at {
        let width = at.line().to_string().len();
        writeln!(f, "{:width$}--> {at}", "")?;
        if let Some(line) = source_line(at) {
            writeln!(f, "{:width$} |", "")?;
            writeln!(f, "{} | {line}", at.line())?;
            writeln!(f, "{:width$} | {:column$}^", "", "", column = at.column() as usize - 1)?;
        }
    }
    if !finding.path.is_empty() {
        writeln!(f, "   = construct: {}", finding.path)?;
    }
    for note in &finding.notes {
        writeln!(f, "   = note: {note}")?;
    }
    if let Some(help) = &finding.help {
        writeln!(f, "   = help: {help}")?;
    }
    writeln!(f)
}

/// The user's line, when the program runs where it was compiled.
fn source_line(at: Place) -> Option<String> {
    let file = std::fs::read_to_string(at.file()).ok()?;
    let line = file.lines().nth(at.line() as usize - 1)?;
    Some(line.replace('\t', " "))
}

pub(super) fn json(findings: &Findings) -> String {
    let all: Vec<Json> = findings.all.iter().map(one).collect();
    let waived = findings.waived.iter().map(|waiver| {
        let mut entry = one(&waiver.finding);
        entry["acceptedAt"] = json!(waiver.scope);
        entry["reason"] = json!(waiver.reason);
        entry
    });
    json!({ "findings": all, "waived": waived.collect::<Vec<_>>() }).to_string()
}

fn one(finding: &Diagnostic) -> Json {
    json!({
        "code": finding.code.as_str(),
        "severity": finding.severity.as_str(),
        "message": finding.message,
        "path": finding.path,
        "file": finding.at.map(Place::file),
        "line": finding.at.map(Place::line),
        "column": finding.at.map(Place::column),
        "notes": finding.notes,
        "help": finding.help,
    })
}
