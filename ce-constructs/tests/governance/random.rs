//! Any configuration gives findings or a valid template, never a panic.

use ce_constructs::governance::{
    Access, AuditTrail, Budget, ConfigRecorder, ConfigRule, CostGuard, CrossAccountRole, ManagedRule, RequiredTags,
    SecurityPosture, StackSetAuthority, Standard, ThreatDetection, ThreatFeature, TimeUnit,
};
use ce_constructs::observe::Topic;
use ce_constructs::security::Key;
use ce_constructs::storage::Bucket;
use ce_synth::{App, Duration, Percent, Region, Severity};
use proptest::prelude::*;

use super::{PROD, done};

const FEATURES: [ThreatFeature; 4] = [
    ThreatFeature::S3DataEvents,
    ThreatFeature::RuntimeMonitoring,
    ThreatFeature::EksRuntimeMonitoring,
    ThreatFeature::EksAuditLogs,
];
const STANDARDS: [Standard; 3] = [Standard::AwsFoundational, Standard::Cis5, Standard::Cis12];
const UNITS: [TimeUnit; 4] = [TimeUnit::Day, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Year];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn governance_is_valid_or_says_why(
        (trail, kept) in ("[a-z.-]{1,8}", 0u32..4_000),
        (features, severity) in (prop::collection::vec(0usize..4, 0..5), 0.0f64..12.0),
        regions in prop::option::of(prop::collection::vec(0usize..38, 0..4)),
        (standards, control) in (prop::collection::btree_set(0usize..3, 0..4), prop::option::of(0usize..3)),
        (account, external) in ("[0-9]{11,13}", "[a-z ]{0,6}"),
        (name, amount, unit) in ("[a-z:]{0,5}", 0u32..3, 0usize..4),
        (by_day, left_out, tag) in (any::<bool>(), any::<bool>(), prop::option::of("[A-Za-z:]{0,6}")),
        (alerts, forecast) in (prop::collection::vec(0u8..101, 0..7), any::<bool>()),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let key = Key::builder().build(stack, "Key");
        let topic = Topic::builder(&key).build(stack, "Topic");
        done(AuditTrail::builder(trail, &key).kept(Duration::days(kept)).build(stack, "Trail"));
        let mut threats = ThreatDetection::builder().features(features.iter().map(|place| FEATURES[*place])).severity(severity).alert(&topic);
        if let Some(regions) = regions {
            let regions = regions.iter().map(|place| Region::ALL[place % Region::ALL.len()]);
            threats = threats.other_regions("guardduty", regions, StackSetAuthority::SelfManaged);
        }
        done(threats.build(stack, "Threats"));
        let mut posture = SecurityPosture::builder().standards(standards.iter().map(|place| STANDARDS[*place]));
        if let Some(place) = control { posture = posture.without_control(STANDARDS[place], "ELB.18", "a test"); }
        done(posture.build(stack, "Posture"));
        done(CrossAccountRole::builder(Access::Monitoring, account, external).build(stack, "Other"));
        let mut budget = Budget::new(name, amount, UNITS[unit]).alert_at(alerts.into_iter().map(Percent::new));
        if forecast { budget = budget.forecast_at(Percent::new(100)); }
        done(CostGuard::builder("shop").notify(&topic).budget(budget).build(stack, "Costs"));
        let history = Bucket::builder().without_access_logs().build(stack, "History");
        let recorder = ConfigRecorder::builder(&history).notify(&topic);
        let recorder = if by_day { recorder.daily() } else { recorder };
        let recorder = if left_out { recorder.without_types(["AWS::EC2::Volume"]) } else { recorder };
        let recorder = recorder.build(stack, "Recorder");
        done(ConfigRule::builder(ManagedRule::ENCRYPTED_VOLUMES).after(&recorder).build(stack, "Volumes"));
        if let Some(tag) = tag { RequiredTags::new().any(tag).check(&app); }
        match app.synth() {
            Ok(assembly) => prop_assert!(assembly.template("Stack").is_some_and(|text| text.contains("AWS::CloudTrail::Trail"))),
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                let codes: Vec<_> = errors.map(|finding| finding.code.as_str()).collect();
                prop_assert!(codes.iter().any(|code| code.starts_with("CE81") || code.starts_with("CE40")), "{findings}");
            }
        }
    }
}
