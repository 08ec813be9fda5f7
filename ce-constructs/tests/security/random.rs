//! Any configuration gives findings or a valid template, never a panic.

use ce_constructs::compute::{InlineCode, LambdaFunction, Repository};
use ce_constructs::security::{
    Action, Grantee, Key, Parameter, Password, Principal, Role, Rotation, Secret, Statement,
};
use ce_synth::{App, Duration, Region, Severity, Size};
use proptest::prelude::*;

use super::{PROD, of_type, resources};

const ACTIONS: [Action; 4] = [
    Action::new("s3:GetObject"),
    Action::new("s3:PutObject"),
    Action::new("sqs:SendMessage"),
    Action::new("dynamodb:Get*"),
];
const RESOURCES: [&str; 4] = ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*", "arn:aws:sqs:us-east-1:111111111111:q", "*"];

/// Which actions, on which resources, denied, under a condition.
type Said = (Vec<bool>, Vec<bool>, bool, bool);

fn said() -> impl Strategy<Value = Said> {
    (prop::collection::vec(any::<bool>(), 4), prop::collection::vec(any::<bool>(), 4), any::<bool>(), any::<bool>())
}

fn chosen<T: Clone>(all: &[T], picks: &[bool]) -> Vec<T> {
    all.iter().zip(picks).filter(|(_, picked)| **picked).map(|(item, _)| item.clone()).collect()
}

fn statement((actions, on, deny, conditional): &Said) -> Statement {
    let actions = chosen(&ACTIONS, actions);
    let statement = if *deny { Statement::deny(actions) } else { Statement::allow(actions) };
    let statement = statement.on(chosen(&RESOURCES, on)).with_wildcard_reason("a test");
    if *conditional { statement.when("Bool", "aws:SecureTransport", "true") } else { statement }
}

/// Every single permission of a policy's statements: effect, action, resource, condition.
fn permissions(statements: &serde_json::Value) -> std::collections::BTreeSet<[String; 4]> {
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let mut all = std::collections::BTreeSet::new();
    for statement in list(statements) {
        for action in list(&statement["Action"]) {
            for resource in list(&statement["Resource"]) {
                let part = |value: &serde_json::Value| value.to_string();
                all.insert([&statement["Effect"], &action, &resource, &statement["Condition"]].map(part));
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn merging_neither_gives_nor_takes(all in prop::collection::vec(said(), 1..8)) {
        let whole: Vec<_> = all.iter().filter(|(actions, on, ..)| actions.contains(&true) && on.contains(&true)).collect();
        prop_assume!(!whole.is_empty());
        let app = App::new();
        let role = Role::builder(Principal::service("a.amazonaws.com")).build(app.stack("Stack", PROD), "Role");
        for said in &whole {
            role.allow(statement(said));
        }
        let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
        let resources = resources(&assembly, "Stack");
        let policy = &of_type(&resources, "AWS::IAM::Policy")[0]["PolicyDocument"]["Statement"];
        let mut apart = std::collections::BTreeSet::new();
        for (actions, on, deny, conditional) in whole {
            let effect = if *deny { "\"Deny\"" } else { "\"Allow\"" };
            let condition = if *conditional { r#"{"Bool":{"aws:SecureTransport":"true"}}"# } else { "null" };
            for action in chosen(&ACTIONS, actions) {
                for resource in chosen(&RESOURCES, on) {
                    let quoted = |text: &str| format!("\"{text}\"");
                    apart.insert([effect.to_owned(), quoted(action.as_str()), quoted(resource), condition.to_owned()]);
                }
            }
        }
        prop_assert_eq!(permissions(policy), apart);
    }

    #[test]
    fn statements_never_panic(all in prop::collection::vec(said(), 0..6), name in ".{0,70}") {
        let app = App::new();
        let role = Role::builder(Principal::anyone()).named(name).build(app.stack("Stack", PROD), "Role");
        for said in &all {
            role.allow(statement(said));
        }
        let _ = app.synth();
    }

    #[test]
    fn secrets_are_valid_or_say_why(
        (name, length, days, hours) in (prop::option::of("[a-zA-Z/ -]{0,20}"), 0u16..5_000, 0u32..1_200, 0u32..30),
        (login, by_hand, multi_region, region) in (any::<bool>(), any::<bool>(), any::<bool>(), 0usize..38),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let key = if multi_region { Key::builder().multi_region() } else { Key::builder() }.build(stack, "Key");
        let password = Password::new().length(length);
        let mut secret = Secret::builder(&key).replicated_to([Region::ALL[region % Region::ALL.len()]]);
        secret = if login { secret.login("user", password) } else { secret.generated(password) };
        if let Some(name) = name { secret = secret.named(name); }
        if by_hand { secret = secret.filled_by_hand(); }
        let role = Role::builder(Principal::service("lambda.amazonaws.com")).build(stack, "Role");
        let arn = "arn:aws:lambda:us-east-1:111111111111:function:rotate";
        let rotation = Rotation::function(arn, &role as &dyn Grantee).every(Duration::days(days)).window(Duration::hours(hours));
        secret.rotated(rotation).build(stack, "Secret");
        match app.synth() {
            Ok(assembly) => prop_assert!(assembly.template("Stack").is_some_and(|text| text.contains("KmsKeyId"))),
            Err(findings) => {
                let ours = findings.iter().filter(|finding| finding.severity == Severity::Error);
                let codes: Vec<_> = ours.map(|finding| finding.code.as_str()).collect();
                prop_assert!(codes.iter().all(|code| code.starts_with("CE51")), "{findings}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn functions_parameters_and_repositories_are_valid_or_say_why(
        (name, value, pattern) in ("[a-z/. -]{0,12}", "[ -~]{0,20}", prop::option::of("[a-z]{1,3}")),
        (seconds, memory, calls) in (0u32..2_000, 0u32..20_000, prop::option::of(any::<u16>())),
        (images, days, tag) in (any::<u16>(), any::<u16>(), prop::option::of("[a-z*]{0,6}")),
        (function, repository) in ("[A-Za-z0-9_ -]{1,12}", "[a-z/._-]{1,12}"),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let parameter = Parameter::builder(name, value);
        let parameter = pattern.into_iter().fold(parameter, |parameter, pattern| parameter.pattern(pattern));
        let parameter = parameter.build(stack, "Parameter");
        let code = InlineCode::python("def handler(event, context):\n    return event\n");
        let mut lambda = LambdaFunction::builder(code).named(function).timeout(Duration::seconds(seconds)).memory(Size::mib(memory));
        if let Some(calls) = calls { lambda = lambda.reserved_concurrency(calls); }
        let lambda = lambda.env("FLAGS", parameter.name().to_owned()).build(stack, "Function");
        parameter.grant_read(&lambda);
        let kept = Repository::builder().named(repository).keep(images).keep_untagged(days);
        tag.into_iter().fold(kept, |kept, tag| kept.mutable_tag(tag)).build(stack, "Images").allow_pull(&lambda);
        match app.synth() {
            Ok(assembly) => {
                let resources = resources(&assembly, "Stack");
                prop_assert_eq!(of_type(&resources, "AWS::Lambda::Function").len(), 1);
                prop_assert_eq!(of_type(&resources, "AWS::ECR::Repository").len(), 1);
            }
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                prop_assert!(errors.count() > 0, "{findings}");
            }
        }
    }
}
