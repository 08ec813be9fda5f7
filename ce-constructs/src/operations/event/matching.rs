//! What a field of an event may be.

use ce_synth::{Expr, IntoValue, Value};

/// What a field of an event may be.
///
/// ```
/// use ce_constructs::operations::Match;
/// let high = Match::at_least(7.0);
/// let failed = [Match::text("FAILED"), Match::prefix("ABORT")];
/// # let _ = (high, failed);
/// ```
///
/// Source: <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html>
#[derive(Clone, Debug, PartialEq)]
pub struct Match(Expr);

impl Match {
    fn of(operator: &'static str, operand: impl Into<Expr>) -> Self {
        Self(Expr::object([(operator, operand.into())]))
    }

    fn numeric(operator: &'static str, number: f64) -> Self {
        Self::of("numeric", [Expr::from(operator), literal(number)])
    }

    /// This text.
    pub fn text(text: impl IntoValue<String>) -> Self {
        let text: Value<String> = text.into_value();
        Self(text.into_expr())
    }

    /// Yes or no.
    pub fn is(value: bool) -> Self {
        Self(value.into())
    }

    /// A text that begins with another.
    pub fn prefix(text: impl Into<String>) -> Self {
        Self::of("prefix", text.into())
    }

    /// A text that ends with another.
    pub fn suffix(text: impl Into<String>) -> Self {
        Self::of("suffix", text.into())
    }

    /// A text with `*` for any letters.
    pub fn wildcard(text: impl Into<String>) -> Self {
        Self::of("wildcard", text.into())
    }

    /// Any text but these.
    pub fn anything_but<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
        Self::of("anything-but", texts)
    }

    /// A number or more.
    pub fn at_least(number: f64) -> Self {
        Self::numeric(">=", number)
    }

    /// More than a number.
    pub fn above(number: f64) -> Self {
        Self::numeric(">", number)
    }

    /// A number or less.
    pub fn at_most(number: f64) -> Self {
        Self::numeric("<=", number)
    }

    /// Less than a number.
    pub fn below(number: f64) -> Self {
        Self::numeric("<", number)
    }

    /// From one number to another, both included.
    pub fn between(low: f64, high: f64) -> Self {
        Self::of("numeric", [Expr::from(">="), literal(low), Expr::from("<="), literal(high)])
    }

    /// Whether the field is there.
    pub fn exists(there: bool) -> Self {
        Self::of("exists", there)
    }

    pub(super) fn into_expr(self) -> Expr {
        self.0
    }
}

/// Whole numbers without a fraction, as people write them.
fn literal(number: f64) -> Expr {
    let text = format!("{number}");
    text.parse::<i64>().map_or(Expr::Number(number), Expr::Integer)
}
