//! Metrics that exist in one region only.

use ce_synth::{Code, Region, Rule, Scope};

use crate::observe::Metric;
use crate::observe::metric::Source;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7005"),
    title: "an alarm looks for a metric in a region that has none",
    about: "CloudFront, Route 53, and billing put their metrics into us-east-1, wherever what they measure is; an alarm \
            in another region never sees a sample. Sources: \
            https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html \
            https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html",
};

/// Namespaces whose metrics are in us-east-1 alone.
pub(in crate::observe) const GLOBAL: [&str; 3] = ["AWS/CloudFront", "AWS/Route53", "AWS/Billing"];

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, metric: &Metric) {
    let region = scope.region();
    if region.partition() != Region::US_EAST_1.partition() || region == Region::US_EAST_1 {
        return;
    }
    for (_, metric) in metric.queries("metric") {
        if let Source::Measured { namespace, .. } = &metric.source
            && GLOBAL.contains(&namespace.as_str())
        {
            scope
                .error(RULE.code, format!("metrics of `{namespace}` are in `us-east-1`, the alarm in `{region}`"))
                .help("add the alarm to a stack in `us-east-1`");
            return;
        }
    }
}
