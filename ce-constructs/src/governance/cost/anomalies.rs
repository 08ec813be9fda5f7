//! Costs that are not as they were.

use ce_cfn::ce;
use ce_cfn::ce::anomaly_monitor::{MonitorDimension, MonitorType};
use ce_cfn::ce::anomaly_subscription::{Frequency, Subscriber, Type};
use ce_synth::{Expr, Scope, Value};

/// Watches every service, and tells of what is off by so many dollars or more.
///
/// Topics are told at once, which is all Cost Explorer does with them; addresses once a day, which is the most it does.
///
/// Source: <https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html>
#[track_caller]
pub(super) fn place(
    scope: Scope<'_>,
    name: &str,
    dollars: u32,
    topic: Option<Value<String>>,
    addresses: &[Value<String>],
) {
    let monitor = ce::AnomalyMonitor::new()
        .monitor_name(name)
        .monitor_type(MonitorType::DIMENSIONAL)
        .monitor_dimension(MonitorDimension::SERVICE);
    let monitor = scope.add("Anomalies", monitor);
    let subscription = |suffix: &str, frequency| {
        ce::AnomalySubscription::new()
            .subscription_name(format!("{name}{suffix}"))
            .monitor_arn_list([monitor])
            .frequency(frequency)
            .threshold_expression(threshold(dollars))
    };
    if let Some(topic) = topic {
        let to = Subscriber::new().type_(Type::SNS).address(topic.into_expr());
        scope.add("AnomalyAlerts", subscription("", Frequency::IMMEDIATE).subscribers([to]));
    }
    if !addresses.is_empty() {
        let to = |address: &Value<String>| Subscriber::new().type_(Type::EMAIL).address(address.clone().into_expr());
        let all: Vec<_> = addresses.iter().map(to).collect();
        scope.add("AnomalyMail", subscription("-mail", Frequency::DAILY).subscribers(all));
    }
}

fn threshold(dollars: u32) -> String {
    let dimension = [
        ("Key", "ANOMALY_TOTAL_IMPACT_ABSOLUTE".into()),
        ("MatchOptions", ["GREATER_THAN_OR_EQUAL"].into()),
        ("Values", [Expr::text(dollars.to_string())].into()),
    ];
    Expr::object([("Dimensions", Expr::object(dimension))]).to_json()
}
