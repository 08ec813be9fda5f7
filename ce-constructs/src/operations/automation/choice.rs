//! Where a runbook goes on, by what it has seen.

use ce_synth::{Expr, PropMap};

/// What a value must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The same text.
    TextIs(String),
    /// Begins with a text.
    StartsWith(String),
    /// Ends with a text.
    EndsWith(String),
    /// Has a text in it.
    Contains(String),
    /// The same number.
    NumberIs(i64),
    /// More than a number.
    Above(i64),
    /// A number or more.
    AtLeast(i64),
    /// Less than a number.
    Below(i64),
    /// A number or less.
    AtMost(i64),
    /// Yes or no.
    Is(bool),
}

impl Test {
    fn entry(&self) -> (&'static str, Expr) {
        match self {
            Self::TextIs(text) => ("StringEquals", text.clone().into()),
            Self::StartsWith(text) => ("StartsWith", text.clone().into()),
            Self::EndsWith(text) => ("EndsWith", text.clone().into()),
            Self::Contains(text) => ("Contains", text.clone().into()),
            Self::NumberIs(number) => ("NumericEquals", (*number).into()),
            Self::Above(number) => ("NumericGreater", (*number).into()),
            Self::AtLeast(number) => ("NumericGreaterOrEquals", (*number).into()),
            Self::Below(number) => ("NumericLesser", (*number).into()),
            Self::AtMost(number) => ("NumericLesserOrEquals", (*number).into()),
            Self::Is(value) => ("BooleanEquals", (*value).into()),
        }
    }
}

/// A step to go on with when a value is right; the first of a branch's choices that fits is taken.
///
/// ```
/// use ce_constructs::operations::{Choice, Test, output};
/// let full = Choice::new(output("CountShards", "Count"), Test::AtLeast(20), "TellOperations");
/// # let _ = full;
/// ```
///
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-branch.html>
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    variable: Expr,
    test: Test,
    negated: bool,
    pub(super) next: String,
}

impl Choice {
    /// Goes on with the step `next` if a value, of a parameter or an earlier step, fits.
    pub fn new(variable: impl Into<Expr>, test: Test, next: impl Into<String>) -> Self {
        Self { variable: variable.into(), test, negated: false, next: next.into() }
    }

    /// Goes on with the step `next` if a value does not fit.
    pub fn unless(variable: impl Into<Expr>, test: Test, next: impl Into<String>) -> Self {
        Self { negated: true, ..Self::new(variable, test, next) }
    }

    pub(super) fn property(&self) -> Expr {
        let (operator, operand) = self.test.entry();
        let mut test = PropMap::new();
        test.set("Variable", self.variable.clone());
        test.set(operator, operand);
        let mut choice = PropMap::new();
        if self.negated {
            choice.set("Not", test.into());
        } else {
            choice = test;
        }
        choice.set("NextStep", self.next.clone().into());
        choice.into()
    }
}
