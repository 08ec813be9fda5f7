//! What each rule finds.

use ce_constructs::configuration::{FeatureFlag, FeatureFlags, FeatureFlagsBuilder, FlagRollout, RULES};
use ce_constructs::observe::Metric;
use ce_synth::{Duration, Percent};

use super::{codes, synth};

fn found(builder: FeatureFlagsBuilder<'_>) -> Vec<String> {
    codes(&synth(|scope| {
        builder.build(scope, "Flags");
    }))
}

#[test]
fn codes_are_unique_and_of_this_chapter() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert!(codes.is_sorted_by(|left, right| left < right), "{codes:?}");
    assert!(codes.iter().all(|code| code.starts_with("CE71")));
}

#[test]
fn ce7101_keys() {
    let with = |flags: &[FeatureFlag]| {
        found(flags.iter().cloned().fold(FeatureFlags::builder("shop"), FeatureFlagsBuilder::flag))
    };
    assert_eq!(with(&[FeatureFlag::on("gift-cards"), FeatureFlag::on("search_2")]), [""; 0]);
    assert_eq!(with(&[FeatureFlag::on("2nd")]), ["CE7101"]);
    assert_eq!(with(&[FeatureFlag::on("gift cards")]), ["CE7101"]);
    assert_eq!(with(&[FeatureFlag::on("a"), FeatureFlag::off("a")]), ["CE7101"]);
    assert_eq!(with(&[FeatureFlag::on("a").attribute("enabled", true)]), ["CE7101"]);
    assert_eq!(with(&[FeatureFlag::on("a").attribute("b", 1).attribute("b", 2)]), ["CE7101"]);
    assert_eq!(with(&[FeatureFlag::on("a".repeat(65))]), ["CE7101"]);
}

#[test]
fn ce7102_rollouts() {
    let with = |over, bake| {
        let rollout = FlagRollout::linear(Percent::new(20), over).watched(bake);
        found(FeatureFlags::builder("shop").rollout(rollout))
    };
    let (minute, day) = (Duration::minutes(1), Duration::days(1));
    assert_eq!(with(day, day), [""; 0]);
    assert!(with(Duration::seconds(90), minute).contains(&"CE7102".to_owned()));
    assert!(with(minute, Duration::hours(25)).contains(&"CE7102".to_owned()));
    let alarms = |count: usize| {
        codes(&synth(|scope| {
            let alarm = Metric::new("Shop", "Errors").above(5.0).alarm(scope, "Errors");
            let flags = (0..count).fold(FeatureFlags::builder("shop"), |flags, _| flags.roll_back_on(&alarm));
            flags.build(scope, "Flags");
        }))
    };
    assert_eq!(alarms(5), [""; 0]);
    assert!(alarms(6).contains(&"CE7102".to_owned()));
}
