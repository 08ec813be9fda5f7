//! What roles of workflows may do.
//!
//! Sources: the deployment role of `bootstrap-template.yaml` of <https://github.com/aws/aws-cdk-cli>;
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html>

use ce_synth::value::{account_id, partition, region};
use ce_synth::{Account, IntoValue, Region, Value, join};

use super::bootstrap;
use crate::compute::FargateService;
use crate::security::{Action, Statement};

/// Seeing what is deployed.
const READ: [Action; 9] = [
    Action::new("cloudformation:DescribeChangeSet"),
    Action::new("cloudformation:DescribeEvents"),
    Action::new("cloudformation:DescribeStackEvents"),
    Action::new("cloudformation:DescribeStackResource"),
    Action::new("cloudformation:DescribeStackResources"),
    Action::new("cloudformation:DescribeStacks"),
    Action::new("cloudformation:GetStackPolicy"),
    Action::new("cloudformation:GetTemplate"),
    Action::new("cloudformation:GetTemplateSummary"),
];

/// Changing it, and mending what a change left half done. Nothing deletes a stack.
const CHANGE: [Action; 9] = [
    Action::new("cloudformation:ContinueUpdateRollback"),
    Action::new("cloudformation:CreateChangeSet"),
    Action::new("cloudformation:CreateStack"),
    Action::new("cloudformation:DeleteChangeSet"),
    Action::new("cloudformation:ExecuteChangeSet"),
    Action::new("cloudformation:RollbackStack"),
    Action::new("cloudformation:SetStackPolicy"),
    Action::new("cloudformation:UpdateStack"),
    Action::new("cloudformation:UpdateTerminationProtection"),
];

const DELETE: Action = Action::new("cloudformation:DeleteStack");
const ASSUME: Action = Action::new("sts:AssumeRole");
const PASS: Action = Action::new("iam:PassRole");
const PARAMETER: Action = Action::new("ssm:GetParameter");

/// What a role may do with stacks of some names in some regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Read,
    Deploy,
    Destroy,
}

pub(super) fn statements(
    account: Account,
    regions: &[Region],
    stacks: &[String],
    reach: Reach,
    execution: &str,
) -> Vec<Statement> {
    let arns = |region: &Region| -> Vec<String> {
        let start = format!("arn:{}:cloudformation:{region}:{account}:stack", region.partition());
        stacks.iter().map(|name| format!("{start}/{name}/*")).collect()
    };
    let arns: Vec<String> = regions.iter().flat_map(arns).collect();
    let versions = regions.iter().map(|region| bootstrap::version(account, *region));
    let mut statements = vec![Statement::allow(READ).on(arns.clone()), Statement::allow([PARAMETER]).on(versions)];
    if reach == Reach::Read {
        return statements;
    }
    let publishing = regions.iter().flat_map(|region| bootstrap::publishing_roles(account, *region));
    statements.push(Statement::allow(CHANGE).on(arns.clone()));
    statements.push(Statement::allow([ASSUME]).on(publishing));
    let pass = Statement::allow([PASS]).on([execution.to_owned()]);
    statements.push(pass.when("StringEquals", "iam:PassedToService", "cloudformation.amazonaws.com"));
    if reach == Reach::Destroy {
        statements.push(Statement::allow([DELETE]).on(arns));
    }
    statements
}

/// Registering the version of a commit, running a task of it, and making it the service's.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html>
pub(super) fn releasing(service: &FargateService<'_>) -> Vec<Statement> {
    let arn = |kind: &'static str| join!["arn:", partition(), ":ecs:", region(), ":", account_id(), kind];
    let tasks = || {
        let cluster: Value<String> = service.cluster().name().into_value();
        join![arn(":task/"), cluster, "/*"]
    };
    let family = join![arn(":task-definition/"), service.name(), "*:*"];
    let define = [Action::new("ecs:DescribeTaskDefinition"), Action::new("ecs:RegisterTaskDefinition")];
    let services =
        ["ecs:CreateService", "ecs:DeleteService", "ecs:DescribeServices", "ecs:UpdateService"].map(Action::new);
    let beside = join![service.arn(), "-next"];
    let roles = [service.task_role().arn(), service.execution_role().arn()];
    let pass = Statement::allow([PASS]).on(roles);
    vec![
        Statement::allow(define)
            .on(["*"])
            .with_wildcard_reason("task definitions cannot be told apart before they exist"),
        Statement::allow(services).on([service.arn().cast(), beside]),
        Statement::allow([Action::new("ecs:RunTask")]).on([family]),
        Statement::allow([Action::new("ecs:DescribeTasks")]).on([tasks()]),
        pass.when("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com"),
    ]
}
