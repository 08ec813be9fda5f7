//! Objectives and Application Signals.

use ce_constructs::observe::{ApplicationSignals, Metric, ServiceObjective, ServiceObjectiveBuilder, Statistic};
use ce_synth::Duration;
use serde_json::{Value, json};

use super::{PROD, built, codes, done, of_type, synth};

fn count(name: &str) -> Metric {
    Metric::new("Shop", name.to_owned()).statistic(Statistic::Sum)
}

fn availability() -> ServiceObjectiveBuilder {
    ServiceObjective::requests("shop-availability", count("Errors"), count("Requests"), 99.9)
}

fn objective(objective: ServiceObjectiveBuilder) -> Value {
    let resources = built(PROD, |scope| done(objective.build(scope, "Objective")));
    of_type(&resources, "AWS::ApplicationSignals::ServiceLevelObjective")[0].clone()
}

#[test]
fn the_default_looks_at_a_month_of_requests() {
    insta::assert_json_snapshot!(objective(availability()));
}

#[test]
fn a_metric_may_have_to_stay_below_a_threshold() {
    let latency = Metric::new("Shop", "Latency").period(Duration::minutes(5));
    let sli = objective(ServiceObjective::below("shop-latency", latency, 0.5, 99.0))["Sli"].clone();
    assert_eq!((&sli["ComparisonOperator"], &sli["MetricThreshold"]), (&json!("LessThan"), &json!(0.5)));
    let query = &sli["SliMetric"]["MetricDataQueries"][0];
    assert_eq!((&query["MetricStat"]["Period"], &query["ReturnData"]), (&json!(300), &json!(true)));
}

#[test]
fn a_formula_gives_data_once() {
    let all = Metric::math("good + bad", [("good", count("Good")), ("bad", count("Bad"))]);
    let asked = ServiceObjective::requests("shop", count("Errors"), all, 99.0);
    let sli = objective(asked)["RequestBasedSli"]["RequestBasedSliMetric"].clone();
    let queries = sli["TotalRequestCountMetric"].as_array().cloned().unwrap_or_default();
    let returned: Vec<_> = queries.iter().map(|query| query["ReturnData"].as_bool()).collect();
    assert_eq!(returned, [Some(false), Some(false), Some(true)]);
}

#[test]
fn options_are_written() {
    let asked =
        availability().over(Duration::days(7)).warn_at(50.0).burn_windows([5]).described("nine of ten thousand");
    let objective = objective(asked);
    let goal = &objective["Goal"];
    assert_eq!(goal["Interval"]["RollingInterval"], json!({ "Duration": 7, "DurationUnit": "DAY" }));
    assert_eq!(goal["WarningThreshold"].as_f64(), Some(50.0));
    assert_eq!(objective["BurnRateConfigurations"], json!([{ "LookBackWindowMinutes": 5 }]));
    assert_eq!(objective["Description"], "nine of ten thousand");
}

#[test]
fn burning_can_alarm() {
    let resources = built(PROD, |scope| {
        availability().build(scope, "Objective").burn_rate(60).above(14.4).alarm(scope, "Burning");
    });
    let dimensions = &of_type(&resources, "AWS::CloudWatch::Alarm")[0]["Dimensions"];
    assert_eq!(dimensions[0], json!({ "Name": "SloName", "Value": "shop-availability" }));
    assert_eq!(dimensions[1], json!({ "Name": "BurnRateWindowMinutes", "Value": "60" }));
}

#[test]
fn signals_are_discovered() {
    let resources = built(PROD, |scope| done(ApplicationSignals::discover(scope, "Signals")));
    assert_eq!(of_type(&resources, "AWS::ApplicationSignals::Discovery").len(), 1);
}

#[test]
fn ce7015_what_cannot_be_promised() {
    let with = |objective: ServiceObjectiveBuilder| {
        let codes = codes(&synth(PROD, |scope| done(objective.build(scope, "Objective"))));
        codes.into_iter().filter(|code| code.starts_with("CE70")).collect::<Vec<_>>()
    };
    let percent = |percent| with(ServiceObjective::requests("shop", count("Errors"), count("Requests"), percent));
    assert_eq!(percent(100.0), ["CE7015"]);
    assert_eq!(percent(0.0), ["CE7015"]);
    assert_eq!(percent(99.99), [""; 0]);
    assert_eq!(with(availability().warn_at(100.0)), ["CE7015"]);
    assert_eq!(with(availability().over(Duration::hours(12))), ["CE7015"]);
    assert_eq!(with(availability().over(Duration::days(366))), ["CE7015"]);
    assert_eq!(with(availability().burn_windows(0..11)), ["CE7015"]);
}
