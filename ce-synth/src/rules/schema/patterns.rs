//! Compiled patterns, each once a run.

use std::collections::BTreeMap;

use regex_lite::Regex;

#[derive(Default)]
pub(crate) struct Patterns(BTreeMap<String, Option<Regex>>);

impl Patterns {
    /// Whether the pattern is found in a text; true for a pattern that cannot be compiled, which says nothing.
    pub(crate) fn found(&mut self, pattern: &str, text: &str) -> bool {
        if !self.0.contains_key(pattern) {
            self.0.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        match self.0.get(pattern) {
            Some(Some(regex)) => regex.is_match(text),
            _ => true,
        }
    }
}
