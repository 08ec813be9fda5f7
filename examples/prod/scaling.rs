//! How the services grow with what is asked of them.

use ce::compute::StepScaling;
use ce::observe::{AlarmBuilder, MissingData};
use ce::prelude::*;

use super::front::{Door, Front};
use super::services::Services;
use super::settings::Settings;

/// How each grows: the policies together take the largest step out, and go in only when all agree.
pub fn scale<'a>(services: &Services<'a>, stack: Scope<'a>, settings: &Settings<'a>, front: &Front<'a>) {
    // A standby that has to carry everything grows fast.
    let out_after = |seconds: u32| Duration::seconds(if settings.is_standby() { seconds.min(180) } else { seconds });
    let requests = |service: &FargateService<'a>, door: &Door<'a>| {
        requests_per_task(service, door, settings.rollout.is_some()).scale_out_cooldown(out_after(300))
    };
    let cpu = |percent: u8, out: u32| {
        Tracking::cpu(Percent::new(percent))
            .scale_out_cooldown(out_after(out))
            .scale_in_cooldown(Duration::seconds(300))
    };
    let auth = services.auth.scaling(settings.tasks(2, 10));
    auth.track("Cpu", cpu(70, 300)).track("Requests", requests(&services.auth, &front.auth));

    let core = services.core.scaling(settings.tasks(3, 15));
    core.track("Cpu", cpu(70, 300)).track("Requests", requests(&services.core, &front.core));
    let slow = core.step("Slow", StepScaling::percent(25).at_least(1).cooldown(Duration::seconds(300)));
    front.balancer.response_time().above(2.0).for_periods(3).alarm(stack, "SlowResponses").on_alarm(slow);
    if settings.is_production() {
        // More tasks rarely heal errors: one is all they add. The alarm is another than the one that services wait for.
        let one = core.step("Errors", StepScaling::tasks(1).cooldown(Duration::minutes(10)));
        let errors = failing(front).named(settings.name("error-rate-scaling"));
        errors.alarm(stack, "ErrorsScale").on_alarm(one);
    }

    let agent = services.agent.scaling(settings.tasks(2, 20));
    agent
        .track("Cpu", cpu(60, 180))
        .track("Requests", requests(&services.agent, &front.agent))
        .track("ActiveTasks", tasks_per_agent(&services.agent));

    services.workflow.scaling(settings.tasks(2, 8)).track("Cpu", cpu(70, 300));
}

/// One request in twenty fails, for five minutes.
pub fn failing(front: &Front<'_>) -> AlarmBuilder {
    let errors = front.balancer.error_rate().above(5.0).for_periods(5).missing(MissingData::NotBreaching);
    errors.described("over 5 percent of requests fail")
}

/// Ten tasks of users for each agent.
fn tasks_per_agent(agent: &FargateService<'_>) -> Tracking {
    let active = Metric::new("ClaudeEnhancer", "ActiveTaskCount").statistic(Statistic::Sum);
    let busy = Metric::math("active / running", [("active", active), ("running", agent.running_tasks())]);
    Tracking::metric(busy, 10.0).scale_out_cooldown(Duration::seconds(180)).scale_in_cooldown(Duration::seconds(300))
}

/// A thousand requests a minute for each task, whichever of two groups of targets they come through.
fn requests_per_task<'a>(service: &FargateService<'a>, door: &Door<'a>, shifted: bool) -> Tracking {
    let Some(next) = door.next.as_ref().filter(|_| shifted) else {
        return Tracking::requests_per_target(&door.targets, 1_000.0);
    };
    let requests = |targets: &TargetGroup<'a>| {
        targets.metric("RequestCount").statistic(Statistic::Sum).period(Duration::seconds(60))
    };
    let of_both = [("old", requests(&door.targets)), ("new", requests(next)), ("running", service.running_tasks())];
    Tracking::metric(Metric::math("(FILL(old, 0) + FILL(new, 0)) / running", of_both), 1_000.0)
}
