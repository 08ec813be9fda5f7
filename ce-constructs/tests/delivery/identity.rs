//! Roles that workflows take on: whom they trust, and how little they may do.

use ce_constructs::delivery::{AssumedRole, GitHubProvider, GitHubRepository, GitHubRole, GitHubRoleBuilder, Subject};
use ce_constructs::observe::Metric;
use ce_constructs::operations::{ApiCall, ApiOperation, AutomationDocument, Step};
use ce_synth::{Duration, Region};
use serde_json::{Value, json};

use super::{PROD, STAGING, built, resources};

const SHOP: GitHubRepository = GitHubRepository::new("example/shop");

/// The resources of a role of this name and subject.
fn role(subject: Subject, set: impl FnOnce(GitHubRoleBuilder) -> GitHubRoleBuilder) -> Value {
    resources(&built(|stack| {
        let role = GitHubRole::builder("shop-deploy", &GitHubProvider::existing(), SHOP, subject);
        set(role).build(stack, "Deploy");
    }))
}

fn of_type<'v>(resources: &'v Value, kind: &str) -> Vec<&'v Value> {
    let all = resources.as_object().into_iter().flat_map(|all| all.values());
    all.filter(|resource| resource["Type"] == kind).map(|resource| &resource["Properties"]).collect()
}

/// The statements of the role's policy.
fn statements(resources: &Value) -> Vec<Value> {
    let policies = of_type(resources, "AWS::IAM::Policy");
    policies
        .iter()
        .flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().cloned().unwrap_or_default())
        .collect()
}

fn actions(resources: &Value) -> Vec<String> {
    let one_or_list = |action: &Value| match action {
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    };
    let all = statements(resources).into_iter().flat_map(|statement| one_or_list(&statement["Action"]));
    all.filter_map(|action| action.as_str().map(str::to_owned)).collect()
}

#[test]
fn the_default_template() {
    let assembly = built(|stack| {
        let github = GitHubProvider::build(stack, "GitHub");
        let role = GitHubRole::builder("shop-prod-deploy", &github, SHOP, Subject::environment("production"));
        role.deploys(["shop-prod-*"]).build(stack, "Deploy");
    });
    insta::assert_json_snapshot!(resources(&assembly));
}

#[test]
fn a_role_trusts_one_subject_of_one_repository() {
    for (subject, claim) in [
        (Subject::environment("production"), "repo:example/shop:environment:production"),
        (Subject::environment("eu:production"), "repo:example/shop:environment:eu%3Aproduction"),
        (Subject::branch("main"), "repo:example/shop:ref:refs/heads/main"),
        (Subject::tag("v1"), "repo:example/shop:ref:refs/tags/v1"),
        (Subject::PullRequest, "repo:example/shop:pull_request"),
    ] {
        let resources = role(subject, |role| role);
        let trust = &of_type(&resources, "AWS::IAM::Role")[0]["AssumeRolePolicyDocument"]["Statement"];
        let statement = &trust[0];
        assert_eq!(trust.as_array().map(Vec::len), Some(1));
        assert_eq!(statement["Action"], "sts:AssumeRoleWithWebIdentity");
        let conditions = json!({ "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": claim,
        } });
        assert_eq!(statement["Condition"], conditions);
    }
}

#[test]
fn nothing_is_allowed_by_default() {
    assert!(statements(&role(Subject::branch("main"), |role| role)).is_empty());
}

#[test]
fn a_reader_changes_nothing() {
    let resources = role(Subject::PullRequest, |role| role.reads(["shop-*"]));
    let may = actions(&resources);
    assert!(may.contains(&"cloudformation:GetTemplate".to_owned()));
    assert!(
        may.iter().all(|action| ["Describe", "Get"].iter().any(|verb| action.contains(&format!(":{verb}")))),
        "{may:?}"
    );
}

