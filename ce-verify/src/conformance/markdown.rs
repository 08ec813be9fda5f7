//! The report as people read it.

use std::fmt::Write as _;

use crate::conformance::report::Report;
use crate::conformance::tally::table;
use crate::conformance::verdict::{Outcome, Verdict, Word};

const WORDS: &str = "\
- **passed**: it holds as the source has it.
- **adjusted**: it holds with another value than the source's; the decisions say why.
- **silent**: it holds; the source gives no value, this one is chosen.
- **cannot be expressed**: nothing could state it; the reason is given, and what stands in for it holds.
- **failed**: it does not hold.
- **not yet**: what it is about was not given, or it is not due.
- **not judged**: its kind is not judged here, such as `derived`, which models compute.
";

pub(super) fn of(report: &Report) -> String {
    let title = if report.title.is_empty() { String::new() } else { format!(": {}", report.title) };
    let mut text = format!("# Conformance{title}\n\n{}.\n", report.line());
    let _ = write!(text, "\n## Totals by section\n\n{}", table("section", &report.by_section()));
    let _ = write!(text, "\n## Totals by kind\n\n{}\n{WORDS}", table("kind", &report.by_kind()));
    if report.failed().next().is_some() {
        text.push_str("\n## What fails\n");
        for verdict in report.failed() {
            let _ = write!(text, "\n```text\n{verdict}\n```\n");
        }
    }
    for (section, verdicts) in report.sections() {
        let _ = write!(text, "\n## {}\n\n", report.heading(section));
        text.push_str("| fact | lines | kind | demands | came to | why |\n|---|---|---|---|---|---|\n");
        for verdict in verdicts {
            let cells = [&verdict.id, &lines(&verdict.lines), verdict.kind.as_str(), &verdict.summary];
            let cells = cells.into_iter().chain([verdict.word().as_str()]).map(cell);
            let cells: Vec<String> = cells.chain([cell(&why(report, verdict))]).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
    }
    text
}

/// A text that ends no cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Runs of lines as ranges: `11-17, 20`.
pub(super) fn lines(lines: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for line in lines {
        match runs.last_mut().filter(|(_, end)| end + 1 == *line) {
            Some((_, end)) => *end = *line,
            None => runs.push((*line, *line)),
        }
    }
    let run = |(start, end): &(u32, u32)| if start == end { start.to_string() } else { format!("{start}-{end}") };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

/// What there is to say of a fact besides what it came to.
fn why(report: &Report, verdict: &Verdict) -> String {
    let mut parts: Vec<String> = verdict.reason().map(str::to_owned).into_iter().collect();
    parts.extend(verdict.doc.as_ref().map(|doc| format!("The source says \"{doc}\".")));
    parts.extend(verdict.note.clone());
    if verdict.word() == Word::CannotBeExpressed {
        parts.push(format!("Instead: {}", stand_ins(report, verdict)));
    }
    if !verdict.decisions.is_empty() {
        parts.push(format!("({})", verdict.decisions.join(", ")));
    }
    parts.join(" ")
}

/// What stands in for a fact: other facts, and rows of its own.
fn stand_ins(report: &Report, verdict: &Verdict) -> String {
    let word = |id: &String| {
        let found = report.verdicts.iter().find(|other| other.id == *id);
        format!("{id} {}", found.map_or("missing", |found| found.word().as_str()))
    };
    let control = verdict.control.iter().map(|control| {
        let by: Vec<String> = control.by.iter().map(word).collect();
        format!("{} ({})", control.says, by.join(", "))
    });
    let held = verdict.rows.iter().filter(|row| row.outcome == Outcome::Passed);
    control.chain(held.map(|row| format!("`{}` holds", row.row))).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_in_a_row_are_a_range() {
        assert_eq!(lines(&[]), "");
        assert_eq!(lines(&[5]), "5");
        assert_eq!(lines(&[11, 12, 13, 20, 21, 30]), "11-13, 20-21, 30");
    }
}
