//! What values of a runbook are.

/// What a parameter of a document, or an output of a step, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// A text.
    Text,
    /// A list of texts.
    TextList,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
    /// An object.
    Object,
    /// A list of objects.
    ObjectList,
}

impl ValueType {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::TextList => "StringList",
            Self::Integer => "Integer",
            Self::Boolean => "Boolean",
            Self::Object => "StringMap",
            Self::ObjectList => "MapList",
        }
    }
}
