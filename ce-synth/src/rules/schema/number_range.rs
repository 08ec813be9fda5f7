//! Numbers out of range.

use super::{Problem, shown};
use crate::schema::Bounds;
use crate::value::Expr;

rule!(
    "CE0408",
    "a number is out of range",
    "The type's schema gives the smallest and the largest number that is taken."
);

pub(super) fn check(value: &Expr, bounds: &Bounds) -> Option<Problem> {
    if bounds.minimum.is_none() && bounds.maximum.is_none() {
        return None;
    }
    let number = match value {
        Expr::Integer(number) => whole(*number),
        Expr::Number(number) => *number,
        Expr::Text(text) => text.parse().ok()?,
        _ => return None,
    };
    if let Some(least) = bounds.minimum.filter(|least| number < *least) {
        return Some(Problem::new(format!("`{}` is too small", shown(value)), format!("give {least} or more")));
    }
    let most = bounds.maximum.filter(|most| number > *most)?;
    Some(Problem::new(format!("`{}` is too large", shown(value)), format!("give {most} or less")))
}

/// A whole number as the bounds are given; those of AWS are far below where that loses digits.
#[expect(clippy::cast_precision_loss, reason = "bounds are small")]
pub(super) fn whole(number: i64) -> f64 {
    number as f64
}
