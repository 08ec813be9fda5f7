//! What a step leaves for the ones after it.

use ce_synth::Expr;

/// What a step's output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputType {
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

impl OutputType {
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

/// An output of an earlier step, for the inputs of a later one: `{{ Step.Output }}`.
pub fn output(step: &str, name: &str) -> Expr {
    Expr::text(format!("{{{{ {step}.{name} }}}}"))
}
