//! What a risk says: its rule, its resource, where that was written, what causes it, and what it takes to go on.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[path = "risk/judged.rs"]
mod judged;
#[path = "risk/rules.rs"]
mod rules;

use std::collections::BTreeMap;

use ce_deploy::assembly::{Origin, StackId};
use ce_deploy::difference::Difference;
use ce_deploy::risk::{Risk, assess};
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

fn risks(before: &Value, after: &Value) -> Vec<Risk> {
    let version =
        |resources: &Value| Version::new(Template::parse(&json!({ "Resources": resources }).to_string()).unwrap());
    let difference = Difference::between(Some(&version(before)), Some(&version(after)), &ce_cfn::SCHEMAS);
    let origin = Origin { path: "Shop/Thing".into(), source: Some("src/shop.rs:12:5".into()) };
    assess(&StackId::new("Shop"), &BTreeMap::from([("Thing".to_owned(), origin)]), &difference)
}
