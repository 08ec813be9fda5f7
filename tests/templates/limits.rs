//! Room to grow: no stack uses more than four fifths of what CloudFormation takes.
//!
//! Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>

use super::{Template, all};

/// What is counted, how much of it a template may have, and how it is counted.
type Limit = (&'static str, usize, fn(&Template) -> usize);

const LIMITS: [Limit; 6] = [
    ("resources", 500, |template| template.section("Resources").count()),
    ("outputs", 200, |template| template.section("Outputs").count()),
    ("parameters", 200, |template| template.section("Parameters").count()),
    ("mappings", 200, |template| template.section("Mappings").count()),
    ("bytes of the template", 1_048_576, |template| template.bytes),
    ("bytes of the description", 1_024, |template| template.body["Description"].as_str().map_or(0, str::len)),
];

#[test]
fn no_stack_is_over_four_fifths_of_a_limit() {
    let templates = all();
    assert!(templates.len() > 100, "{}", templates.len());
    for template in &templates {
        for (what, limit, count) in LIMITS {
            let found = count(template);
            assert!(found * 5 <= limit * 4, "{}: {found} of {limit} {what}", template.place);
        }
    }
}

#[test]
fn names_and_values_have_the_length_that_they_may_have() {
    for template in &all() {
        for section in ["Resources", "Outputs", "Parameters"] {
            for (id, _) in template.section(section) {
                assert!(id.len() <= 255 && id.chars().all(|letter| letter.is_ascii_alphanumeric()), "{id}");
            }
        }
        for (id, parameter) in template.section("Parameters") {
            let default = parameter["Default"].as_str().map_or(0, str::len);
            assert!(default <= 4_096, "{}: {id}", template.place);
        }
    }
}
