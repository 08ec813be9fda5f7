//! Properties that AWS sets.

use super::Problem;
use crate::schema::PropertySchema;

rule!(
    "CE0404",
    "a property that AWS sets is set",
    "The property is an attribute: it can be read with `Fn::GetAtt`, and CloudFormation refuses a value for it."
);

pub(super) fn check(property: &PropertySchema) -> Option<Problem> {
    property.read_only.then(|| problem(property.name))
}

pub(super) fn problem(name: &str) -> Problem {
    Problem::new(format!("`{name}` is set by AWS"), format!("take it out; read it with `.att(\"{name}\")`"))
}
