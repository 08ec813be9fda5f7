//! How many facts came to what.

use std::fmt::Write as _;

use serde::Serialize;

use crate::conformance::verdict::{Verdict, Word};

/// Numbers of facts by what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tally {
    passed: usize,
    adjusted: usize,
    silent: usize,
    cannot_be_expressed: usize,
    failed: usize,
    not_yet: usize,
    not_judged: usize,
}

impl Tally {
    pub(crate) fn of<'a>(verdicts: impl IntoIterator<Item = &'a Verdict>) -> Self {
        let mut tally = Self::default();
        for verdict in verdicts {
            *tally.slot(verdict.word()) += 1;
        }
        tally
    }

    fn slot(&mut self, word: Word) -> &mut usize {
        match word {
            Word::Passed => &mut self.passed,
            Word::Adjusted => &mut self.adjusted,
            Word::Silent => &mut self.silent,
            Word::CannotBeExpressed => &mut self.cannot_be_expressed,
            Word::Failed => &mut self.failed,
            Word::NotYet => &mut self.not_yet,
            Word::NotJudged => &mut self.not_judged,
        }
    }

    pub(crate) fn count(mut self, word: Word) -> usize {
        *self.slot(word)
    }

    /// Facts that hold, as written or otherwise.
    pub(crate) const fn hold(self) -> usize {
        self.passed + self.adjusted + self.silent
    }

    /// Facts that were judged, or will be.
    pub(crate) const fn judged(self) -> usize {
        self.hold() + self.cannot_be_expressed + self.failed + self.not_yet
    }
}

/// A table in Markdown: a row for each group, and their sum.
pub(crate) fn table(heading: &str, groups: &[(String, Vec<&Verdict>)]) -> String {
    let words: Vec<&str> = Word::ALL.iter().map(|word| word.as_str()).collect();
    let mut text = format!("| {heading} | {} |\n|---|{}\n", words.join(" | "), "---:|".repeat(words.len()));
    let mut line = |name: &str, tally: Tally| {
        let counts: Vec<String> = Word::ALL.iter().map(|word| tally.count(*word).to_string()).collect();
        let _ = writeln!(text, "| {name} | {} |", counts.join(" | "));
    };
    for (name, verdicts) in groups {
        line(name, Tally::of(verdicts.iter().copied()));
    }
    line("all", Tally::of(groups.iter().flat_map(|(_, verdicts)| verdicts.iter().copied())));
    text
}
