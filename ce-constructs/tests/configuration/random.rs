//! Any configuration gives findings or a valid template, never a panic.

use ce_constructs::configuration::{FeatureFlag, FeatureFlags, FlagRollout, FlagValue};
use ce_synth::{Duration, Percent, Severity};
use proptest::prelude::*;

use super::synth;

fn value() -> impl Strategy<Value = FlagValue> {
    prop_oneof![
        ".{0,4}".prop_map(FlagValue::Text),
        any::<f64>().prop_map(FlagValue::Number),
        any::<bool>().prop_map(FlagValue::Boolean),
    ]
}

fn flag() -> impl Strategy<Value = FeatureFlag> {
    let attributes = prop::collection::vec(("[a-c0 ]{0,3}", value()), 0..3);
    ("[a-c0-]{0,3}", any::<bool>(), attributes).prop_map(|(key, on, attributes)| {
        let flag = if on { FeatureFlag::on(key) } else { FeatureFlag::off(key) };
        attributes.into_iter().fold(flag, |flag, (name, value)| flag.attribute(name, value))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn flags_are_valid_or_say_why(
        name in "[a-z]{0,70}",
        flags in prop::collection::vec(flag(), 0..4),
        (step, over, bake) in (0u8..=100, 0u32..100_000, 0u32..100_000),
    ) {
        let rollout = FlagRollout::exponential(Percent::new(step), Duration::seconds(over));
        let flags = flags.into_iter().fold(FeatureFlags::builder(name), |all, flag| all.flag(flag));
        let flags = flags.rollout(rollout.watched(Duration::seconds(bake)));
        let result = synth(|scope| { flags.build(scope, "Flags"); });
        match result {
            Ok(assembly) => prop_assert!(assembly.template("Shop").is_some_and(|text| text.contains("FeatureFlags"))),
            Err(findings) => prop_assert!(findings.iter().any(|finding| finding.severity == Severity::Error)),
        }
    }
}
