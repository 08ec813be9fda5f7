//! Properties that do not exist.

use super::Problem;
use crate::diagnostics::nearest;
use crate::schema::ObjectSchema;

rule!(
    "CE0402",
    "the type has no such property",
    "CloudFormation refuses properties that the type's schema does not have. Typed setters cannot misspell one; raw \
     overrides can."
);

pub(super) fn check(key: &str, schema: &ObjectSchema) -> Problem {
    let names = schema.properties.iter().map(|property| property.name);
    let help = match nearest(key, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", names.take(12).collect::<Vec<_>>().join(", ")),
    };
    Problem::new(format!("there is no property `{key}`"), help)
}
