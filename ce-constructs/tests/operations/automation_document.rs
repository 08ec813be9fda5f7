//! Runbooks: the default, and each option.

use ce_constructs::observe::Topic;
use ce_constructs::operations::{
    ApiCall, ApiOperation, AutomationDocument, Choice, DocumentParameter, OnFailure, Script, Step, Test, ValueType,
    output, parameter,
};
use ce_constructs::security::{Action, Key, Principal, Role, Statement};
use ce_synth::value::Expr;
use ce_synth::{Duration, PropMap, Scope};
use serde_json::{Value, json};

use super::{built, of_type, statements};

const DESCRIBE: ApiOperation = ApiOperation::new("elasticache:DescribeReplicationGroups");
const STOP: ApiOperation = ApiOperation::new("ecs:StopTask");
const GROUP: &str = "arn:aws:elasticache:us-east-1:111111111111:replicationgroup:sessions";

fn describe() -> ApiCall {
    ApiCall::new(DESCRIBE).on([GROUP]).input("ReplicationGroupId", "sessions")
}

/// The content of a document of these steps.
fn content(steps: impl IntoIterator<Item = Step>) -> (Value, Value) {
    let resources = built(|scope| {
        let document = AutomationDocument::builder("Does something");
        let _ = steps
            .into_iter()
            .fold(document, ce_constructs::operations::AutomationDocumentBuilder::step)
            .build(scope, "Runbook");
    });
    let content = of_type(&resources, "AWS::SSM::Document")[0]["Content"].clone();
    (content, resources)
}

#[test]
fn the_default_acts_with_a_role_of_its_own() {
    let resources = built(|scope| {
        let _ = AutomationDocument::builder("Reads the state of Redis")
            .step(Step::call("Describe", describe()))
            .build(scope, "Runbook");
    });
    insta::assert_json_snapshot!(resources);
}

#[test]
fn a_document_has_a_name_parameters_outputs_and_a_target_type() {
    let resources = built(|scope| {
        let step =
            Step::call("Describe", describe()).output("Status", "$.ReplicationGroups[0].Status", ValueType::Text);
        let _ = AutomationDocument::builder("Reads the state of Redis")
            .named("shop-redis-state")
            .parameter(DocumentParameter::text("Ticket").described("why").pattern("OPS-[0-9]+"))
            .parameter(DocumentParameter::new("Days", ValueType::Integer).default(90).allowed([30, 90]))
            .step(step)
            .output("Describe", "Status")
            .target_type("/AWS::ElastiCache::ReplicationGroup")
            .build(scope, "Runbook");
    });
    let document = of_type(&resources, "AWS::SSM::Document")[0];
    assert_eq!(document["Name"], "shop-redis-state");
    assert_eq!(document["TargetType"], "/AWS::ElastiCache::ReplicationGroup");
    let content = &document["Content"];
    assert_eq!(
        content["parameters"]["Ticket"],
        json!({"type": "String", "description": "why", "allowedPattern": "OPS-[0-9]+"})
    );
    assert_eq!(content["parameters"]["Days"], json!({"type": "Integer", "default": 90, "allowedValues": [30, 90]}));
    assert_eq!(content["outputs"], json!(["Describe.Status"]));
    assert_eq!(content["mainSteps"][0]["outputs"][0]["Type"], "String");
}

#[test]
fn a_role_that_is_there_is_let_do_what_the_steps_need() {
    let resources = built(|scope| {
        let role = Role::builder(Principal::service("ssm.amazonaws.com")).build(scope, "Own");
        let document = AutomationDocument::builder("Reads").step(Step::call("Describe", describe())).runs_as(&role);
        assert_eq!(document.build(scope, "Runbook").acts_as().arn(), role.arn());
    });
    assert_eq!(of_type(&resources, "AWS::IAM::Role").len(), 1);
    assert!(statements(&resources).contains("elasticache:DescribeReplicationGroups"));
}

