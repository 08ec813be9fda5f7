//! Random documents, judged by asking each request one by one.
//!
//! The comparison works on patterns; this works on requests, and shares nothing with it. Whatever request the new
//! document allows and the old one does not, the comparison must have said so.

use ce_deploy::risk::policy::Policy;
use serde_json::{Value, json};

use crate::dice::Dice;

const ACTIONS: [&str; 8] = ["s3:Get", "s3:GetAcl", "s3:Put", "iam:Get", "iam:Put", "sqs:Send", "sqs:Get", "kms:Use"];
const RESOURCES: [&str; 5] = ["a", "ab", "b/x", "b/y", "c"];
const REGIONS: [&str; 3] = ["eu", "us", "ap"];

const ACTION_PATTERNS: [&str; 14] = [
    "*",
    "s3:*",
    "s3:Get*",
    "s3:Get",
    "s3:GetAcl",
    "*:Get",
    "*Get*",
    "iam:?et",
    "iam:*",
    "sqs:S*",
    "kms:Use",
    "s?s:*",
    "s3:Put",
    "sqs:Get",
];
const RESOURCE_PATTERNS: [&str; 9] = ["*", "a", "a*", "b/*", "?/x", "b/x", "c", "*b*", "a?"];

fn random(dice: &mut Dice) -> Value {
    let statements: Vec<Value> = (0..=dice.roll(3)).map(|_| statement(dice)).collect();
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn statement(dice: &mut Dice) -> Value {
    let effect = if dice.roll(4) == 0 { "Deny" } else { "Allow" };
    let mut some =
        |list: &[&'static str]| -> Vec<&'static str> { (0..=dice.roll(2)).map(|_| *dice.pick(list)).collect() };
    let (actions, resources, regions) = (some(&ACTION_PATTERNS), some(&RESOURCE_PATTERNS), some(&REGIONS));
    let mut statement = json!({ "Effect": effect });
    statement[if dice.roll(5) == 0 { "NotAction" } else { "Action" }] = json!(actions);
    statement[if dice.roll(6) == 0 { "NotResource" } else { "Resource" }] = json!(resources);
    match dice.roll(6) {
        0 => statement["Condition"] = json!({ "StringEquals": { "region": regions } }),
        1 => statement["Condition"] = json!({ "StringNotEquals": { "region": regions } }),
        _ => {}
    }
    statement
}

fn allows(document: &Value, request: (&str, &str, &str)) -> bool {
    let matching = |effect: &str| {
        document["Statement"].as_array().unwrap().iter().any(|one| one["Effect"] == effect && holds(one, request))
    };
    matching("Allow") && !matching("Deny")
}

fn holds(statement: &Value, (action, resource, region): (&str, &str, &str)) -> bool {
    let list = |value: &Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let set = |name: &str, text: &str| {
        let any = |value: &Value| list(value).iter().any(|pattern| matches(pattern.as_bytes(), text.as_bytes()));
        statement.get(name).map_or_else(|| !any(&statement[format!("Not{name}")]), any)
    };
    let condition = statement["Condition"].as_object().is_none_or(|tests| {
        tests
            .iter()
            .all(|(operator, keys)| list(&keys["region"]).contains(&region.to_owned()) == (operator == "StringEquals"))
    });
    set("Action", action) && set("Resource", resource) && condition
}

/// The plainest way to match a wildcard.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) if matches(rest, text) => true,
        (Some((b'*', _)), Some((_, text))) => matches(pattern, text),
        (Some((letter, pattern)), Some((first, text))) => {
            (letter == first || *letter == b'?') && matches(pattern, text)
        }
        _ => false,
    }
}

#[test]
fn no_request_is_newly_allowed_without_being_said() {
    let mut dice = Dice::new(2026);
    let (mut broader, mut said) = (0, 0);
    for _ in 0..6_000 {
        let (old, new) = (random(&mut dice), random(&mut dice));
        // Half of the time they differ in one statement only.
        let new = if dice.roll(2) == 0 { new } else { changed(&old, &new) };
        let requests =
            ACTIONS.iter().flat_map(|a| RESOURCES.iter().flat_map(move |r| REGIONS.iter().map(move |g| (*a, *r, *g))));
        let gained = requests.clone().find(|request| allows(&new, *request) && !allows(&old, *request));
        let gains = Policy::parse(new.to_string().as_bytes()).gains_over(&Policy::parse(old.to_string().as_bytes()));
        said += usize::from(!gains.is_empty());
        if let Some(request) = gained {
            broader += 1;
            assert!(!gains.is_empty(), "{request:?} is newly allowed\nold: {old}\nnew: {new}");
        }
    }
    assert!(broader > 1_000 && said < 6_000, "{broader} are broader, {said} are said to be");
}

fn changed(old: &Value, other: &Value) -> Value {
    let mut new = old.clone();
    new["Statement"][0] = other["Statement"][0].clone();
    new
}

#[test]
fn a_document_is_never_broader_than_itself() {
    let mut dice = Dice::new(77);
    for _ in 0..500 {
        let one = Policy::parse(random(&mut dice).to_string().as_bytes());
        assert_eq!(one.gains_over(&one), Vec::<String>::new());
    }
}
