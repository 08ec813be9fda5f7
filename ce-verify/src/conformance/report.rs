//! What came of all facts, in the order of the document.
//!
//! ```
//! # use std::path::Path;
//! # use ce_verify::{Assemblies, Facts, Scope, judge};
//! # let facts = Facts::load(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/reference/simple-fargate.toml"))?;
//! let report = judge(&facts, &Assemblies::new(), &Scope::default());
//! assert!(report.line().starts_with("0 of 75 facts hold"), "nothing was given to hold them against");
//! assert!(report.markdown().starts_with("# Conformance"));
//! # Ok::<(), ce_verify::FactsError>(())
//! ```
//!
//! [`Report::markdown`] and [`Report::json`] are the same for the same facts and assemblies. `Display` gives the table by
//! section and what does not hold, for a terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};

use crate::conformance::tally::{Tally, table};
use crate::conformance::verdict::{Outcome, Verdict, Word};
use crate::conformance::{json, markdown};
use crate::facts::table::Facts;

/// What came of all facts.
#[derive(Clone, Debug)]
pub struct Report {
    /// One for each fact, in the file's order.
    pub verdicts: Vec<Verdict>,
    pub(crate) title: String,
    titles: BTreeMap<String, String>,
}

impl Report {
    pub(crate) fn new(verdicts: Vec<Verdict>, facts: &Facts) -> Self {
        let title = facts.meta.title.as_ref().or(facts.meta.system.as_ref());
        Self { verdicts, title: title.cloned().unwrap_or_default(), titles: facts.meta.sections.clone() }
    }

    /// Facts that are due and do not hold.
    pub fn failed(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Failed)
    }

    /// The number of facts that came to a word.
    pub fn count(&self, word: Word) -> usize {
        self.tally().count(word)
    }

    /// The whole in one line: how many facts hold, and what became of the others.
    pub fn line(&self) -> String {
        let tally = self.tally();
        let mut parts = vec![format!("{} of {} facts hold", tally.hold(), tally.judged())];
        let others = [(Word::Failed, "fail"), (Word::CannotBeExpressed, "cannot be expressed")];
        for (word, what) in others.into_iter().chain([(Word::NotYet, "cannot be judged yet")]) {
            match tally.count(word) {
                0 => {}
                count => parts.push(format!("{count} {what}")),
            }
        }
        parts.join(", ")
    }

    /// The report as people read it: tables of what holds by section and by kind, then every fact.
    pub fn markdown(&self) -> String {
        markdown::of(self)
    }

    /// The report as machines read it.
    pub fn json(&self) -> String {
        json::of(self)
    }

    pub(crate) fn tally(&self) -> Tally {
        Tally::of(&self.verdicts)
    }

    /// Sections in the file's order.
    pub(crate) fn sections(&self) -> Vec<(&str, Vec<&Verdict>)> {
        let mut seen = BTreeSet::new();
        let all = self.verdicts.iter().map(|verdict| verdict.section.as_str());
        let sections = all.filter(|section| seen.insert(section.to_owned()));
        let of = |section: &str| self.verdicts.iter().filter(|verdict| verdict.section == section).collect();
        sections.map(|section| (section, of(section))).collect()
    }

    /// What a section is called, with its number.
    pub(crate) fn heading(&self, section: &str) -> String {
        self.titles.get(section).map_or_else(|| section.to_owned(), |title| format!("{section} {title}"))
    }

    pub(crate) fn by_section(&self) -> Vec<(String, Vec<&Verdict>)> {
        self.sections().into_iter().map(|(section, verdicts)| (self.heading(section), verdicts)).collect()
    }

    pub(crate) fn by_kind(&self) -> Vec<(String, Vec<&Verdict>)> {
        let kinds: BTreeSet<_> = self.verdicts.iter().map(|verdict| verdict.kind).collect();
        let of = |kind| self.verdicts.iter().filter(|verdict| verdict.kind == kind).collect();
        kinds.into_iter().map(|kind| (kind.as_str().to_owned(), of(kind))).collect()
    }
}

impl Display for Report {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", table("section", &self.by_section()))?;
        let open = |verdict: &&Verdict| matches!(verdict.outcome, Outcome::Failed | Outcome::NotYet(_));
        for verdict in self.verdicts.iter().filter(open) {
            writeln!(out, "{verdict}\n")?;
        }
        write!(out, "{}", self.line())
    }
}
