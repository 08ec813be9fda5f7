//! What each rule finds.

use ce_constructs::observe::{AlarmAction, Dashboard, LogGroup, Metric, RULES, Topic, Widget};
use ce_constructs::security::Key;
use ce_synth::{App, Duration, Region, Scope};

use super::{PROD, codes, done, synth};

/// What the rules of this chapter find; those of the core often see the same from the schema's side.
fn found(build: impl FnOnce(Scope<'_>)) -> Vec<String> {
    codes(&synth(PROD, build)).into_iter().filter(|code| code.starts_with("CE70")).collect()
}

fn orders() -> Metric {
    Metric::new("Shop", "Orders")
}

#[test]
fn codes_are_unique_and_of_this_chapter() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert!(codes.is_sorted_by(|left, right| left < right), "{codes:?}");
    assert!(codes.iter().all(|code| code.starts_with("CE70")));
}

#[test]
fn ce7001_periods_that_do_not_exist() {
    let with = |seconds| found(|scope| done(orders().period(Duration::seconds(seconds)).above(1.0).alarm(scope, "A")));
    assert_eq!(with(45), ["CE7001"]);
    assert_eq!(with(10), [""; 0]);
    assert_eq!(with(120), [""; 0]);
}

#[test]
fn ce7002_alarms_that_look_back_too_far() {
    let with = |periods| found(|scope| done(orders().above(1.0).for_periods(periods).alarm(scope, "A")));
    assert_eq!(with(0), ["CE7002"]);
    assert_eq!(with(1_440), [""; 0]);
    assert_eq!(with(1_441), ["CE7002"]);
    let week = |hours| {
        found(|scope| done(orders().period(Duration::hours(1)).above(1.0).for_periods(hours).alarm(scope, "A")))
    };
    assert_eq!(week(168), [""; 0]);
    assert_eq!(week(169), ["CE7002"]);
    assert_eq!(found(|scope| done(orders().above(1.0).for_periods(3).when_any(4).alarm(scope, "A"))), ["CE7002"]);
}

#[test]
fn ce7003_more_actions_than_an_alarm_takes() {
    let with = |count: usize| {
        found(|scope| {
            let alarm = orders().above(1.0).alarm(scope, "A");
            for number in 0..count {
                alarm.on_alarm(AlarmAction::function(format!(
                    "arn:aws:lambda:eu-west-1:111111111111:function:f{number}"
                )));
            }
        })
    };
    assert_eq!(with(5), [""; 0]);
    assert_eq!(with(6), ["CE7003"]);
}

#[test]
fn ce7004_topics_of_another_region() {
    let app = App::new();
    let there = app.stack("There", PROD.in_region(Region::US_EAST_1));
    let topic = Topic::builder(&Key::builder().build(there, "Key")).build(there, "Topic");
    orders().above(1.0).alarm(app.stack("Here", PROD), "A").on_alarm(&topic);
    assert!(codes(&app.synth()).contains(&"CE7004".to_owned()));
}

#[test]
fn ce7005_metrics_that_live_in_one_region() {
    let metric = || Metric::new("AWS/CloudFront", "5xxErrorRate").above(5.0);
    assert_eq!(found(|scope| done(metric().alarm(scope, "A"))), ["CE7005"]);
    let at_home = synth(PROD.in_region(Region::US_EAST_1), |scope| done(metric().alarm(scope, "A")));
    assert_eq!(codes(&at_home), [""; 0]);
}

#[test]
fn ce7006_names_in_formulas() {
    let with = |name, formula: &str| {
        found(|scope| done(Metric::math(formula, [(name, orders())]).above(1.0).alarm(scope, "A")))
    };
    assert_eq!(with("orders", "orders / 60"), [""; 0]);
    assert_eq!(with("Orders", "Orders / 60"), ["CE7006"]);
    assert_eq!(with("orders", "order / 60"), ["CE7006"]);
    let twice = Metric::math("m / m", [("m", orders()), ("m", orders())]);
    assert_eq!(found(|scope| done(twice.above(1.0).alarm(scope, "A"))), ["CE7006"]);
}

#[test]
fn ce7007_keys_of_another_region() {
    let app = App::new();
    let key = Key::builder().build(app.stack("There", PROD.in_region(Region::US_EAST_1)), "Key");
    LogGroup::builder().encrypted_by(&key).build(app.stack("Here", PROD), "Logs");
    assert!(codes(&app.synth()).contains(&"CE7007".to_owned()));
}

#[test]
fn ce7008_rows_that_are_too_full() {
    let with =
        |count| found(|scope| done(Dashboard::builder().row((0..count).map(|_| Widget::text("x"))).build(scope, "D")));
    assert_eq!(with(0), ["CE7008"]);
    assert_eq!(with(6), [""; 0]);
    assert_eq!(with(7), ["CE7008"]);
}
