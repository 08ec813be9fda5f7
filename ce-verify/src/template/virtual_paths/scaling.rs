//! `@scaling_target` and `@window_s`: what a policy scales, and how long an alarm looks back.

use crate::template::app::App;
use crate::template::json::Json;
use crate::template::value::{ResourceId, Value};

pub(super) fn target(app: &App, id: ResourceId) -> Option<Value> {
    if let Some(named) = app.property(id, "ResourceId") {
        return Some(named.clone());
    }
    let target = app.property(id, "ScalingTargetId")?;
    let target = app.led_to(target, "AWS::ApplicationAutoScaling::ScalableTarget");
    app.property(*target.first()?, "ResourceId").cloned()
}

pub(super) fn window(app: &App, id: ResourceId) -> Option<Value> {
    let periods = app.property(id, "EvaluationPeriods")?.number()?;
    let inner = |metric: &Value| {
        let statistic = metric.get("MetricStat").and_then(|statistic| statistic.get("Period"));
        statistic.or_else(|| metric.get("Period")).and_then(Value::number)
    };
    let metrics = || app.property(id, "Metrics").map(Value::elements).unwrap_or_default();
    let period = match app.property(id, "Period") {
        Some(period) => period.number(),
        None => metrics().into_iter().filter_map(inner).reduce(f64::max),
    };
    Some(Value::from(&Json::float(period? * periods)))
}
