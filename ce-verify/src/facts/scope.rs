//! Which facts count.

use std::collections::BTreeSet;

use crate::facts::table::{Fact, Kind};

/// Which facts are judged, and which of them may not fail.
#[derive(Debug)]
#[must_use = "nothing is judged until it is handed to `judge`"]
pub struct Scope {
    due: Option<BTreeSet<String>>,
    regions: Option<BTreeSet<String>>,
    pub(crate) kinds: BTreeSet<Kind>,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            due: None,
            regions: None,
            kinds: [Kind::Template, Kind::Pipeline, Kind::Runbook, Kind::Impossible].into(),
        }
    }
}

impl Scope {
    /// Sections whose facts may not fail. Default: every section.
    pub fn due<S: Into<String>>(mut self, sections: impl IntoIterator<Item = S>) -> Self {
        self.due = Some(sections.into_iter().map(Into::into).collect());
        self
    }

    /// Regions that are there: facts that need others are not due. Default: every region.
    pub fn regions<S: Into<String>>(mut self, regions: impl IntoIterator<Item = S>) -> Self {
        self.regions = Some(regions.into_iter().map(Into::into).collect());
        self
    }

    /// Kinds of facts that are judged; the others are listed. Default: template, pipeline, runbook and impossible.
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }

    pub(crate) fn is_due(&self, fact: &Fact) -> bool {
        let there = |region: &String| {
            region == "all-enabled" || self.regions.as_ref().is_none_or(|regions| regions.contains(region))
        };
        self.due.as_ref().is_none_or(|due| due.contains(&fact.section)) && fact.regions.iter().all(there)
    }
}
