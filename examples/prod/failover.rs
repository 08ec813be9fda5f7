//! What moves the system to the standby's region: who sees that it has to move, and the plan for it.

use ce::edge::CheckInterval;
use ce::observe::Canary;
use ce::prelude::*;
use ce::resilience::{CachePromotion, FailureDetector, RegionSwitch, RegionSwitchBuilder, ReplicationLag, SwitchStep};

use super::System;
use super::settings::Settings;

/// Failover; nothing else refers to it.
pub struct Failover;

impl Failover {
    pub fn build<'a>(app: &'a App, [here, there]: [&Settings<'a>; 2], primary: &System<'a>, standby: &System<'a>) {
        let stack = there.stack(app, "Failover", "Detector, lag alarms and the plan");
        Self::lag(stack, [here, there], standby);
        let down = Self::detector(stack, here, there, primary, &standby.oncall.page());

        let beside = here.stack(app, "Failover", "What the plan needs in the primary's region");
        let steps = Self::steps([beside, stack], [here, there], primary, standby);
        // The plan names what it moves from.
        stack.stack().needs(beside).needs(primary.services.auth.service().scope());
        if let Some(site) = &there.site {
            let plan = RegionSwitch::builder("claude-enhancer")
                .described("Serves from the standby's region, and back")
                .recovery_time(Duration::hours(4))
                .freezes(&Settings::freeze())
                .triggered_by(down);
            steps.into_iter().fold(plan, RegionSwitchBuilder::step).build(site, stack, "Plan");
        }
        // Whether there is somewhere to go to, seen from outside both.
        if let Some(name) = &standby.front.own_origin {
            HealthCheck::https(name, "/core/health")
                .interval(CheckInterval::Standard)
                .unhealthy_after(3)
                .named(there.name("origin"))
                .build(beside, "StandbyCheck");
        }
    }

    /// How much a failover would lose.
    fn lag<'a>(stack: Scope<'a>, [here, there]: [&Settings<'a>; 2], standby: &System<'a>) {
        let copies = [("Assets", "assets"), ("Uploads", "uploads"), ("Backups", "backups")];
        let databases =
            ReplicationLag::builder().aurora("Database", &standby.data.database).redis("Cache", &standby.data.cache);
        copies
            .into_iter()
            .fold(databases, |lag, (id, role)| lag.bucket(id, &here.bucket(role), &there.bucket(role), "rule-1"))
            .warning_at(Duration::seconds(60))
            .critical_at(Duration::minutes(15))
            .warn(&standby.oncall.warn())
            .notify(&standby.oncall.page())
            .build(stack, "Lag");
    }

    /// Asks the primary from the standby's region: a name that leads to the primary alone.
    fn detector<'a>(
        stack: Scope<'a>,
        here: &Settings<'a>,
        there: &Settings<'a>,
        primary: &System<'a>,
        topic: &Topic<'a>,
    ) -> Alarm<'a> {
        let name = primary.front.own_origin.as_ref().unwrap_or(&primary.front.origin);
        let asks = Canary::builder(there.name("primary"), format!("https://{name}/core/health"));
        FailureDetector::builder(here.environment.region, asks).notify(topic).build(stack, "Detector").alarm()
    }

    /// What is done, in this order: the database takes writes, the service most requests go to has its tasks, and then
    /// everything else at once. The record of the origin moves traffic by itself, and writes are forwarded until then.
    fn steps<'a>(
        stacks: [Scope<'a>; 2],
        settings: [&Settings<'a>; 2],
        primary: &System<'a>,
        standby: &System<'a>,
    ) -> Vec<SwitchStep<'a>> {
        let (from, to) = (&primary.services, &standby.services);
        let promote = |pair| SwitchStep::promote("Database", pair, &primary.data.database, &standby.data.database);
        // A step scales one service and its copy.
        let scale = |name: &str, from, to| SwitchStep::scale(name, [(from, to)]).until_healthy();
        let rest = [
            scale("Auth", &from.auth, &to.auth),
            scale("Agent", &from.agent, &to.agent),
            scale("Workflow", &from.workflow, &to.workflow),
        ];
        let cache = Self::promote_cache(stacks, settings, primary, standby);
        let mut steps: Vec<_> = primary.data.database_pair.iter().map(promote).collect();
        steps.push(scale("Core", &from.core, &to.core));
        steps.push(SwitchStep::parallel("Rest", rest.into_iter().chain(cache)));
        steps
    }

    /// A function in each region: Region switch has no step for caches.
    fn promote_cache<'a>(
        stacks: [Scope<'a>; 2],
        settings: [&Settings<'a>; 2],
        primary: &System<'a>,
        standby: &System<'a>,
    ) -> Option<SwitchStep<'a>> {
        let pair = primary.data.cache_pair.as_ref()?;
        let [here, there] = [(0, primary), (1, standby)].map(|(place, system)| {
            CachePromotion::builder(pair, &system.data.cache)
                .named(settings[place].name("promote-cache"))
                .encrypted_by(&system.vault.data_key)
                .build(stacks[place], "PromoteCache")
        });
        Some(SwitchStep::function("Cache", here.arn(), there.arn()))
    }
}
