//! What a change does to what is there.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[path = "difference/across.rs"]
mod across;
#[path = "difference/change_set.rs"]
mod change_set;
#[path = "difference/classes.rs"]
mod classes;
#[path = "difference/extensions.rs"]
mod extensions;
#[path = "difference/moved_in.rs"]
mod moved_in;
#[path = "difference/nested.rs"]
mod nested;
#[path = "difference/pairs.rs"]
mod pairs;
#[path = "difference/random.rs"]
mod random;
#[path = "difference/rendered.rs"]
mod rendered;
#[path = "difference/spread.rs"]
mod spread;
#[path = "difference/world.rs"]
mod world;

use ce_deploy::difference::Difference;
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

/// The version with these resources.
fn version(resources: &Value) -> Version {
    Version::new(Template::parse(&json!({ "Resources": resources }).to_string()).unwrap())
}

fn between(before: &Value, after: &Value) -> Difference {
    Difference::between(Some(&version(before)), Some(&version(after)), &ce_cfn::SCHEMAS)
}
