//! What else AWS says about a type: values that only go together.

use super::Problem;
use super::fragment::{Verdict, View, holds};
use super::patterns::Patterns;
use crate::diagnostics::Severity;
use crate::schema::TypeSchema;
use crate::value::{Expr, PropMap};

rule!(
    "CE0414",
    "values of one resource do not go together",
    "Conditions between values that a schema states in JSON Schema, such as which engine takes which version. What \
     depends on values that are not known before deployment is left to CloudFormation."
);

pub(super) fn check(
    schema: &'static TypeSchema,
    properties: &PropMap,
    patterns: &mut Patterns,
) -> Vec<(Severity, Problem)> {
    let mut problems = Vec::new();
    for assertion in &schema.assertions {
        let severity = match assertion.rule.chars().next() {
            Some('I') => continue,
            Some('W') => Severity::Warning,
            _ => Severity::Error,
        };
        let steps: Vec<&str> = assertion.path.split('/').filter(|step| !step.is_empty()).collect();
        for value in reached(View::Map(properties), &steps) {
            if let Verdict::Fails(why) = holds(value, assertion.fragment(), patterns) {
                let place = if assertion.path.is_empty() { String::new() } else { format!(" in `{}`", assertion.path) };
                let message = format!("{why}{place}");
                let help = match assertion.rule {
                    "" => format!("`{}` does not satisfy the type's schema", value.shown()),
                    rule => format!("see cfn-lint's rule {rule}"),
                };
                problems.push((severity, Problem::new(message, help)));
            }
        }
    }
    problems
}

/// The values at a path; `*` is each item.
fn reached<'v>(value: View<'v>, steps: &[&str]) -> Vec<View<'v>> {
    let Some((step, rest)) = steps.split_first() else { return vec![value] };
    match (value, *step) {
        (View::Plain(Expr::List(items)), "*") => items.iter().flat_map(|item| reached(item.into(), rest)).collect(),
        (View::Map(map), "*") => map.iter().flat_map(|(_, item)| reached(item.into(), rest)).collect(),
        (View::Map(map), key) => map.get(key).map(|item| reached(item.into(), rest)).unwrap_or_default(),
        (View::Plain(_), _) => Vec::new(),
    }
}
