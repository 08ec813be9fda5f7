use ce_constructs::security::{
    Action, Grantee, Key, ManagedPolicy, Principal, Role, Secret, Statement, aws_managed_policy,
};
use ce_synth::{Account, App, Duration, Region};
use serde_json::json;

use super::{PROD, built, of_type, resources};

const READ: Action = Action::new("s3:GetObject");

fn tasks() -> Principal {
    Principal::service("ecs-tasks.amazonaws.com")
}

#[test]
fn by_default() {
    let resources = built(|stack| {
        Role::builder(tasks()).build(stack, "Tasks").allow(Statement::allow([READ]).on(["arn:aws:s3:::assets/*"]));
    });
    insta::assert_json_snapshot!(resources);
}

#[test]
fn options_reach_their_properties() {
    let resources = built(|stack| {
        let boundary =
            ManagedPolicy::builder([Statement::allow([READ]).on(["arn:aws:s3:::a/*"])]).build(stack, "Boundary");
        Role::builder(tasks())
            .named("shop-tasks")
            .path("/service/")
            .described("what tasks act as")
            .managed_policy(aws_managed_policy("service-role/AmazonECSTaskExecutionRolePolicy"))
            .permissions_boundary(boundary.arn())
            .max_session(Duration::hours(2))
            .build(stack, "Tasks");
    });
    let role = of_type(&resources, "AWS::IAM::Role")[0];
    assert_eq!(role["RoleName"], "shop-tasks");
    assert_eq!(role["Path"], "/service/");
    assert_eq!(role["Description"], "what tasks act as");
    assert_eq!(role["MaxSessionDuration"], 7_200);
    assert!(role["PermissionsBoundary"]["Ref"].is_string());
    let managed = role["ManagedPolicyArns"][0].to_string();
    assert!(managed.contains(":iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"), "{managed}");
    assert!(of_type(&resources, "AWS::IAM::Policy").is_empty(), "no policy without a statement");
}

#[test]
fn each_principal_has_its_own_conditions() {
    let resources = built(|stack| {
        let auditor = Principal::account(Account::new("222222222222")).external_id("audit");
        let pipeline = Principal::oidc("arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com")
            .when("StringEquals", "token.actions.githubusercontent.com:aud", "sts.amazonaws.com");
        Role::builder(auditor).trusts(pipeline).build(stack, "Readers");
    });
    let trust = &of_type(&resources, "AWS::IAM::Role")[0]["AssumeRolePolicyDocument"]["Statement"];
    assert_eq!(trust[0]["Action"], "sts:AssumeRole");
    assert_eq!(trust[0]["Condition"], json!({"StringEquals": {"sts:ExternalId": "audit"}}));
    assert_eq!(trust[1]["Action"], "sts:AssumeRoleWithWebIdentity");
    assert!(trust[1]["Principal"]["Federated"].is_string());
    assert!(trust[1]["Condition"]["StringEquals"]["sts:ExternalId"].is_null());
}

#[test]
fn grants_collect_in_one_policy_and_say_nothing_twice() {
    let resources = built(|stack| {
        let role = Role::builder(tasks()).build(stack, "Tasks");
        let key = Key::builder().build(stack, "Key");
        let secrets = ["A", "B"].map(|id| Secret::builder(&key).build(stack, id));
        for secret in &secrets {
            secret.grants().read(&role);
            secret.grants().read(&role);
        }
    });
    let policies = of_type(&resources, "AWS::IAM::Policy");
    assert_eq!(policies.len(), 1);
    let statements = policies[0]["PolicyDocument"]["Statement"].as_array().expect("statements");
    assert_eq!(statements.len(), 2, "{statements:?}");
    assert_eq!(statements[0]["Resource"].as_array().map(Vec::len), Some(2));
    assert_eq!(statements[1]["Action"], "kms:Decrypt");
}

#[test]
fn the_order_of_grants_does_not_show_in_actions() {
    let policy = |actions: [&'static str; 2]| {
        built(|stack| {
            let role = Role::builder(tasks()).build(stack, "Tasks");
            for action in actions {
                role.allow(Statement::allow([Action::new(action)]).on(["arn:aws:s3:::a/*"]));
            }
        })
    };
    assert_eq!(policy(["s3:GetObject", "s3:PutObject"]), policy(["s3:PutObject", "s3:GetObject"]));
}

#[test]
fn a_role_and_a_key_of_two_stacks_never_form_a_cycle() {
    let app = App::new();
    let keys = app.stack("Keys", PROD);
    let tasks_stack = app.stack("Tasks", PROD);
    let role = Role::builder(tasks()).build(tasks_stack, "Tasks");
    let key = Key::builder().build(keys, "Key");
    key.grants().encrypt_decrypt(&role);
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    assert_eq!(assembly.stack("Tasks").map(|stack| stack.dependencies().to_vec()), Some(vec!["Keys".to_owned()]));
    assert!(of_type(&resources(&assembly, "Keys"), "AWS::IAM::Policy").is_empty());
}

#[test]
fn whoever_has_a_role_can_be_granted_something() {
    struct Worker<'a>(Role<'a>);
    impl Grantee for Worker<'_> {
        fn role(&self) -> Role<'_> {
            self.0
        }
    }
    let resources = built(|stack| {
        let worker =
            Worker(Role::builder(Principal::regional_service("logs", Region::US_EAST_1)).build(stack, "Worker"));
        let dynamic: &dyn Grantee = &worker;
        Key::builder().build(stack, "Key").grants().decrypt(dynamic);
    });
    assert_eq!(of_type(&resources, "AWS::IAM::Policy").len(), 1);
}
