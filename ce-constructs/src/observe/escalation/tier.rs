//! How much an alarm hurts.

/// How much an alarm hurts, and so who hears of it, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlarmTier {
    /// Users are hurt now: somebody is woken.
    Page,
    /// Users will be hurt if nobody does anything: somebody looks within a working day.
    Warn,
    /// Worth knowing: it is read when there is time.
    Inform,
}

impl AlarmTier {
    /// All tiers, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Page, Self::Warn, Self::Inform];

    /// `page`, `warn` or `inform`: the end of a topic's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Warn => "warn",
            Self::Inform => "inform",
        }
    }

    /// The id of its topic in the tree.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Page => "Page",
            Self::Warn => "Warn",
            Self::Inform => "Inform",
        }
    }
}
