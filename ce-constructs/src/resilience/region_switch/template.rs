//! A plan as CloudFormation writes it.

use ce_cfn::arcregionswitch::plan as l1;
use ce_synth::{Scope, Value};

use super::local::PlanAlarm;
use super::step::{Block, Both, Scaled, SwitchStep};
use crate::resilience::rules::plan_form::checked_minutes;

/// The set identifiers of failover records, see [`Routing`](crate::edge::Routing).
const IDENTIFIERS: Both<&str> = Both { primary: "primary", standby: "secondary" };

/// There, and back again.
#[track_caller]
pub(super) fn workflows(scope: Scope<'_>, steps: &[SwitchStep<'_>], regions: &Both<&'static str>) -> [l1::Workflow; 2] {
    let workflow = |target: &'static str, back: bool| {
        let steps: Vec<_> = steps.iter().map(|step| property(scope, step, regions, back)).collect();
        l1::Workflow::new()
            .workflow_target_action(l1::WorkflowTargetAction::ACTIVATE)
            .workflow_target_region(target)
            .workflow_description(format!("serves from {target}"))
            .steps(steps)
    };
    [workflow(regions.standby, false), workflow(regions.primary, true)]
}

pub(super) fn associated(alarms: &[PlanAlarm]) -> Vec<(String, l1::AssociatedAlarm)> {
    let one = |alarm: &PlanAlarm| {
        let associated = l1::AssociatedAlarm::new().alarm_type(alarm.kind).resource_identifier(&alarm.arn);
        (alarm.name.clone(), associated)
    };
    alarms.iter().map(one).collect()
}

pub(super) fn trigger(alarms: &[PlanAlarm], standby: &'static str, pause: f64) -> Option<l1::Trigger> {
    let red = |alarm: &PlanAlarm| {
        l1::TriggerCondition::new().associated_alarm_name(&alarm.name).condition(l1::Condition::RED)
    };
    let conditions: Vec<_> = alarms.iter().filter(|alarm| alarm.is_trigger()).map(red).collect();
    if conditions.is_empty() {
        return None;
    }
    let trigger = l1::Trigger::new()
        .action(l1::TriggerAction::ACTIVATE)
        .target_region(standby)
        .min_delay_minutes_between_executions(pause)
        .conditions(conditions);
    Some(trigger)
}

#[track_caller]
fn property(scope: Scope<'_>, step: &SwitchStep<'_>, regions: &Both<&'static str>, back: bool) -> l1::Step {
    use l1::ExecutionBlockType as Kind;
    let block = l1::ExecutionBlockConfiguration::new();
    let timeout = || checked_minutes(scope, "the time a step may take", step.timeout);
    let (kind, block) = match &step.block {
        Block::Approval { arn, .. } => {
            let config = l1::ExecutionApprovalConfiguration::new().approval_role(arn).timeout_minutes(timeout());
            (Kind::MANUAL_APPROVAL, block.execution_approval_config(config))
        }
        Block::Promotion { global, clusters } => {
            let config = promotion(global, clusters, back).timeout_minutes(timeout());
            (Kind::AURORA_GLOBAL_DATABASE, block.global_aurora_config(config))
        }
        Block::Scaling { services, percent, until_healthy } => {
            let config = scaling(services, f64::from(percent.value()), *until_healthy).timeout_minutes(timeout());
            (Kind::ECS_SERVICE_SCALING, block.ecs_capacity_increase_config(config))
        }
        Block::Function { functions, retry } => {
            let retry = checked_minutes(scope, "the time until a retry", *retry);
            let config = function(functions).retry_interval_minutes(retry).timeout_minutes(timeout());
            (Kind::CUSTOM_ACTION_LAMBDA, block.custom_action_lambda_config(config))
        }
        Block::Traffic { zone, record } => {
            let config = l1::Route53HealthCheckConfiguration::new().hosted_zone_id(zone).record_name(record);
            let config = config.record_sets(record_sets(regions)).timeout_minutes(timeout());
            (Kind::ROUTE53_HEALTH_CHECK, block.route53_health_check_config(config))
        }
        Block::Parallel(steps) => {
            let steps: Vec<_> = steps.iter().map(|step| property(scope, step, regions, back)).collect();
            (Kind::PARALLEL, block.parallel_config(l1::ParallelExecutionBlockConfiguration::new().steps(steps)))
        }
    };
    let property = l1::Step::new().name(&step.name).description(step.description.as_deref());
    property.execution_block_type(kind).execution_block_configuration(block)
}

/// Nobody is there to ask the primary's region when it is lost; on the way back both are there.
fn promotion(global: &str, clusters: &Both<Value<String>>, back: bool) -> l1::GlobalAuroraConfiguration {
    let behavior = if back { l1::Behavior::SWITCHOVER_ONLY } else { l1::Behavior::FAILOVER };
    l1::GlobalAuroraConfiguration::new()
        .behavior(behavior)
        .ungraceful(l1::GlobalAuroraUngraceful::new().ungraceful(l1::Ungraceful::FAILOVER))
        .global_cluster_identifier(global)
        .database_cluster_arns(clusters.clone().into_vec())
}

fn function(functions: &Both<Value<String>>) -> l1::CustomActionLambdaConfiguration {
    let functions = functions.clone().into_vec().into_iter().map(|arn| l1::Lambdas::new().arn(arn));
    l1::CustomActionLambdaConfiguration::new()
        .lambdas(functions.collect::<Vec<_>>())
        .region_to_run(l1::RegionToRun::ACTIVATING_REGION)
}

fn scaling(services: &[Scaled], percent: f64, until_healthy: bool) -> l1::EcsCapacityIncreaseConfiguration {
    let both = services.iter().flat_map(|service| {
        let clusters = service.cluster.clone().into_vec();
        let services = service.service.clone().into_vec();
        clusters.into_iter().zip(services)
    });
    let services = both.map(|(cluster, service)| l1::Service::new().cluster_arn(cluster).service_arn(service));
    l1::EcsCapacityIncreaseConfiguration::new()
        .services(services.collect::<Vec<_>>())
        .target_percent(percent)
        .wait_elb_target_group_healthy(until_healthy.then_some(l1::WaitElbTargetGroupHealthy::ENABLED))
}

fn record_sets(regions: &Both<&'static str>) -> [l1::Route53ResourceRecordSet; 2] {
    let one = |identifier: &'static str, region: &'static str| {
        l1::Route53ResourceRecordSet::new().record_set_identifier(identifier).region(region)
    };
    [one(IDENTIFIERS.primary, regions.primary), one(IDENTIFIERS.standby, regions.standby)]
}
