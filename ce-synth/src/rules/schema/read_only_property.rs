//! Properties that AWS sets.

use super::Problem;
use crate::schema::PropertySchema;

rule!(
    "CE0404",
    "a property that AWS sets is set",
    "The property is an attribute: it can be read with `Fn::GetAtt`, and CloudFormation refuses a value for it."
);

pub(super) fn check(property: &PropertySchema) -> Option<Problem> {
    property.read_only.then(|| {
        let help = format!("take it out; read it with `.att(\"{}\")`", property.name);
        Problem::new(format!("`{}` is set by AWS", property.name), help)
    })
}
