//! Texts of runbooks, as people read them.

use ce_synth::{Document, IntoValue, Value};

/// A text with values in it, as people read it.
pub(super) fn prose(text: impl IntoValue<String>) -> Document {
    let text: Value<String> = text.into_value();
    Document::new().value(text)
}

/// A command with values in it, as a shell takes it.
pub(super) fn command(text: impl IntoValue<String>) -> Document {
    let text: Value<String> = text.into_value();
    Document::new().shell(text)
}
