//! Texts of the wrong form or length.

use super::patterns::Patterns;
use super::{Problem, shown};
use crate::schema::Bounds;
use crate::value::{Expr, dynamic_references};

rule!(
    "CE0407",
    "a text has the wrong form or length",
    "The type's schema gives a pattern, a shortest and a longest length in characters. Patterns that the engine cannot \
     evaluate (look-around) are left to CloudFormation."
);

pub(super) fn check(value: &Expr, bounds: &Bounds, patterns: &mut Patterns) -> Option<Problem> {
    let text = value.as_text()?;
    if dynamic_references(text) > 0 {
        return None;
    }
    let length = text.chars().count() as u64;
    if let Some(least) = bounds.minimum_length.filter(|least| length < *least) {
        return Some(Problem::new(
            format!("`{}` has {length} characters", shown(value)),
            format!("give at least {least}"),
        ));
    }
    if let Some(most) = bounds.maximum_length.filter(|most| length > *most) {
        return Some(Problem::new(
            format!("`{}` has {length} characters", shown(value)),
            format!("give at most {most}"),
        ));
    }
    let pattern = bounds.pattern.filter(|pattern| !patterns.found(pattern, text))?;
    Some(Problem::new(format!("`{}` has the wrong form", shown(value)), format!("it must match `{pattern}`")))
}
