//! Statements, and ways to change them of which it is known what they do.

use serde_json::{Value, json};

use crate::dice::Dice;

/// A way to change a document that lets more through. The other way round it lets less through.
pub(crate) struct Widening {
    pub(crate) name: &'static str,
    pub(crate) narrow: Value,
    pub(crate) wide: Value,
}

/// A statement that lets read a bucket.
pub(crate) fn base(dice: &mut Dice) -> Value {
    const ACTIONS: [&str; 6] =
        ["s3:GetObject", "sqs:SendMessage", "dynamodb:GetItem", "kms:Decrypt", "logs:PutLogEvents", "ecs:RunTask"];
    let action = *dice.pick(&ACTIONS);
    let resource =
        format!("arn:aws:{}:eu-west-1:111111111111:thing/{}", action.split(':').next().unwrap(), dice.roll(1_000));
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

fn with(statement: &Value, changes: &Value) -> Value {
    let mut statement = statement.clone();
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            statement.as_object_mut().unwrap().remove(key);
        } else {
            statement[key] = value.clone();
        }
    }
    statement
}

/// Ways to let more through, for statements of a principal.
pub(crate) fn widenings(dice: &mut Dice) -> Vec<Widening> {
    let one = base(dice);
    let mut all = of_sets(&one);
    all.extend(of_conditions(&one));
    all.extend(of_denials(&one));
    all
}

/// More actions or resources.
fn of_sets(one: &Value) -> Vec<Widening> {
    let (action, resource) = (one["Action"].as_str().unwrap(), one["Resource"].as_str().unwrap());
    let (service, verb) = action.split_once(':').unwrap();
    let rows = [
        ("another action", json!({ "Action": [action, "iam:PassRole"] })),
        ("a wildcard for the end", json!({ "Action": format!("{service}:{}*", &verb[..3]) })),
        ("a wildcard in the middle", json!({ "Action": format!("{service}:{}*{}", &verb[..2], &verb[4..]) })),
        ("a wildcard for a letter", json!({ "Action": format!("{service}:?{}", &verb[1..]) })),
        ("every action of the service", json!({ "Action": format!("{service}:*") })),
        ("every action", json!({ "Action": "*" })),
        ("every resource", json!({ "Resource": "*" })),
        ("what begins alike", json!({ "Resource": format!("{}*", &resource[..resource.len() - 1]) })),
        ("another resource", json!({ "Resource": [resource, "arn:aws:s3:::other"] })),
        ("another account", json!({ "Resource": resource.replace("111111111111", "*") })),
        ("all but some actions", json!({ "Action": null, "NotAction": "organizations:*" })),
        ("all but some resources", json!({ "Resource": null, "NotResource": "arn:aws:s3:::kept" })),
    ];
    let mut all: Vec<Widening> = rows
        .into_iter()
        .map(|(name, wide)| Widening { name, narrow: json!([one]), wide: json!([with(one, &wide)]) })
        .collect();
    let another = json!([one, { "Effect": "Allow", "Action": "iam:CreateUser", "Resource": "*" }]);
    all.push(Widening { name: "another statement", narrow: json!([one]), wide: another });
    let but = |actions: &Value| json!([{ "Effect": "Allow", "NotAction": actions, "Resource": "*" }]);
    let (narrow, wide) = (but(&json!(["iam:*", "sts:*"])), but(&json!(["iam:*"])));
    all.push(Widening { name: "fewer exceptions", narrow, wide });
    all
}

