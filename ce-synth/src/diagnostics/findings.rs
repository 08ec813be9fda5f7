//! All findings of a synthesis.

use std::fmt;

use super::{Code, Diagnostic, Severity};

/// A finding that was accepted at a scope, with the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    /// The finding.
    pub finding: Diagnostic,
    /// The scope that accepted it.
    pub scope: String,
    /// Why.
    pub reason: String,
}

/// Everything that was found, errors first, then by path and line; printed for people by `Display`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    pub(crate) all: Vec<Diagnostic>,
    pub(crate) waived: Vec<Waiver>,
}

impl Findings {
    pub(crate) fn new(mut all: Vec<Diagnostic>, waived: Vec<Waiver>) -> Self {
        all.sort_by(|a, b| {
            (b.severity, &a.path, a.at, a.code, &a.message).cmp(&(a.severity, &b.path, b.at, b.code, &b.message))
        });
        all.dedup();
        Self { all, waived }
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.all.iter()
    }

    /// Findings with this code.
    pub fn with_code(&self, code: Code) -> impl Iterator<Item = &Diagnostic> {
        self.all.iter().filter(move |finding| finding.code == code)
    }

    /// What was found and accepted.
    pub fn waived(&self) -> &[Waiver] {
        &self.waived
    }

    /// How many are errors.
    pub fn errors(&self) -> usize {
        self.all.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// How many are warnings.
    pub fn warnings(&self) -> usize {
        self.all.len() - self.errors()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The findings as JSON, for tools: `{"findings":[…],"waived":[…]}`.
    pub fn to_json(&self) -> String {
        super::render::json(self)
    }
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Diagnostic;
    type IntoIter = std::slice::Iter<'f, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.all.iter().try_for_each(|finding| super::render::text(finding, f))
    }
}

impl std::error::Error for Findings {}
