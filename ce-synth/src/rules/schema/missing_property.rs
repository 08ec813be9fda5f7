//! Required properties that are not set.

use super::{Problem, is_absent};
use crate::schema::ObjectSchema;
use crate::value::PropMap;

rule!(
    "CE0403",
    "a required property is not set",
    "CloudFormation refuses a resource without it. Which properties are required changes from release to release of \
     the schemas, so setters and not arguments give them, and this rule tells what is missing."
);

pub(super) fn check(properties: &PropMap, schema: &ObjectSchema) -> Option<Problem> {
    let set = |name: &str| properties.get(name).is_some_and(|value| !is_absent(value));
    let missing: Vec<String> = schema.required().filter(|name| !set(name)).map(|name| format!("`{name}`")).collect();
    (!missing.is_empty()).then(|| {
        let names = missing.join(", ");
        Problem::new(format!("{names} is required and not set"), format!("set {names}"))
    })
}
