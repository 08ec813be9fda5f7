//! When a statement holds.

use std::borrow::Cow;

use ce_synth::{Expr, IntoValue, PropMap};

/// One test of a statement: operator, condition key, and the values of which one must match.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) operator: &'static str,
    pub(crate) key: Cow<'static, str>,
    values: Expr,
}

impl Condition {
    pub(crate) fn one(
        operator: &'static str,
        key: impl Into<Cow<'static, str>>,
        value: impl IntoValue<String>,
    ) -> Self {
        Self { operator, key: key.into(), values: value.into_value().into_expr() }
    }

    pub(crate) fn any<V: IntoValue<String>>(
        operator: &'static str,
        key: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = Expr::list(values.into_iter().map(IntoValue::into_value));
        Self { operator, key: key.into(), values }
    }

    /// The operator without its modifiers, `StringLike` of `ForAnyValue:StringLikeIfExists`.
    pub(crate) fn base_operator(&self) -> &'static str {
        let operator = self.operator.split_once(':').map_or(self.operator, |(_, operator)| operator);
        operator.strip_suffix("IfExists").unwrap_or(operator)
    }

    /// Whether both test one key by one operator, for different values.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        self.operator == other.operator && self.key == other.key && self.values != other.values
    }

    /// The `Condition` object of a statement; absent when there is no test.
    pub(crate) fn object(conditions: &[Self]) -> Expr {
        let mut operators = PropMap::new();
        for condition in conditions {
            if operators.get(condition.operator).is_none() {
                operators.set(condition.operator, PropMap::new().into());
            }
            if let Some(Expr::Object(keys)) = operators.get_mut(condition.operator) {
                keys.set(condition.key.clone(), condition.values.clone());
            }
        }
        if operators.is_empty() { Expr::Null } else { operators.into() }
    }
}

/// The condition operators of IAM.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub(crate) const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "Null",
];
