//! A set of names: those that match, or all but those.

use super::wildcard::Wildcard;

/// What `Action` or `NotAction` says, and `Resource`, and `Principal`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Patterns {
    /// What matches one of these.
    Only(Vec<Wildcard>),
    /// What matches none of these.
    AllBut(Vec<Wildcard>),
}

impl Patterns {
    pub(super) fn all() -> Self {
        Self::Only(vec![Wildcard::new("*")])
    }

    /// Whether it has nothing that the other has not. `false` also where that is not clear.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (_, Self::Only(others)) if others.iter().any(Wildcard::is_all) => true,
            (Self::Only(mine), Self::Only(others)) => {
                mine.iter().all(|mine| others.iter().any(|other| other.covers(mine)))
            }
            (Self::Only(mine), Self::AllBut(others)) => {
                mine.iter().all(|mine| !others.iter().any(|other| other.overlaps(mine)))
            }
            (Self::AllBut(mine), Self::AllBut(others)) => {
                others.iter().all(|other| mine.iter().any(|mine| mine.covers(other)))
            }
            (Self::AllBut(_), Self::Only(_)) => false,
        }
    }

    /// The parts that can be looked at one by one.
    pub(super) fn parts(&self) -> Vec<Self> {
        match self {
            Self::Only(patterns) => patterns.iter().map(|pattern| Self::Only(vec![pattern.clone()])).collect(),
            Self::AllBut(_) => vec![self.clone()],
        }
    }

    /// How many parts there are, and the longest text of one.
    pub(super) fn size(&self) -> (usize, usize) {
        let (Self::Only(list) | Self::AllBut(list)) = self;
        let count = if matches!(self, Self::Only(_)) { list.len() } else { 1 };
        (count, list.iter().map(|pattern| pattern.text().len()).max().unwrap_or(0))
    }

    /// Adds what another list has.
    pub(super) fn join(&mut self, other: &Self) {
        if let (Self::Only(mine), Self::Only(others)) = (self, other) {
            mine.extend(others.iter().cloned());
        }
    }

    /// In words.
    pub(super) fn words(&self) -> String {
        let list = |patterns: &[Wildcard]| {
            let shown = patterns.iter().map(|pattern| format!("`{}`", crate::template::symbol::shown(pattern.text())));
            shown.collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Only(patterns) => list(patterns),
            Self::AllBut(patterns) => format!("all but {}", list(patterns)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Patterns, Wildcard};

    fn only(texts: &[&str]) -> Patterns {
        Patterns::Only(texts.iter().map(|text| Wildcard::new(text)).collect())
    }

    fn all_but(texts: &[&str]) -> Patterns {
        Patterns::AllBut(texts.iter().map(|text| Wildcard::new(text)).collect())
    }

    #[test]
    fn sets_are_compared_whichever_way_they_are_written() {
        assert!(only(&["a", "b"]).is_within(&only(&["b", "a", "c"])));
        assert!(only(&["s3:*"]).is_within(&all_but(&["iam:*"])));
        assert!(!only(&["*"]).is_within(&all_but(&["iam:*"])));
        assert!(all_but(&["iam:*", "sts:*"]).is_within(&all_but(&["iam:*"])));
        assert!(!all_but(&["iam:*"]).is_within(&all_but(&["iam:*", "sts:*"])));
        assert!(all_but(&["iam:*"]).is_within(&only(&["*"])));
        assert!(!all_but(&["iam:*"]).is_within(&only(&["s3:*"])));
    }
}
