//! What whoever starts a runbook may say.

use ce_synth::{Expr, PropMap};

use super::ValueType;

/// A parameter of a document; [`parameter`] is its value in a step.
///
/// ```
/// use ce_constructs::operations::{DocumentParameter, ValueType};
/// let kept = DocumentParameter::new("DeleteAfterDays", ValueType::Integer).described("days it is kept").default(90);
/// let ticket = DocumentParameter::text("Ticket").pattern("OPS-[0-9]+");
/// # let _ = (kept, ticket);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a parameter does nothing until it is given to a document"]
pub struct DocumentParameter {
    name: String,
    body: PropMap,
}

impl DocumentParameter {
    /// A parameter of a kind.
    pub fn new(name: impl Into<String>, kind: ValueType) -> Self {
        Self { name: name.into(), body: PropMap::new().with::<String>("type", kind.name()) }
    }

    /// A text.
    pub fn text(name: impl Into<String>) -> Self {
        Self::new(name, ValueType::Text)
    }

    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.body.set("description", Expr::from(text.into()));
        self
    }

    /// The value when none is given. Default: one must be given.
    pub fn default(mut self, value: impl Into<Expr>) -> Self {
        self.body.set("default", value.into());
        self
    }

    /// The values that may be given. Default: any.
    pub fn allowed<V: Into<Expr>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.body.set("allowedValues", Expr::list(values));
        self
    }

    /// The regular expression that a text must match. Default: any text.
    pub fn pattern(mut self, pattern: impl Into<String>) -> Self {
        self.body.set("allowedPattern", Expr::from(pattern.into()));
        self
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn body(&self) -> Expr {
        self.body.clone().into()
    }
}

/// A parameter's value, for the inputs of a step: `{{ Name }}`.
pub fn parameter(name: &str) -> Expr {
    Expr::text(format!("{{{{ {name} }}}}"))
}
