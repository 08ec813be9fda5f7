//! What people do, written from what they do it to; where a machine can, Systems Manager does it.

use ce::operations::{AutomationDocument, NodeScaling, Schedule, ScheduleExpression};
use ce::prelude::*;
use ce::runbooks::RunbookStep;
use ce::runbooks::procedure::{self, Fleet, GlobalDatabase};

use super::System;
use super::environments;
use super::services::Services;
use super::settings::Settings;

/// The runbooks that a deployment starts.
pub struct Runbooks<'a> {
    /// Puts the services back on the version before.
    pub rollback: AutomationDocument<'a>,
    /// Backs the database up before a change.
    pub snapshot: AutomationDocument<'a>,
}

impl<'a> Runbooks<'a> {
    /// What is done where the system serves.
    pub fn new(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        system: &System<'a>,
        snapshot: AutomationDocument<'a>,
    ) -> Self {
        let fleets = fleets(&system.services);
        costs(stack, settings, system, &fleets);
        data(stack, settings, system);
        procedure::key_rotation(settings.environment.region, [system.vault.api_keys.name()])
            .automated(settings.name("rotate-api-keys"))
            .build(stack, "KeyRotation");
        let core = &system.services.core;
        procedure::incident_response(
            &Fleet::of(core, 3),
            core.task_role().name().cast::<String>(),
            core.logs().name().cast::<String>(),
        )
        .automated(settings.name("isolate"))
        .roll_back(RunbookStep::new("Let an address in again").command(format!(
            "aws ssm start-automation-execution --region {} \\\n  --document-name {} --parameters \"Address=${{ADDRESS:?}}\"",
            settings.environment.region,
            settings.name("isolate-task-unblock"),
        )))
        .build(stack, "Incident");
        procedure::manual_qa(format!("https://origin.{}", environments::staging().domain)).build(stack, "ManualQa");
        let rollback = procedure::deployment_rollback(&fleets).automated(settings.name("rollback"));
        let rollback = rollback.build(stack, "Rollback").automation().expect("it is automated");
        Self { rollback, snapshot }
    }

    /// What is done from the standby's region: to it, and back.
    pub fn standby(stack: Scope<'a>, [here, there]: [&Settings<'a>; 2], primary: &System<'a>, standby: &System<'a>) {
        let Some(pair) = &primary.data.database_pair else { return };
        let member = |settings: &Settings<'a>, system: &System<'a>| {
            (settings.environment.region, system.data.database.cluster().db_cluster_arn().cast::<String>())
        };
        let database = GlobalDatabase::new(pair.name(), member(here, primary), member(there, standby));
        let own = |system: &System<'a>| system.front.own_origin.as_ref().unwrap_or(&system.front.origin).clone();
        let health = format!("https://{}/core/health", own(standby));
        let failover = procedure::failover(&database, &fleets(&standby.services), health, here.domain)
            .automated(there.name("manual-failover"))
            .first(Settings::freeze().raised())
            .build(stack, "Failover");
        procedure::failback(&database, &fleets(&primary.services), here.domain)
            .automated(there.name("failback"))
            .step(Settings::freeze().lowered())
            .see(&failover)
            .build(stack, "Failback");
    }
}

/// The services, with as many tasks as production has at least.
fn fleets(services: &Services<'_>) -> [Fleet; 4] {
    [
        Fleet::of(&services.auth, 2),
        Fleet::of(&services.core, 3),
        Fleet::of(&services.agent, 2),
        Fleet::of(&services.workflow, 2),
    ]
}

/// What is paid is looked at every month, and what is used every week.
fn costs<'a>(stack: Scope<'a>, settings: &Settings<'a>, system: &System<'a>, fleets: &[Fleet]) {
    let review = procedure::cost_review(settings.environment.region, fleets).automated(settings.name("cost-review"));
    let review = review.build(stack, "CostReview").automation().expect("it is automated");
    let schedule = |times: ScheduleExpression, name: &str, id: &str| {
        Schedule::builder(times, &review)
            .named(settings.name(name))
            .encrypted_by(&system.vault.data_key)
            .build(stack, id);
    };
    schedule(ScheduleExpression::cron("0 9 1 * ? *"), "cost-review", "Monthly");
    schedule(ScheduleExpression::weekly(2, 9, 0), "rightsizing-weekly", "Weekly");
}

/// What is done to the databases.
fn data<'a>(stack: Scope<'a>, settings: &Settings<'a>, system: &System<'a>) {
    let (region, data) = (settings.environment.region, &system.data);
    let cluster = data.database.cluster().ref_().cast::<String>();
    let pair = data.database_pair.as_ref().map(AuroraGlobal::name);
    procedure::database_rollback(region, cluster.clone(), pair, data.login.name())
        .automated(settings.name("db-pitr"))
        .build(stack, "DatabaseRollback");
    procedure::connection_exhaustion(region, cluster)
        .automated(settings.name("db-connections"))
        .build(stack, "DatabaseConnections");
    let group = data.cache.cache().ref_().cast::<String>();
    let larger = match data.cache_pair.as_ref().and_then(RedisGlobal::id) {
        Some(id) => NodeScaling::of_global(id, group),
        None => NodeScaling::of_group(group),
    };
    larger.named(settings.name("redis-scale-up")).build(stack, "LargerCache");
}
