//! Dashboards.

use ce_constructs::observe::{Dashboard, LogGroup, Metric, Statistic, Widget};
use serde_json::Value;

use super::{PROD, built, of_type};

/// The body as CloudFormation would hand it on, with every reference replaced by one text.
fn body(resources: &Value) -> Value {
    let body = &of_type(resources, "AWS::CloudWatch::Dashboard")[0]["DashboardBody"];
    let text = match &body["Fn::Join"][1] {
        Value::Array(parts) => parts.iter().map(|part| part.as_str().unwrap_or("resolved")).collect(),
        _ => body.as_str().unwrap_or_default().to_owned(),
    };
    assert!(text.contains("\"type\":\""), "no spaces: tools look for it so");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn widgets_of_a_row_share_its_width() {
    let body = body(&built(PROD, |scope| {
        let metric = || Metric::new("Shop", "Orders").dimension("Service", "api");
        let rate = Metric::math("orders / 60", [("orders", metric().statistic(Statistic::Sum))]).label("per second");
        Dashboard::builder()
            .named("shop")
            .row([Widget::text("# Shop \"live\""), Widget::metrics("Orders", [metric(), rate])])
            .row([Widget::numbers("Now", [metric()])])
            .build(scope, "Overview");
    }));
    let widgets = body["widgets"].as_array().cloned().unwrap_or_default();
    let boxes: Vec<_> =
        widgets.iter().map(|one| (one["x"].as_i64(), one["y"].as_i64(), one["width"].as_i64())).collect();
    assert_eq!(boxes, [(Some(0), Some(0), Some(12)), (Some(12), Some(0), Some(12)), (Some(0), Some(6), Some(24))]);
    assert_eq!(widgets[0]["properties"]["markdown"], "# Shop \"live\"");
    let rows = &widgets[1]["properties"]["metrics"];
    assert_eq!(
        rows[0].as_array().map(|row| row[..4].to_vec()),
        Some(["Shop", "Orders", "Service", "api"].map(Value::from).into())
    );
    assert_eq!(rows[1][4]["visible"], false);
    assert_eq!(rows[2][0]["expression"], "orders / 60");
    assert_eq!(widgets[1]["properties"]["region"], "eu-west-1");
}

#[test]
fn a_log_widget_names_its_groups_and_keeps_its_quotes() {
    let body = body(&built(PROD, |scope| {
        let logs = LogGroup::builder().build(scope, "Logs");
        let widget = Widget::log("Errors", "filter level = \"error\" | limit 20", [&logs]);
        Dashboard::builder().row([widget]).build(scope, "Overview");
    }));
    let properties = &body["widgets"][0]["properties"];
    assert_eq!(body["widgets"][0]["type"], "log");
    assert_eq!(properties["query"], "SOURCE 'resolved' | filter level = \"error\" | limit 20");
}

#[test]
fn metrics_of_global_services_are_shown_from_where_they_are() {
    let body = body(&built(PROD, |scope| {
        let errors = || Metric::new("AWS/CloudFront", "5xxErrorRate").dimension("Region", "Global");
        let good = Metric::math("100 - errors", [("errors", errors())]);
        let own = Metric::new("Shop", "Orders");
        let widgets = [errors(), good, own].map(|metric| Widget::metrics("Shown", [metric]));
        Dashboard::builder().section("Site", widgets).build(scope, "Overview");
    }));
    let regions: Vec<_> = (1..4).map(|place| body["widgets"][place]["properties"]["region"].clone()).collect();
    assert_eq!(regions, ["us-east-1", "us-east-1", "eu-west-1"]);
    assert_eq!((&body["widgets"][0]["height"], &body["widgets"][1]["y"]), (&1.into(), &1.into()));
}
