//! Watches: alarms and dashboards from what they are about.

use ce_constructs::observe::{AlarmTier, Channel, Escalation, Metric, Watch, Watched, Watchlist, Widget};
use ce_constructs::security::Key;
use ce_synth::{Environment, Scope, Tier};
use serde_json::Value;

use super::{DEV, PROD, built, codes, of_type, synth};

/// A construct of one's own, of two parts.
struct Shop;

/// A part.
struct Till(&'static str);

impl Watched for Till {
    fn watchlist(&self) -> Watchlist {
        let sold = || Metric::new("Shop", "Sold").dimension("Till", self.0);
        Watchlist::of(self.0)
            .alarm(AlarmTier::Page, "NothingSold", sold().below(1.0))
            .alarm(AlarmTier::Warn, "Slow", sold().outside_expected(2.0))
            .alarm(AlarmTier::Inform, "Busy", sold().above(100.0).named("busy"))
            .widget(Widget::metrics("Sold", [sold()]))
    }
}

impl Watched for Shop {
    fn watchlist(&self) -> Watchlist {
        Watchlist::of("Shop").widget(Widget::text("# Shop")).part(&Till("front till")).part(&Till("BackTill"))
    }
}

fn oncall(scope: Scope<'_>) -> Escalation<'_> {
    let pager = Channel::pager_duty("https://events.pagerduty.com/integration/0123/enqueue");
    Escalation::builder("shop", &Key::builder().build(scope, "Key")).page(pager).build(scope, "Oncall")
}

fn watched(environment: Environment, watched: &dyn Watched) -> Value {
    built(environment, |scope| {
        Watch::builder(&oncall(scope)).named("shop").over(watched).build(scope, "Watch");
    })
}

fn names(resources: &Value) -> Vec<String> {
    let alarms = of_type(resources, "AWS::CloudWatch::Alarm");
    let mut names: Vec<_> =
        alarms.iter().map(|alarm| alarm["AlarmName"].as_str().unwrap_or_default().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_default_goes_down_the_tree() {
    insta::assert_json_snapshot!(watched(PROD, &Shop));
}

#[test]
fn alarms_are_named_by_what_they_are_about_unless_they_have_a_name() {
    let till = watched(PROD, &Till("front till"));
    assert_eq!(names(&till), ["busy", "shop-front-till-nothing-sold", "shop-front-till-slow"]);
    let unnamed = built(PROD, |scope| {
        Watch::builder(&oncall(scope)).over(&Till("front till")).build(scope, "Watch");
    });
    assert_eq!(names(&unnamed), ["", "", "busy"]);
}

#[test]
fn development_is_paged_alone() {
    assert_eq!(names(&watched(DEV, &Till("till"))), ["shop-till-nothing-sold"]);
    assert_eq!(names(&watched(Environment { tier: Tier::Staging, ..PROD }, &Till("till"))).len(), 3);
    let more = built(DEV, |scope| {
        let watch = Watch::builder(&oncall(scope)).least(AlarmTier::Warn).over(&Till("till")).build(scope, "Watch");
        assert_eq!(AlarmTier::ALL.map(|tier| watch.alarms(tier).count()), [1, 1, 0]);
        assert!(watch.alarm("till", "Slow").is_some() && watch.alarm("till", "Busy").is_none());
    });
    assert_eq!(names(&more).len(), 2);
}

#[test]
fn a_list_can_be_changed_before_it_is_watched() {
    let list = || Till("till").watchlist().without("Slow").change("Busy", |busy| busy.for_periods(9));
    let resources = watched(PROD, &list().tier("NothingSold", AlarmTier::Warn).titled("front"));
    assert_eq!(names(&resources), ["busy", "shop-front-nothing-sold"]);
    let alarms = of_type(&resources, "AWS::CloudWatch::Alarm");
    assert!(alarms.iter().any(|alarm| alarm["EvaluationPeriods"] == 9));
    let told = |alarm: &&&Value| alarm["AlarmActions"].to_string().contains("OncallWarn");
    assert_eq!(alarms.iter().filter(told).count(), 1);
}

#[test]
fn the_dashboard_has_a_section_for_each_part_below_the_alarms() {
    let resources = watched(PROD, &Shop);
    let dashboard = of_type(&resources, "AWS::CloudWatch::Dashboard")[0];
    assert_eq!(dashboard["DashboardName"], "shop");
    let body = dashboard["DashboardBody"].to_string();
    let places: Vec<_> =
        ["\\\"alarm\\\"", "## Shop", "## front till", "## BackTill"].iter().map(|part| body.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {body}");
}

#[test]
fn ce7011_alarms_that_are_not_there() {
    let with = |list: Watchlist| {
        let result = synth(DEV, |scope| {
            Watch::builder(&oncall(scope)).over(&list).build(scope, "Watch");
        });
        codes(&result)
    };
    let list = || Till("till").watchlist();
    assert_eq!(with(list().without("Slwo")), ["CE7011"]);
    assert_eq!(with(list().change("Slwo", |alarm| alarm)), ["CE7011"]);
    assert_eq!(with(list().tier("Slwo", AlarmTier::Page)), ["CE7011"]);
    assert_eq!(with(list().without("Slow")), [""; 0]);
}
