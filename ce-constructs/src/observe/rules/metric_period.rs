//! The length of a metric's period.

use ce_synth::{Code, Rule, Scope};

use crate::observe::Metric;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7001"),
    title: "the period of a metric is none that CloudWatch takes",
    about: "An alarm looks at periods of 10, 20 or 30 seconds, for metrics stored at high resolution, or of whole minutes. \
            Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
};

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, metric: &Metric) {
    for (_, metric) in metric.queries("metric") {
        let seconds = metric.period.as_seconds();
        let legal = matches!(seconds, 10 | 20 | 30) || (seconds > 0 && seconds % 60 == 0);
        if !legal {
            scope
                .error(RULE.code, format!("a metric has a period of `{}`", metric.period))
                .help("write `.period(Duration::minutes(1))`");
            return;
        }
    }
}
