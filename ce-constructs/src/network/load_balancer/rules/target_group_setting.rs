//! Settings of a target group that AWS refuses.

use ce_synth::{Code, Rule, Scope};

use crate::network::load_balancer::{Algorithm, TargetGroupBuilder};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1058"),
    title: "a setting of a target group is out of range",
    about: "Deregistration waits up to 3,600 seconds, stickiness lasts 1 second to 7 days, a slow start takes 30 to 900 \
            seconds and needs round robin; port 0 does not exist. Source: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, group: &TargetGroupBuilder<'_>) {
    let mut wrong: Vec<(String, &str)> = Vec::new();
    if group.port == 0 {
        wrong.push(("targets on port `0`".to_owned(), "name the port the container listens on"));
    }
    if group.deregistration_delay.as_seconds() > 3_600 {
        wrong.push((format!("a deregistration delay of `{}`", group.deregistration_delay), "use up to `1h`"));
    }
    if let Some(time) = group.stickiness.filter(|time| !(1..=604_800).contains(&time.as_seconds())) {
        wrong.push((format!("stickiness of `{time}`"), "use `1s` to `7d`"));
    }
    if let Some(time) = group.slow_start {
        if !(30..=900).contains(&time.as_seconds()) {
            wrong.push((format!("a slow start of `{time}`"), "use `30s` to `15m`"));
        }
        if group.algorithm != Algorithm::RoundRobin {
            let message = format!("a slow start with `{:?}`", group.algorithm);
            wrong.push((message, "use `Algorithm::RoundRobin`, or no slow start"));
        }
    }
    for (message, help) in wrong {
        scope.error(RULE.code, message).help(help);
    }
}
