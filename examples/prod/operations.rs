//! What operators see and are told: alarms, a dashboard, events, saved queries, traces, objectives.

use ce::data::DatabaseEvents;
use ce::observe::{AlarmAction, ApplicationSignals, Urgency};
use ce::operations::{AlarmState, EventPattern, EventRule, Schedule, ScheduleExpression, ScheduleTarget, ShardScaling};
use ce::prelude::*;

use super::System;
use super::settings::Settings;

/// Operations of one region; nothing else refers to them.
pub struct Operations<'s, 'a> {
    stack: Scope<'a>,
    settings: &'s Settings<'a>,
    system: &'s System<'a>,
}

impl<'a> Operations<'_, 'a> {
    /// What both regions have.
    pub fn build(stack: Scope<'a>, settings: &Settings<'a>, system: &System<'a>) {
        let operations = Operations { stack, settings, system };
        let watch = Watch::builder(&system.oncall).named(settings.prefix).over(system).build(stack, "Watch");
        operations.outage(&watch);
        operations.events();
        operations.queries();
        operations.traces();
        if !settings.is_standby() {
            operations.grow_cache(&watch);
            operations.objectives();
            operations.reminder();
        }
    }

    /// Errors while a service has nothing to serve with: an item is opened, beside the pages for each.
    fn outage(&self, watch: &Watch<'a>) {
        let nothing_serves =
            ["AuthTargets", "CoreTargets", "AgentTargets"].map(|title| watch.alarm(title, "Unavailable"));
        let nothing_serves = AlarmCondition::any(nothing_serves.into_iter().flatten());
        CompositeAlarm::builder(AlarmCondition::all([nothing_serves, self.system.services.errors.into()]))
            .named(self.settings.name("outage"))
            .described("requests fail, and a service has no healthy target")
            .build(self.stack, "Outage")
            .on_alarm(AlarmAction::ops_item(Urgency::Critical));
    }

    /// Members of a global datastore cannot scale their shards: the alarm starts a runbook that adds one.
    fn grow_cache(&self, watch: &Watch<'a>) {
        let cache = &self.system.data.cache;
        let pair = self.system.data.cache_pair.as_ref().and_then(RedisGlobal::id);
        let (Some(id), Some(full)) = (pair, watch.alarm("Cache", "Memory")) else { return };
        let grow = ShardScaling::of_global(id, cache.cache().ref_()).named(self.settings.name("redis-add-shard"));
        let grow = grow.at_most(8).build(self.stack, "AddCacheShard");
        let full = EventPattern::alarm_state(AlarmState::Alarm).about_alarm(&full);
        EventRule::builder(full).to(&grow).build(self.stack, "CacheIsFull");
    }

    fn events(&self) {
        let oncall = &self.system.oncall;
        DatabaseEvents::of_cluster(&self.system.data.database, &oncall.page()).build(self.stack, "DatabaseEvents");
        let tell = |id: &str, pattern: EventPattern, topic: Topic<'a>| {
            EventRule::builder(pattern).to(&topic).build(self.stack, id);
        };
        tell("BackupsFail", EventPattern::backup_jobs(["FAILED", "ABORTED", "EXPIRED"]), oncall.warn());
        tell("Scaling", EventPattern::scaling_activities(), oncall.inform());
        tell("Deployments", EventPattern::ecs_deployments(), oncall.inform());
    }

    fn queries(&self) {
        let groups = self.system.services.all().map(|(_, service)| service.logs());
        let query = |id: &str, text: &str| {
            let query = QueryDefinition::builder(self.settings.name(id), text);
            groups.iter().fold(query, |query, group| query.over(group)).build(self.stack, id);
        };
        query("errors-by-service", "filter level = \"error\" | stats count() by service, bin(5m)");
        query("slow-requests", "filter duration > 2000 | sort duration desc | limit 50");
        query("rejected-tokens", "filter message like /token/ and level = \"warn\" | stats count() by bin(5m)");
        if let Some(flows) = self.system.network.network.flow_log_group() {
            let refused =
                "filter action = \"REJECT\" | stats count() by srcAddr, dstPort | sort count() desc | limit 50";
            let query = QueryDefinition::builder(self.settings.name("refused-flows"), refused);
            query.over(&flows).build(self.stack, "refused-flows");
        }
    }

    fn traces(&self) {
        let name = |role: &str| format!("{}-{role}", self.settings.environment.name);
        SamplingRule::builder(name("sample"), Percent::new(10)).reservoir(0).build(self.stack, "Sampling");
        TraceGroup::builder(name("slow"), "responsetime > 2").build(self.stack, "SlowTraces");
        TraceGroup::builder(name("faulty"), "fault = true OR error = true").build(self.stack, "FaultyTraces");
        ApplicationSignals::discover(self.stack, "Signals");
    }

    fn objectives(&self) {
        let (front, name) = (&self.system.front.balancer, |role: &str| self.settings.name(role));
        ServiceObjective::requests(name("availability"), front.server_errors(), front.requests(), 99.9)
            .described("requests that the services answer without an error of theirs")
            .build(self.stack, "Availability");
        ServiceObjective::below(name("latency"), front.response_time(), 2.0, 99.0)
            .described("minutes in which an answer takes less than two seconds")
            .build(self.stack, "Latency");
    }

    fn reminder(&self) {
        let reminder = ScheduleTarget::topic(&self.system.oncall.warn())
            .message("Rotate the keys of others' interfaces: a quarter has passed");
        Schedule::builder(ScheduleExpression::cron("0 9 1 1,4,7,10 ? *"), reminder)
            .named(self.settings.name("rotate-api-keys"))
            .encrypted_by(&self.system.vault.data_key)
            .build(self.stack, "KeyReminder");
    }
}
