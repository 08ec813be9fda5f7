//! Timings of a health check that AWS refuses.

use ce_synth::{Code, Rule, Scope};

use crate::network::load_balancer::TargetHealth;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1053"),
    title: "a health check of a target group is timed wrongly",
    about: "The interval is 5 to 300 seconds, the timeout 2 to 120 seconds and less than the interval, thresholds are 2 \
            to 10. Source: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, health: &TargetHealth) {
    let (interval, timeout) = (health.interval.as_seconds(), health.timeout.as_seconds());
    if timeout >= interval {
        scope
            .error(RULE.code, format!("a timeout of `{timeout}` seconds is not less than the interval of `{interval}`"))
            .help(format!(
                "write `.timeout(Duration::seconds({}))`, or a longer interval",
                (interval / 2).clamp(2, 120)
            ));
    }
    let ranges = [
        ("an interval", interval, 5..=300, " seconds"),
        ("a timeout", timeout, 2..=120, " seconds"),
        ("a healthy threshold", u32::from(health.healthy), 2..=10, " checks"),
        ("an unhealthy threshold", u32::from(health.unhealthy), 2..=10, " checks"),
    ];
    for (what, value, range, unit) in ranges {
        if !range.contains(&value) {
            scope.error(RULE.code, format!("{what} of `{value}`{unit}")).help(format!(
                "use {} to {}{unit}",
                range.start(),
                range.end()
            ));
        }
    }
    if !health.path.starts_with('/') || health.path.len() > 1_024 {
        scope
            .error(RULE.code, format!("the path `{}` of a health check", health.path))
            .help("start it with `/`, and keep it to 1,024 characters");
    }
}