#[test]
fn whoever_may_start_it_may_start_that_one() {
    let resources = built(|scope| {
        let pipeline = Role::builder(Principal::service("codepipeline.amazonaws.com")).build(scope, "Pipeline");
        let step = Step::call("Describe", describe());
        AutomationDocument::builder("Reads")
            .named("shop-read")
            .step(step)
            .build(scope, "Runbook")
            .allow_start(&pipeline);
    });
    let text = statements(&resources);
    assert!(text.contains("ssm:StartAutomationExecution") && text.contains(":automation-definition/"), "{text}");
    assert!(text.contains(r#""iam:PassedToService":"ssm.amazonaws.com""#), "{text}");
    assert!(!text.contains(r#""Resource":"*""#), "{text}");
}

#[test]
fn steps_say_how_they_follow_each_other() {
    let (content, _) = content([
        Step::call("First", describe())
            .described("looks")
            .on_failure(OnFailure::Step("Last".to_owned()))
            .on_cancel(OnFailure::Continue)
            .timeout(Duration::minutes(2))
            .attempts(3)
            .next("Last"),
        Step::sleep("Second", Duration::minutes(1)).not_critical().end(),
        Step::pause("Last").on_failure(OnFailure::Abort),
    ]);
    let steps = &content["mainSteps"];
    assert_eq!(steps[0]["description"], "looks");
    assert_eq!(steps[0]["onFailure"], "step:Last");
    assert_eq!(steps[0]["onCancel"], "Continue");
    assert_eq!(steps[0]["timeoutSeconds"], 120);
    assert_eq!(steps[0]["maxAttempts"], 3);
    assert_eq!(steps[0]["nextStep"], "Last");
    assert_eq!(steps[1]["inputs"], json!({"Duration": "PT60S"}));
    assert_eq!(steps[1]["isCritical"], false);
    assert_eq!(steps[1]["isEnd"], true);
    assert_eq!(steps[2]["action"], "aws:pause");
    assert_eq!(steps[2]["onFailure"], "Abort");
}

#[test]
fn steps_wait_for_properties_and_assert_them() {
    let path = "$.ReplicationGroups[0].Status";
    let (content, _) = content([
        Step::wait_for("Wait", describe(), path, ["available"]),
        Step::assert_that("Assert", describe(), path, ["available", "modifying"]),
    ]);
    let steps = &content["mainSteps"];
    assert_eq!(steps[0]["action"], "aws:waitForAwsResourceProperty");
    let inputs = json!({
        "Service": "elasticache", "Api": "DescribeReplicationGroups", "ReplicationGroupId": "sessions",
        "PropertySelector": path, "DesiredValues": ["available"],
    });
    assert_eq!(steps[0]["inputs"], inputs);
    assert_eq!(steps[1]["action"], "aws:assertAwsResourceProperty");
    assert_eq!(steps[1]["inputs"]["DesiredValues"][1], "modifying");
}

#[test]
fn branches_take_the_first_choice_that_fits() {
    let count = || output("Count", "Output");
    let tests = [
        (Test::TextIs("a".to_owned()), "StringEquals", json!("a")),
        (Test::StartsWith("a".to_owned()), "StartsWith", json!("a")),
        (Test::EndsWith("a".to_owned()), "EndsWith", json!("a")),
        (Test::Contains("a".to_owned()), "Contains", json!("a")),
        (Test::NumberIs(1), "NumericEquals", json!(1)),
        (Test::Above(1), "NumericGreater", json!(1)),
        (Test::AtLeast(1), "NumericGreaterOrEquals", json!(1)),
        (Test::Below(1), "NumericLesser", json!(1)),
        (Test::AtMost(1), "NumericLesserOrEquals", json!(1)),
        (Test::Is(true), "BooleanEquals", json!(true)),
    ];
    let choices: Vec<Choice> = tests.iter().map(|(test, ..)| Choice::new(count(), test.clone(), "Last")).collect();
    let (content, _) = content([
        Step::call("Count", describe()),
        Step::branch("Choose", choices),
        Step::branch_or("Again", [Choice::unless(count(), Test::Above(5), "Count")], "Last"),
        Step::sleep("Last", Duration::seconds(1)),
    ]);
    let steps = &content["mainSteps"];
    for (place, (_, operator, operand)) in tests.iter().enumerate() {
        let choice = &steps[1]["inputs"]["Choices"][place];
        assert_eq!(choice[*operator], *operand);
        assert_eq!(choice["Variable"], "{{ Count.Output }}");
        assert_eq!(choice["NextStep"], "Last");
    }
    assert!(steps[1]["inputs"]["Default"].is_null());
    assert_eq!(steps[2]["inputs"]["Choices"][0]["Not"]["NumericGreater"], 5);
    assert_eq!(steps[2]["inputs"]["Choices"][0]["NextStep"], "Count");
    assert_eq!(steps[2]["inputs"]["Default"], "Last");
}

#[test]
fn approvals_are_asked_for_by_a_topic() {
    let resources = built(|scope| {
        let key = Key::builder().build(scope, "Key");
        let topic = Topic::builder(&key).build(scope, "Topic");
        let roles = ["arn:aws:iam::111111111111:role/lead", "arn:aws:iam::111111111111:role/cto"];
        let _ = AutomationDocument::builder("Asks")
            .step(Step::approve("Ask", &topic, "delete it?", roles))
            .step(Step::approve_by("AskBoth", &topic, "really?", roles, 2))
            .build(scope, "Runbook");
    });
    let steps = &of_type(&resources, "AWS::SSM::Document")[0]["Content"]["mainSteps"];
    assert_eq!(steps[0]["inputs"]["MinRequiredApprovals"], 1);
    assert_eq!(steps[0]["inputs"]["Message"], "delete it?");
    assert_eq!(steps[1]["inputs"]["MinRequiredApprovals"], 2);
    assert_eq!(steps[1]["inputs"]["Approvers"][1], "arn:aws:iam::111111111111:role/cto");
    let text = statements(&resources);
    assert!(text.contains("sns:Publish") && text.contains("kms:GenerateDataKey"), "{text}");
}

#[test]
fn commands_scripts_functions_and_documents_run() {
    let script = Script::new("def f(events, context):\n    return {}\n", "f")
        .input("Name", parameter("Name"))
        .runtime("python3.10")
        .calling(ApiCall::new(STOP).on(["arn:aws:ecs:us-east-1:111111111111:task/shop/*"]));
    let function = "arn:aws:lambda:us-east-1:111111111111:function:check";
    let resources = built(|scope| {
        let commands = PropMap::new().with::<String>("commands", Expr::from(["date"]));
        let _ = AutomationDocument::builder("Runs")
            .parameter(DocumentParameter::text("Name"))
            .step(Step::run_command("Command", "AWS-RunShellScript", ["i-0a1b2c3d4e5f60718"], commands))
            .step(Step::script("Script", script))
            .step(Step::invoke("Invoke", function, r#"{"dry": true}"#))
            .step(Step::start("Start", "shop-other", PropMap::new().with::<String>("Name", parameter("Name"))))
            .build(scope, "Runbook");
    });
    let steps = &of_type(&resources, "AWS::SSM::Document")[0]["Content"]["mainSteps"];
    assert_eq!(steps[0]["inputs"]["Parameters"]["commands"][0], "date");
    assert_eq!(steps[1]["inputs"]["Runtime"], "python3.10");
    assert_eq!(steps[1]["inputs"]["Handler"], "f");
    assert_eq!(steps[1]["inputs"]["InputPayload"]["Name"], "{{ Name }}");
    assert_eq!(steps[2]["inputs"], json!({"FunctionName": function, "InputPayload": r#"{"dry": true}"#}));
    assert_eq!(steps[3]["inputs"]["RuntimeParameters"]["Name"], "{{ Name }}");
    let text = statements(&resources);
    for action in ["ssm:SendCommand", "ecs:StopTask", "lambda:InvokeFunction", "ssm:StartAutomationExecution"] {
        assert!(text.contains(action), "{action} in {text}");
    }
}

#[test]
fn calls_pass_roles_and_need_more() {
    let call = ApiCall::new(STOP)
        .on_everything("a test")
        .passing("arn:aws:iam::111111111111:role/backup", "backup.amazonaws.com")
        .needing(Statement::allow([Action::new("ecs:DescribeTasks")]).on([GROUP]));
    let (_, resources) = content([Step::call("Stop", call)]);
    let text = statements(&resources);
    assert!(text.contains("iam:PassRole") && text.contains("arn:aws:iam::111111111111:role/backup"), "{text}");
    assert!(text.contains(r#""iam:PassedToService":"backup.amazonaws.com""#), "{text}");
    assert!(text.contains("ecs:DescribeTasks"), "{text}");
}

#[test]
fn a_document_is_found_by_its_definition() {
    let check = |scope: Scope<'_>| {
        let document = AutomationDocument::builder("Reads").named("shop-read").step(Step::call("Describe", describe()));
        let document = document.build(scope, "Runbook");
        scope.output("Definition", document.definition_arn());
        scope.output("Name", document.name());
    };
    assert_eq!(of_type(&built(check), "AWS::SSM::Document").len(), 1);
}
