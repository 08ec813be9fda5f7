//! What operators see and are told: alarms, a dashboard, saved queries, traces.

use ce::operations::{AlarmState, EventPattern, EventRule, Schedule, ScheduleExpression, ScheduleTarget, ShardScaling};
use ce::prelude::*;

use super::data::Data;
use super::front::Front;
use super::services::Services;
use super::settings::Settings;
use super::vault::Vault;

/// Operations; nothing else refers to it.
pub struct Operations;

impl Operations {
    pub fn build<'a>(
        stack: Scope<'a>,
        settings: &Settings<'a>,
        vault: &Vault<'a>,
        front: &Front<'a>,
        services: &Services<'a>,
        data: &Data<'a>,
    ) {
        let topic = Topic::builder(&vault.data_key).named(settings.name("operations")).build(stack, "Topic");
        let requests = |name: &str| {
            Metric::new("AWS/ApplicationELB", name)
                .dimension("LoadBalancer", front.balancer.full_name())
                .statistic(Statistic::Sum)
        };
        let memory = data.cache.memory().above(80.0).for_periods(3).alarm(stack, "CacheMemory").notify(&topic);
        // Members of a global datastore cannot scale their shards: the alarm starts a runbook that adds one.
        if let Some(id) = data.cache_pair.as_ref().and_then(RedisGlobal::id) {
            let grow = ShardScaling::of_global(id, data.cache.cache().ref_()).named(settings.name("redis-add-shard"));
            let grow = grow.at_most(8).build(stack, "AddCacheShard");
            let full = EventPattern::alarm_state(AlarmState::Alarm).about_alarm(&memory);
            EventRule::builder(full).to(&grow).build(stack, "CacheIsFull");
        }
        requests("HTTPCode_ELB_5XX_Count").above(10.0).for_periods(5).alarm(stack, "ServerErrors").notify(&topic);

        let groups = [services.auth.logs(), services.core.logs(), services.agent.logs(), services.workflow.logs()];
        let query = |id: &str, text: &str| {
            let mut query = QueryDefinition::builder(settings.name(id), text);
            for group in &groups {
                query = query.over(group);
            }
            query.build(stack, id);
        };
        query("errors-by-service", "filter level = \"error\" | stats count() by service, bin(5m)");
        query("slow-requests", "filter duration > 2000 | sort duration desc | limit 50");
        query("rejected-tokens", "filter message like /token/ and level = \"warn\" | stats count() by bin(5m)");

        let cpu = [&services.auth, &services.core, &services.agent, &services.workflow].map(|service| service.cpu());
        Dashboard::builder()
            .named(settings.name("overview"))
            .row([Widget::metrics("Requests", [requests("RequestCount")]), Widget::metrics("CPU", cpu)])
            .row([Widget::log("Errors", "filter level = \"error\" | limit 50", &groups)])
            .build(stack, "Dashboard");
        SamplingRule::builder(settings.name("sample"), Percent::new(10)).reservoir(0).build(stack, "Sampling");
        let reminder =
            ScheduleTarget::topic(&topic).message("Rotate the keys of others' interfaces: a quarter has passed");
        Schedule::builder(ScheduleExpression::cron("0 9 1 1,4,7,10 ? *"), reminder)
            .named(settings.name("rotate-api-keys"))
            .encrypted_by(&vault.data_key)
            .build(stack, "KeyReminder");
    }
}
