//! The judge that the engine asks, on stacks as they are deployed.

use std::collections::BTreeMap;
use std::fs;

use ce_deploy::assembly::{Assembly, Stack};
use ce_deploy::cloud::{self, Action, Change, ParameterValue, Replacement, Secret, StackStatus};
use ce_deploy::difference::Elsewhere;
use ce_deploy::engine::{Case, Judge};
use ce_deploy::risk::Risk;
use serde_json::{Value, json};

/// A stack of an assembly with this template.
fn stack(name: &str, template: &Value) -> Stack {
    let folder = std::env::temp_dir().join(format!("ce-judged-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let artifact = json!({
        "type": "aws:cloudformation:stack",
        "environment": "aws://111111111111/eu-west-1",
        "properties": { "templateFile": "t.json", "terminationProtection": false },
    });
    fs::write(folder.join("t.json"), template.to_string()).unwrap();
    fs::write(
        folder.join("manifest.json"),
        json!({ "version": "48.0.0", "artifacts": { "Shop": artifact } }).to_string(),
    )
    .unwrap();
    let assembly = Assembly::read(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assembly.stacks[0].clone()
}

fn template(delay: u32) -> Value {
    json!({
        "Parameters": { "Who": { "Type": "String" } },
        "Resources": {
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } },
            "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": ["q"], "PolicyDocument": { "Statement": {
                "Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Principal": { "AWS": { "Ref": "Who" } },
            } } } },
        },
    })
}

fn parameter(value: Option<&str>) -> ParameterValue {
    ParameterValue { key: "Who".into(), value: value.map(Secret::new) }
}

fn there(value: &str) -> cloud::Stack {
    let mut found = cloud::Stack::new("arn:x", "Shop", StackStatus::CreateComplete);
    found.parameters = vec![parameter(Some(value))];
    found
}

/// What is asked about when a stack that has a template is brought to what the assembly says.
fn asked(stack: &Stack, found: &cloud::Stack, deployed: &str, after: &[ParameterValue]) -> Vec<String> {
    judged(stack, found, deployed, after, &BTreeMap::new(), false)
}

fn judged(
    stack: &Stack,
    found: &cloud::Stack,
    deployed: &str,
    after: &[ParameterValue],
    changes: &BTreeMap<String, Vec<Change>>,
    deletes: bool,
) -> Vec<String> {
    let (nested, before) = (BTreeMap::new(), found.parameters.as_slice());
    let deployed = Some(deployed);
    let case = Case {
        stack,
        found: Some(found),
        deployed,
        nested: &nested,
        before,
        after,
        changes,
        elsewhere: &Elsewhere::default(),
        deletes,
    };
    let risks: Vec<Risk> = Judge::of(&ce_cfn::SCHEMAS).judge(&case).risks;
    risks.into_iter().map(|risk| risk.rule).collect()
}

#[test]
fn a_parameter_that_is_kept_is_what_it_was() {
    let stack = stack("kept", &template(2));
    let with = |after| asked(&stack, &there("222222222222"), &template(1).to_string(), &[parameter(after)]);
    assert_eq!(with(None), Vec::<String>::new());
    assert_eq!(with(Some("222222222222")), Vec::<String>::new());
    assert_eq!(with(Some("333333333333")), ["resource-policy"]);
}

#[test]
fn a_hidden_value_that_may_be_another_is_asked_about() {
    let mut hidden = template(1);
    hidden["Parameters"]["Who"]["NoEcho"] = json!(true);
    let stack = stack("hidden", &hidden);
    let with = |after| asked(&stack, &there("****"), &hidden.to_string(), &[parameter(after)]);
    assert_eq!(with(None), Vec::<String>::new());
    assert_eq!(with(Some("333333333333")), ["resource-policy"]);
}

#[test]
fn a_template_that_is_not_json_is_compared_by_the_change_set_and_as_if_all_were_new() {
    let stack = stack("yaml", &template(1));
    let replaced = Change {
        action: Action::Modify,
        logical_id: "Queue".into(),
        physical_id: None,
        type_name: "AWS::SQS::Queue".into(),
        replacement: Some(Replacement::True),
        policy_action: None,
        details: vec![],
        nested: None,
        ignored: Vec::new(),
    };
    let changes = BTreeMap::from([(String::new(), vec![replaced])]);
    let found = there("222222222222");
    let rules = judged(&stack, &found, "Resources:\n  Queue:\n", &[parameter(None)], &changes, false);
    assert_eq!(rules, ["data-replaced", "resource-policy"]);
}

#[test]
fn a_deletion_loses_what_holds_data() {
    let stack = stack("deleted", &template(1));
    let found = there("222222222222");
    let rules = judged(&stack, &found, &template(1).to_string(), &[], &BTreeMap::new(), true);
    assert_eq!(rules, ["data-removed"]);
}

#[test]
fn what_a_macro_made_goes_with_the_stack_and_must_be_named_unless_it_holds_no_data() {
    let stack = stack("macros", &json!({ "Resources": { "Alarm": { "Type": "AWS::CloudWatch::Alarm" } } }));
    let with = |name: &str| {
        let deployed = json!({ "Transform": name, "Resources": { "Alarm": { "Type": "AWS::CloudWatch::Alarm" } } });
        judged(&stack, &there("x"), &deployed.to_string(), &[], &BTreeMap::new(), true)
    };
    assert_eq!(with("AWS::Serverless-2016-10-31"), ["unseen"]);
    assert_eq!(with("Ours"), ["unseen"]);
    assert_eq!(with("AWS::SecretsManager-2024-09-16"), Vec::<String>::new());
    assert_eq!(with("AWS::LanguageExtensions"), Vec::<String>::new());
}

#[test]
fn settings_of_the_stack_itself_are_compared() {
    let mut stack = stack("settings", &template(1));
    stack.notification_arns = Some(vec![]);
    stack.execution_role = Some("arn:b".into());
    let mut found = there("222222222222");
    found.termination_protection = true;
    found.role = Some("arn:a".into());
    found.notification_arns = vec!["arn:topic".into()];
    let rules = asked(&stack, &found, &template(1).to_string(), &[parameter(None)]);
    assert_eq!(rules, ["stack-role", "stack-notifications", "stack-protection"]);
}

#[test]
fn a_nested_stack_that_stays_is_not_looked_into() {
    let with = |url: &str| {
        let properties = json!({ "TemplateURL": url });
        json!({ "Resources": { "Inner": { "Type": "AWS::CloudFormation::Stack", "Properties": properties } } })
    };
    let mut stack = stack("nested", &with("https://x/1.json"));
    let inner = json!({ "Resources": { "Key": { "Type": "AWS::IAM::AccessKey" } } });
    stack.nested.insert("Inner".into(), inner.to_string().into());
    let found = there("x");
    assert_eq!(asked(&stack, &found, &with("https://x/1.json").to_string(), &[]), Vec::<String>::new());
    assert_eq!(asked(&stack, &found, &with("https://x/2.json").to_string(), &[]), ["access-assignment"]);
}