#[test]
fn what_deploys_deletes_nothing_and_has_no_wildcard() {
    let deploys = role(Subject::environment("production"), |role| role.deploys(["shop-*"]));
    let may = actions(&deploys);
    assert!(may.contains(&"cloudformation:ExecuteChangeSet".to_owned()));
    assert!(!may.contains(&"cloudformation:DeleteStack".to_owned()));
    assert!(statements(&deploys).iter().all(|statement| statement["Resource"] != "*" && statement["Action"] != "*"));
    let destroys = role(Subject::environment("test"), |role| role.deploys_and_destroys(["test-*"]));
    assert!(actions(&destroys).contains(&"cloudformation:DeleteStack".to_owned()));
}

#[test]
fn the_execution_role_is_passed_to_cloudformation_alone() {
    let passed = |resources: &Value| {
        let found = statements(resources).into_iter().find(|statement| statement["Action"] == "iam:PassRole");
        found.unwrap_or_else(|| panic!("nothing is passed"))
    };
    let standard = passed(&role(Subject::environment("production"), |role| role.deploys(["shop-*"])));
    assert_eq!(
        standard["Resource"],
        "arn:aws:iam::111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-us-east-1"
    );
    assert_eq!(
        standard["Condition"],
        json!({ "StringEquals": { "iam:PassedToService": "cloudformation.amazonaws.com" } })
    );
    let own = "arn:aws:iam::111111111111:role/shop-execution";
    let chosen = passed(&role(Subject::environment("production"), |role| role.deploys(["shop-*"]).execution_role(own)));
    assert_eq!(chosen["Resource"], own);
}

#[test]
fn stacks_of_other_regions_are_named() {
    let regions = [Region::US_EAST_1, Region::US_WEST_2];
    let resources = role(Subject::environment("production"), |role| role.deploys(["shop-*"]).in_regions(regions));
    let text = resources.to_string();
    for arn in [
        "arn:aws:cloudformation:us-west-2:111111111111:stack/shop-*/*",
        "arn:aws:ssm:us-west-2:111111111111:parameter/cdk-bootstrap/hnb659fds/version",
        "arn:aws:iam::111111111111:role/cdk-hnb659fds-file-publishing-role-111111111111-us-west-2",
    ] {
        assert!(text.contains(arn), "{arn}");
    }
}

#[test]
fn a_session_may_be_longer() {
    let resources = role(Subject::branch("main"), |role| role.session(Duration::hours(3)));
    assert_eq!(of_type(&resources, "AWS::IAM::Role")[0]["MaxSessionDuration"], 10_800);
}

#[test]
fn grants_name_what_they_are_about() {
    const STOP: ApiOperation = ApiOperation::new("rds:StopDBCluster");
    let resources = resources(&built(|stack| {
        let role = GitHubRole::builder("shop-deploy", &GitHubProvider::existing(), SHOP, Subject::branch("main"));
        let role = role.build(stack, "Deploy");
        let stop = ApiCall::new(STOP).on(["arn:aws:rds:us-east-1:111111111111:cluster:shop"]);
        let runbook =
            AutomationDocument::builder("Stops").named("shop-stop").step(Step::call("Stop", stop)).build(stack, "Stop");
        let alarm = Metric::new("Shop", "Errors").above(1.0).alarm(stack, "Errors");
        role.starts(&runbook)
            .watches(&[alarm])
            .shifts(["arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/a/b/c"]);
    }));
    let may = actions(&resources);
    for action in [
        "ssm:StartAutomationExecution",
        "ssm:GetAutomationExecution",
        "cloudwatch:DescribeAlarms",
        "elasticloadbalancing:ModifyListener",
    ] {
        assert!(may.contains(&action.to_owned()), "{action}");
    }
}

#[test]
fn a_role_of_another_app_is_named() {
    let role = AssumedRole::named(STAGING, "shop-staging-deploy");
    assert_eq!(role.arn(), "arn:aws:iam::222222222222:role/shop-staging-deploy");
    assert_eq!(
        AssumedRole::named(PROD.in_region(Region::CN_NORTH_1), "x").arn(),
        "arn:aws-cn:iam::111111111111:role/x"
    );
}
