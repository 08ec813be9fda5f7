//! Any configuration gives findings or a valid template, never a panic.

use ce_constructs::observe::{
    AlarmCondition, AlarmTier, ApplicationSignals, Canary, Channel, CompositeAlarm, Dashboard, Endpoint, Escalation,
    LogGroup, Metric, MissingData, QueryDefinition, SamplingRule, ServiceObjective, SlackChannel, Statistic,
    TraceGroup, Watch, Watchlist, Widget,
};
use ce_constructs::security::Key;
use ce_synth::{App, Duration, Percent, Severity};
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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn what_is_looked_at_is_valid_or_says_why(
        rows in prop::collection::vec(("[ -~]{0,9}", 0usize..7), 0..4),
        (name, query) in ("[ -~]{1,12}", "[ -~]{0,40}"),
        (share, reservoir, priority) in (0u8..=100, any::<u16>(), any::<u16>()),
        (path, filter, insights) in ("[ -~]{0,9}", "[ -~]{0,30}", any::<bool>()),
    ) {
        let app = App::new();
        let stack = app.stack("Watch", PROD);
        let widget = || Widget::metrics("Orders", [Metric::new("Shop", "Orders")]);
        let board = rows.iter().fold(Dashboard::builder(), |board, (title, widgets)| {
            board.section(title, std::iter::repeat_with(widget).take(*widgets))
        });
        done(board.named("shop").build(stack, "Board"));
        let logs = LogGroup::builder().build(stack, "Logs");
        done(QueryDefinition::builder(name.clone(), query).over(&logs).build(stack, "Query"));
        let sample = SamplingRule::builder(name.clone(), Percent::new(share)).reservoir(reservoir).priority(priority);
        done(sample.path(path).build(stack, "Sample"));
        done(TraceGroup::builder(name, filter).insights(insights).build(stack, "Traces"));
        done(ApplicationSignals::discover(stack, "Signals"));
        match app.synth() {
            Ok(assembly) => {
                let template: serde_json::Value = serde_json::from_str(assembly.template("Watch").unwrap_or_default())?;
                let all = template["Resources"].as_object().into_iter().flat_map(|all| all.values());
                let types: Vec<_> = all.filter_map(|resource| resource["Type"].as_str()).collect();
                prop_assert!(types.contains(&"AWS::XRay::SamplingRule") && types.contains(&"AWS::CloudWatch::Dashboard"));
            }
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                prop_assert!(errors.count() > 0, "{findings}");
            }
        }
    }
}
