//! Types that a region does not have.

use super::Problem;
use crate::environment::Region;
use crate::schema::TypeSchema;

rule!(
    "CE0413",
    "the region does not have the type",
    "CloudFormation's registry differs from region to region; a type that is missing cannot be created there."
);

pub(super) fn check(schema: &TypeSchema, region: Region) -> Option<Problem> {
    let missing = schema.is_missing_in(region.as_str()) == Some(true);
    missing
        .then(|| Problem::new(format!("{region} does not have the type"), "deploy it in another region, or do without"))
}
