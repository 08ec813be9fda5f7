//! What a question needs to know besides the plan.

/// How much is shown of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Detail {
    /// What is alike is counted.
    #[default]
    Folded,
    /// Everything.
    Full,
}

/// How somebody is asked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Prompt {
    /// The command that does the same again, for who cannot be asked.
    pub(super) again: String,
    /// How much of the plan is shown.
    pub(super) detail: Detail,
}

impl Prompt {
    /// Says that this command does the same again.
    pub(crate) fn new(again: impl Into<String>) -> Self {
        Self { again: again.into(), detail: Detail::default() }
    }

    /// Shows so much of the plan. Default: what is alike is counted.
    pub(crate) fn detail(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }
}

impl Detail {
    /// What a flag asks for.
    pub(crate) fn of_flag(full: bool) -> Self {
        if full { Self::Full } else { Self::Folded }
    }
}
