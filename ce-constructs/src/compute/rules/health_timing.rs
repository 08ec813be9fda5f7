//! When a container is checked.

use ce_synth::{Code, Duration, Rule, Scope};

use crate::compute::Container;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2004"),
    title: "the timing of a health check is none that ECS takes",
    about: "A check runs every 5 to 300 seconds, ends within 2 to 60 seconds and before the next, and may fail 1 to 10 times; for \
            up to 300 seconds after the start it does not count. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, container: &Container<'_>) {
    let Some(health) = &container.health else { return };
    let start = health.start_period.map_or(0, Duration::as_seconds);
    let wrong = [
        ("interval", health.interval.as_seconds(), 5, 300),
        ("timeout", health.timeout.as_seconds(), 2, 60),
        ("retries", u32::from(health.retries), 1, 10),
        ("start_period", start, 0, 300),
    ];
    for (setting, value, least, most) in wrong {
        if value < least || value > most {
            scope
                .error(RULE.code, format!("`{setting}` of the check of `{}` is `{value}`", container.name))
                .help(format!("write {least} to {most}"));
        }
    }
    if health.timeout >= health.interval {
        let message = format!("a check every `{}` may take `{}`", health.interval, health.timeout);
        scope.error(RULE.code, message).help("write a timeout less than the interval");
    }
}
