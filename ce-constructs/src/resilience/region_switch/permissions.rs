//! What a plan's role may do: what its steps need, on what they name.
//!
//! Source: <https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_execution_blocks.html>

use ce_synth::value::{account_id, partition};
use ce_synth::{Value, join};

use super::local::PlanAlarm;
use super::step::{Block, Both, Scaled, SwitchStep};
use crate::security::{Action, Role, Statement};

const READS: &str = "the action only reads, and knows no resources";

/// Lets a role do a step, whose values are already those that the plan's region may hold.
#[track_caller]
pub(super) fn allow(role: Role<'_>, step: &SwitchStep<'_>, regions: &Both<&'static str>) {
    let statements = match &step.block {
        Block::Promotion { global, clusters } => promotion(global, clusters),
        Block::Scaling { services, until_healthy, .. } => scaling(services, *until_healthy, regions),
        Block::Function { functions, .. } => {
            let use_it = [Action::new("lambda:GetFunction"), Action::new("lambda:InvokeFunction")];
            vec![Statement::allow(use_it).on(functions.clone().into_vec())]
        }
        Block::Traffic { zone, .. } => {
            let zone = join!["arn:", partition(), ":route53:::hostedzone/", zone];
            vec![Statement::allow([Action::new("route53:ListResourceRecordSets")]).on([zone])]
        }
        Block::Approval { .. } | Block::Parallel(_) => Vec::new(),
    };
    for statement in statements {
        role.allow(statement);
    }
}

/// Region switch asks every half hour whether the plan could run, and looks at its alarms.
/// Source: <https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html>
#[track_caller]
pub(super) fn allow_evaluation(role: Role<'_>, alarms: &[PlanAlarm]) {
    role.allow(Statement::allow([Action::new("iam:SimulatePrincipalPolicy")]).on([role.arn()]));
    if !alarms.is_empty() {
        let look = [Action::new("cloudwatch:DescribeAlarmHistory"), Action::new("cloudwatch:DescribeAlarms")];
        role.allow(Statement::allow(look).on(alarms.iter().map(|alarm| alarm.arn.clone())));
    }
}

fn promotion(global: &str, clusters: &Both<Value<String>>) -> Vec<Statement> {
    let look = [Action::new("rds:DescribeDBClusters"), Action::new("rds:DescribeGlobalClusters")];
    let act = [Action::new("rds:FailoverGlobalCluster"), Action::new("rds:SwitchoverGlobalCluster")];
    // A global cluster belongs to no region, so its ARN has none.
    let global = join!["arn:", partition(), ":rds::", account_id(), ":global-cluster:", global];
    vec![
        Statement::allow(look).on(["*"]).with_wildcard_reason(READS),
        Statement::allow(act).on([global]).on(clusters.clone().into_vec()),
    ]
}

fn scaling(services: &[Scaled], until_healthy: bool, regions: &Both<&'static str>) -> Vec<Statement> {
    let all = |part: fn(&Scaled) -> &Both<Value<String>>| {
        let both = services.iter().map(move |service| part(service).clone());
        both.flat_map(Both::into_vec).collect::<Vec<_>>()
    };
    let look = [
        Action::new("application-autoscaling:DescribeScalableTargets"),
        Action::new("cloudwatch:GetMetricStatistics"),
        Action::new("ecs:ListServices"),
    ];
    let raise = [Action::new("application-autoscaling:RegisterScalableTarget")];
    let mut statements = vec![
        Statement::allow([Action::new("ecs:DescribeServices"), Action::new("ecs:UpdateService")])
            .on(all(|one| &one.service)),
        Statement::allow([Action::new("ecs:DescribeClusters")]).on(all(|one| &one.cluster)),
        Statement::allow(look).on(["*"]).with_wildcard_reason(READS),
        Statement::allow(raise).on(targets(regions)),
    ];
    if until_healthy {
        let look = [Action::new("ecs:ListTasks"), Action::new("elasticloadbalancing:DescribeTargetHealth")];
        statements.push(Statement::allow(look).on(["*"]).with_wildcard_reason(READS));
        statements.push(Statement::allow([Action::new("ecs:DescribeTasks")]).on(tasks(services, regions)));
    }
    statements
}

/// Scalable targets have ids that Application Auto Scaling makes up.
fn targets(regions: &Both<&'static str>) -> Vec<Value<String>> {
    let target = |region: &'static str| {
        join!["arn:", partition(), ":application-autoscaling:", region, ":", account_id(), ":scalable-target/*"]
    };
    vec![target(regions.primary), target(regions.standby)]
}

fn tasks(services: &[Scaled], regions: &Both<&'static str>) -> Vec<Value<String>> {
    let task = |region: &'static str, cluster: &Value<String>| {
        join!["arn:", partition(), ":ecs:", region, ":", account_id(), ":task/", cluster, "/*"]
    };
    let both = services.iter().flat_map(|service| {
        let names = &service.cluster_name;
        [task(regions.primary, &names.primary), task(regions.standby, &names.standby)]
    });
    both.collect()
}