/// Weaker conditions.
fn of_conditions(one: &Value) -> Vec<Widening> {
    let rows = [
        ("no condition", json!({ "StringEquals": { "aws:RequestedRegion": "eu-west-1" } }), Value::Null),
        (
            "a wider condition",
            json!({ "StringEquals": { "aws:RequestedRegion": "eu-west-1" } }),
            json!({ "StringEquals": { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } }),
        ),
        (
            "a wider range",
            json!({ "IpAddress": { "aws:SourceIp": "10.1.0.0/16" } }),
            json!({ "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } }),
        ),
        (
            "one condition less",
            json!({ "StringEquals": { "a:b": "c", "a:d": "e" } }),
            json!({ "StringEquals": { "a:b": "c" } }),
        ),
        ("a like for an equals", json!({ "StringEquals": { "a:b": "cd" } }), json!({ "StringLike": { "a:b": "c*" } })),
        (
            "if it is there at all",
            json!({ "Bool": { "aws:MultiFactorAuthPresent": "true" } }),
            json!({ "BoolIfExists": { "aws:MultiFactorAuthPresent": "true" } }),
        ),
    ];
    let under = |condition: &Value| json!([with(one, &json!({ "Condition": condition }))]);
    rows.iter().map(|(name, narrow, wide)| Widening { name, narrow: under(narrow), wide: under(wide) }).collect()
}

/// Less that is denied.
fn of_denials(one: &Value) -> Vec<Widening> {
    let all = with(one, &json!({ "Action": "*", "Resource": "*" }));
    let deny = json!({ "Effect": "Deny", "Action": "iam:*", "Resource": "*" });
    let beside = |denial: &Value| json!([all, denial]);
    let condition = json!({ "Condition": { "StringEquals": { "aws:RequestedRegion": "eu-west-1" } } });
    let but = |actions: &Value| with(&deny, &json!({ "Action": null, "NotAction": actions }));
    let rows = [
        ("no denial", beside(&deny), json!([all])),
        ("a smaller denial", beside(&deny), beside(&with(&deny, &json!({ "Action": "iam:Create*" })))),
        ("a denial under a condition", beside(&deny), beside(&with(&deny, &condition))),
        ("more exceptions of a denial", beside(&but(&json!(["s3:*"]))), beside(&but(&json!(["s3:*", "iam:*"])))),
        ("an allowance for a denial", json!([with(one, &json!({ "Effect": "Deny" }))]), json!([one])),
    ];
    rows.into_iter().map(|(name, narrow, wide)| Widening { name, narrow, wide }).collect()
}

/// Ways to write the same otherwise.
pub(crate) fn rewritings(dice: &mut Dice) -> Vec<Widening> {
    let (one, two) = (base(dice), base(dice));
    let same = |name, narrow: Value, wide: Value| Widening { name, narrow, wide };
    let action = one["Action"].as_str().unwrap();
    let other = "s3:ListBucket";
    let resource = &one["Resource"];
    let text = resource.as_str().unwrap();
    vec![
        same("another order", json!([one, two]), json!([two, one])),
        same(
            "a list of one",
            json!([one]),
            json!([with(&one, &json!({ "Action": [action], "Resource": [resource] }))]),
        ),
        same("no list of statements", json!([one]), one.clone()),
        same("other letters", json!([one]), json!([with(&one, &json!({ "Action": action.to_uppercase() }))])),
        same("another id", json!([one]), json!([with(&one, &json!({ "Sid": "Other" }))])),
        same(
            "one statement for two",
            json!([one, with(&one, &json!({ "Action": other }))]),
            json!([with(&one, &json!({ "Action": [other, action] }))]),
        ),
        same(
            "two statements for one",
            json!([with(&one, &json!({ "Action": [other, action] }))]),
            json!([one, with(&one, &json!({ "Action": other }))]),
        ),
        same(
            "a join for a text",
            json!([one]),
            json!([with(&one, &json!({ "Resource": { "Fn::Join": ["", [&text[..8], &text[8..]]] } }))]),
        ),
        same(
            "what is covered already",
            json!([with(&one, &json!({ "Action": "*" }))]),
            json!([with(&one, &json!({ "Action": "*" })), one]),
        ),
        same(
            "an account for its number",
            json!([with(&one, &json!({ "Resource": text }))]),
            json!([with(
                &one,
                &json!({ "Resource": { "Fn::Sub": text.replace("111111111111", "${AWS::AccountId}") } })
            )]),
        ),
    ]
}
