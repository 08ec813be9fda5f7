//! Any configuration gives findings or a valid template, never a panic.

use ce_constructs::observe::{
    AlarmCondition, AlarmTier, Canary, Channel, CompositeAlarm, Endpoint, Escalation, Metric, MissingData,
    ServiceObjective, SlackChannel, Statistic, Watch, Watchlist, Widget,
};
use ce_constructs::security::Key;
use ce_synth::{App, Duration, Severity};
use proptest::prelude::*;

use super::{PROD, done};

fn tier() -> impl Strategy<Value = AlarmTier> {
    prop::sample::select(AlarmTier::ALL.to_vec())
}

fn channel() -> impl Strategy<Value = Channel> {
    prop_oneof![
        "[a-z:/]{0,12}".prop_map(|url| Channel::pager_duty(format!("https{url}"))),
        "[a-z@.]{0,9}".prop_map(Channel::email),
        "[+0-9]{0,9}".prop_map(|number| Endpoint::sms(number).into()),
        ("T[0-9A-Z]{1,2}", "C[0-9]{1,2}").prop_map(|(team, room)| Channel::slack(SlackChannel::new(team, room))),
    ]
}

/// What is watched: an alarm's id and tier, its periods, and how often and on how many of them it looks.
type Watchpoint = (String, AlarmTier, u32, u16, Option<u16>);

fn watchpoint() -> impl Strategy<Value = Watchpoint> {
    ("[A-Za-z 0-9]{1,6}", tier(), 0u32..200, 0u16..2_000, prop::option::of(0u16..9))
}

fn list(title: String, points: Vec<Watchpoint>, dropped: &str) -> Watchlist {
    let mut list = Watchlist::of(title).without(dropped);
    for (id, tier, period, periods, any) in points {
        let metric = Metric::new("Shop", "Orders").statistic(Statistic::Sum).period(Duration::seconds(period));
        let alarm = metric.clone().below(1.0).for_periods(periods).missing(MissingData::Breaching);
        let alarm = any.map_or(alarm.clone(), |any| alarm.when_any(any));
        list = list.alarm(tier, id, alarm).widget(Widget::metrics("Orders", [metric]));
    }
    list
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn watches_are_valid_or_say_why(
        channels in prop::collection::vec((tier(), channel()), 0..5),
        lists in prop::collection::vec(("[A-Za-z -]{1,6}", prop::collection::vec(watchpoint(), 0..4)), 0..4),
        (dropped, least) in ("[A-Z]{0,2}", tier()),
        (every, timeout) in (0u32..4_000, 0u32..1_000),
        (percent, days) in (0.0..120.0f64, 0u32..400),
    ) {
        let app = App::new();
        let stack = app.stack("Watch", PROD);
        let oncall = Escalation::builder("shop", &Key::builder().build(stack, "Key"));
        let told = channels.into_iter().fold(oncall, |oncall, (tier, channel)| match tier {
            AlarmTier::Page => oncall.page(channel),
            AlarmTier::Warn => oncall.warn(channel),
            AlarmTier::Inform => oncall.inform(channel),
        });
        let oncall = told.build(stack, "Oncall");
        let mut watch = Watch::builder(&oncall).named("shop").least(least);
        for (title, points) in lists {
            watch = watch.over(&list(title, points, &dropped));
        }
        let watch = watch.build(stack, "Watch");
        let pages = AlarmCondition::any(watch.alarms(AlarmTier::Page));
        CompositeAlarm::builder(pages).build(stack, "Any").escalate(&oncall, AlarmTier::Page);
        let canary = Canary::builder("shop", "https://example.com").every(Duration::seconds(every));
        done(canary.timeout(Duration::seconds(timeout)).build(stack, "Canary"));
        let count = |name: &'static str| Metric::new("Shop", name).statistic(Statistic::Sum);
        let objective = ServiceObjective::requests("shop", count("Bad"), count("All"), percent);
        done(objective.over(Duration::days(days)).build(stack, "Objective"));
        match app.synth() {
            Ok(assembly) => prop_assert!(assembly.template("Watch").is_some_and(|text| text.contains("DashboardBody"))),
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                prop_assert!(errors.count() > 0, "{findings}");
            }
        }
    }
}
