//! One test a rule, and one that every rule has a test.

use std::collections::BTreeSet;

use ce_constructs::security::{
    Action, HostedRotation, Key, ManagedPolicy, Parameter, Password, Principal, RULES, ReplicaKey, Role, Rotation,
    Secret, Statement, aws_managed_policy,
};
use ce_synth::{Duration, Region, Scope};

use super::{codes, synth};

const READ: Action = Action::new("s3:GetObject");

fn role(stack: Scope<'_>) -> Role<'_> {
    Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Role")
}

fn key(stack: Scope<'_>) -> Key<'_> {
    Key::builder().build(stack, "Key")
}

fn on_one() -> [&'static str; 1] {
    ["arn:aws:s3:::a/*"]
}

/// What triggers a rule, and how often.
type Case = (&'static str, usize, fn(Scope<'_>));

const CASES: &[Case] = &[
    ("CE5101", 2, |stack| {
        let wide = [Action::new("s3:Get*"), Action::new("sqs:*"), READ];
        role(stack).allow(Statement::allow(wide).on(on_one()));
    }),
    ("CE5101", 0, |stack| {
        let wide = || Statement::allow([Action::new("s3:*")]).on(on_one());
        role(stack)
            .allow(wide().with_wildcard_reason("an administrator"))
            .allow(Statement::deny([Action::new("s3:*")]).on(["*"]));
    }),
    ("CE5102", 1, |stack| {
        role(stack).allow(Statement::allow([READ]).on(["*"]));
    }),
    ("CE5103", 2, |stack| {
        role(stack).allow(Statement::allow([]));
    }),
    ("CE5104", 1, |stack| {
        key(stack).allow(Statement::allow([Action::new("kms:Decrypt")]).principal(Principal::arn("*")));
    }),
    ("CE5104", 0, |stack| {
        let own = Principal::anyone().when("StringEquals", "kms:CallerAccount", "111111111111");
        key(stack).allow(Statement::allow([Action::new("kms:Decrypt")]).principal(own));
    }),
    ("CE5105", 1, |stack| {
        role(stack).allow(Statement::allow([READ]).on(on_one()).when("StringIs", "aws:PrincipalTag/team", "a"));
    }),
    ("CE5105", 1, |stack| {
        let twice = Statement::allow([READ]).on(on_one()).when("StringEquals", "aws:PrincipalTag/team", "a");
        role(stack).allow(twice.when("StringEquals", "aws:PrincipalTag/team", "b"));
    }),
    ("CE5105", 0, |stack| {
        let tests = Statement::allow([READ]).on(on_one()).when("ForAnyValue:StringLikeIfExists", "aws:TagKeys", "a");
        role(stack).allow(tests);
    }),
    ("CE5106", 2, |stack| {
        Role::builder(Principal::service("a.amazonaws.com")).named("no spaces").build(stack, "A");
        Role::builder(Principal::service("a.amazonaws.com")).named("x".repeat(65)).build(stack, "B");
    }),
    ("CE5107", 1, |stack| {
        let role = role(stack);
        for place in 0..400 {
            role.allow(Statement::allow([READ]).on([format!("arn:aws:s3:::bucket-of-number-{place}/*")]));
        }
    }),
    ("CE5107", 1, |stack| {
        let all = (0..200).map(|place| format!("arn:aws:s3:::bucket-of-number-{place}/*"));
        ManagedPolicy::builder([Statement::allow([READ]).on(all)]).build(stack, "Policy");
    }),
    ("CE5108", 1, |stack| {
        Role::builder(Principal::service("a.amazonaws.com")).max_session(Duration::hours(13)).build(stack, "A");
    }),
    ("CE5109", 1, |stack| {
        let role = Role::builder(Principal::service("a.amazonaws.com"));
        (0..11)
            .fold(role, |role, place| role.managed_policy(aws_managed_policy(&format!("P{place}"))))
            .build(stack, "A");
    }),
    ("CE5110", 2, |stack| {
        Role::builder(Principal::anyone()).build(stack, "A");
        Role::builder(Principal::oidc("arn:aws:iam::111111111111:oidc-provider/example.com")).build(stack, "B");
    }),
    ("CE5111", 2, |stack| {
        Key::builder().pending_window(Duration::days(6)).build(stack, "A");
        Key::builder().pending_window(Duration::hours(25)).build(stack, "B");
    }),
    ("CE5112", 2, |stack| {
        Key::builder().rotated_every(Duration::days(89)).build(stack, "A");
        Key::builder().never_rotated().build(stack, "B");
    }),
    ("CE5113", 3, |stack| {
        Key::builder().alias("shop").alias("alias/aws/shop").alias("alias/a b").build(stack, "A");
    }),
    ("CE5114", 2, |stack| {
        ReplicaKey::builder(key(stack).arn()).build(stack, "Replica");
    }),
    ("CE5115", 2, |stack| {
        let key = key(stack);
        Secret::builder(&key).named("no spaces").build(stack, "A");
        Secret::builder(&key).named("shop/my-secret").build(stack, "B");
    }),
    ("CE5116", 2, |stack| {
        let key = key(stack);
        Secret::builder(&key).generated(Password::new().length(4)).build(stack, "A");
        Secret::builder(&key).login("a", Password::new().length(12)).build(stack, "B");
    }),
    ("CE5117", 1, |stack| {
        Secret::builder(&key(stack)).field("password", "hunter2").build(stack, "A");
    }),
    ("CE5118", 3, |stack| {
        let secret = Secret::builder(&key(stack)).replicated_to([Region::US_EAST_1]);
        secret.replicated_with(Region::US_EAST_1, "alias/there").build(stack, "A");
    }),
    ("CE5119", 2, |stack| {
        let key = key(stack);
        let by = || Rotation::existing_function("arn:aws:lambda:us-east-1:111111111111:function:rotate");
        Secret::builder(&key).rotated(by().every(Duration::hours(6))).build(stack, "A");
        Secret::builder(&key).rotated(by().on_schedule("monthly")).build(stack, "B");
    }),
    ("CE5120", 3, |stack| {
        let key = key(stack);
        let outside = HostedRotation::postgres_single_user();
        let open = HostedRotation::postgres_single_user().in_subnets(["subnet-11111111"]);
        let lost = HostedRotation::postgres_single_user().in_groups(["sg-11111111"]);
        for (id, hosted) in [("A", outside), ("B", open), ("C", lost)] {
            Secret::builder(&key).login("a", Password::new()).rotated(Rotation::hosted(hosted)).build(stack, id);
        }
    }),
    ("CE5121", 4, |stack| {
        Parameter::builder("aws/limit", "1").build(stack, "A");
        Parameter::builder("/shop/long", "x".repeat(4_097)).build(stack, "B");
        Parameter::builder("/shop/db-password", "x").build(stack, "C");
        Parameter::builder("shop/limit", "1").build(stack, "D");
    }),
];

#[test]
fn rules_find_what_they_are_for() {
    let wrong = |(code, count, build): &Case| {
        let found = codes(&synth(build));
        (found != vec![(*code).to_owned(); *count]).then(|| format!("{code}: expected {count}, found {found:?}"))
    };
    let wrong: Vec<_> = CASES.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_is_triggered_and_every_code_is_a_rule() {
    let triggered: BTreeSet<_> = CASES.iter().filter(|(_, count, _)| *count > 0).map(|(code, ..)| *code).collect();
    let known: BTreeSet<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(triggered, known);
    assert_eq!(known.len(), RULES.len());
}
