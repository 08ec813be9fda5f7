//! Every rule, by what triggers it.

use ce_constructs::governance::{
    Access, AuditTrail, Budget, ConfigRecorder, ConfigRule, CostGuard, CostGuardBuilder, CostReport, CrossAccountRole,
    Frequency, ManagedRule, RULES, SecurityPosture, SecurityPostureBuilder, StackSetAuthority, Standard,
    ThreatDetection, ThreatDetectionBuilder, ThreatFeature, TimeUnit,
};
use ce_constructs::observe::Topic;
use ce_constructs::security::Key;
use ce_constructs::storage::Bucket;
use ce_synth::{App, Code, Percent, Region, Scope};

use super::{PROD, codes, done, synth};

const NONE: [String; 0] = [];

fn topic(scope: Scope<'_>) -> Topic<'_> {
    Topic::builder(&Key::builder().build(scope, "Key")).build(scope, "Topic")
}

fn threats(build: impl for<'a> FnOnce(ThreatDetectionBuilder<'a>) -> ThreatDetectionBuilder<'a>) -> Vec<String> {
    codes(&synth(|scope| done(build(ThreatDetection::builder().alert(&topic(scope))).build(scope, "Threats"))))
}

fn costs(build: impl for<'a> FnOnce(CostGuardBuilder<'a>) -> CostGuardBuilder<'a>) -> Vec<String> {
    codes(&synth(|scope| done(build(CostGuard::builder("shop").mail("a@example.com")).build(scope, "Guard"))))
}

#[test]
fn trail_name() {
    for name in ["ab", "a trail", "-trail", "trail.", "a--b"] {
        let found = codes(&synth(|scope| {
            let key = Key::builder().build(scope, "Key");
            done(AuditTrail::builder(name, &key).build(scope, "Trail"));
        }));
        assert_eq!(found[0], "CE8101", "{name}");
    }
}

#[test]
fn key_region() {
    let app = App::new();
    {
        let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(Region::US_WEST_2)));
        done(AuditTrail::builder("shop-audit", &Key::builder().build(there, "Key")).build(here, "Trail"));
    }
    assert!(codes(&app.synth()).contains(&"CE8102".to_owned()));
}

#[test]
fn config_rule() {
    let changes = codes(&synth(|scope| {
        done(ConfigRule::builder(ManagedRule::ENCRYPTED_VOLUMES).every(Frequency::Day).build(scope, "Rule"));
    }));
    assert_eq!(changes, ["CE8103"]);
    let twice = codes(&synth(|scope| {
        let rule = ConfigRule::builder(ManagedRule::IAM_PASSWORD_POLICY).input("MaxPasswordAge", "90");
        done(rule.input("MaxPasswordAge", "30").build(scope, "Rule"));
    }));
    assert_eq!(twice, ["CE8103"]);
    let none: &[&str] = &[];
    let tags = ["A", "B", "C", "D", "E", "F", "G"].map(|key| (key, none));
    assert_eq!(codes(&synth(|scope| done(ConfigRule::required_tags(tags).build(scope, "Rule")))), ["CE8103"]);
    let named = codes(&synth(|scope| {
        done(ConfigRule::builder(ManagedRule::IAM_PASSWORD_POLICY).named("").build(scope, "Rule"));
    }));
    assert_eq!(named[0], "CE8103");
}

#[test]
fn recorder_types() {
    let found = codes(&synth(|scope| {
        let bucket = Bucket::builder().without_access_logs().build(scope, "History");
        let recorder = ConfigRecorder::builder(&bucket).without_global_types().without_types(["AWS::EC2::Volume"]);
        done(recorder.build(scope, "Recorder"));
    }));
    assert_eq!(found, ["CE8104"]);
}

#[test]
fn unheard_threats() {
    let alone = synth(|scope| done(ThreatDetection::builder().build(scope, "Threats")));
    assert!(alone.is_ok(), "a warning");
    assert_eq!(codes(&alone), ["CE8105"]);
}

#[test]
fn threat_feature() {
    let both = [ThreatFeature::RuntimeMonitoring, ThreatFeature::EksRuntimeMonitoring];
    assert_eq!(threats(|threats| threats.features(both)), ["CE8106"]);
    assert_eq!(threats(|threats| threats.features([ThreatFeature::S3DataEvents; 2])), ["CE8106"]);
    assert_eq!(threats(|threats| threats.agents([])), ["CE8106"]);
}

#[test]
fn threat_severity() {
    assert_eq!(threats(|threats| threats.severity(0.5)), ["CE8107"]);
    assert_eq!(threats(|threats| threats.severity(11.0)), ["CE8107"]);
}

#[test]
fn detector_region() {
    let others = |regions: &[Region]| {
        let regions = regions.to_vec();
        threats(|threats| threats.other_regions("shop-guardduty", regions, StackSetAuthority::SelfManaged))
    };
    assert_eq!(others(&[Region::US_EAST_1]), ["CE8108"], "its own");
    assert_eq!(others(&[Region::US_EAST_2, Region::US_EAST_2])[0], "CE8108");
    assert_eq!(others(&[])[0], "CE8108");
}

#[test]
fn posture_standard() {
    let posture = |build: fn(SecurityPostureBuilder) -> SecurityPostureBuilder| {
        codes(&synth(|scope| done(build(SecurityPosture::builder()).build(scope, "Posture"))))
    };
    assert_eq!(posture(|posture| posture.standards([])), ["CE8109"]);
    assert_eq!(posture(|posture| posture.without_control(Standard::Cis3, "1.1", "a test")), ["CE8109"]);
}

#[test]
fn other_account() {
    let role = |account: &str, id: &str| {
        codes(&synth(|scope| done(CrossAccountRole::builder(Access::Monitoring, account, id).build(scope, "Other"))))
    };
    assert_eq!(role("222222222222", "shop-monitoring"), NONE);
    assert_eq!(role("2222", "shop-monitoring")[0], "CE8110");
    assert_eq!(role("111111111111", "shop-monitoring"), ["CE8110"]);
    assert_eq!(role("222222222222", "x"), ["CE8110"]);
    assert_eq!(role("222222222222", "with a space"), ["CE8110"]);
}

#[test]
fn unheard_costs() {
    let alone = synth(|scope| done(CostGuard::builder("shop").build(scope, "Guard")));
    assert!(alone.is_ok(), "a warning");
    assert_eq!(codes(&alone), ["CE8111"]);
    assert_eq!(codes(&synth(|scope| done(CostGuard::builder("shop").without_anomalies().build(scope, "Guard")))), NONE);
}

#[test]
fn budget() {
    let budget = |budget: Budget| costs(|guard| guard.budget(budget));
    assert_eq!(budget(Budget::monthly("shop", 100)), NONE);
    assert_eq!(budget(Budget::monthly("a:b", 100))[0], "CE8112");
    assert_eq!(budget(Budget::monthly("shop", 0)), ["CE8112"]);
    assert_eq!(budget(Budget::monthly("shop", 100).alert_at([])), ["CE8112"]);
    assert_eq!(budget(Budget::monthly("shop", 100).alert_at([Percent::new(50); 6]))[0], "CE8112");
    assert_eq!(budget(Budget::new("shop", 100, TimeUnit::Day).forecast_at(Percent::new(100))), ["CE8112"]);
    let mails = costs(|guard| {
        let guard = guard.budget(Budget::monthly("shop", 100));
        (0..10).fold(guard, |guard, number| guard.mail(format!("{number}@example.com")))
    });
    assert_eq!(mails[0], "CE8112");
}

#[test]
fn billing_region() {
    let app = App::new();
    {
        let there = app.stack("There", PROD.in_region(Region::EU_WEST_1));
        let bucket = Bucket::builder().without_access_logs().build(there, "Files");
        let guard = CostGuard::builder("shop").without_anomalies().report(CostReport::daily("shop-costs", &bucket));
        done(guard.build(there, "Guard"));
    }
    assert!(codes(&app.synth()).contains(&"CE8113".to_owned()));
}

#[test]
fn cost_report() {
    let report = |name: &str, prefix: &str| {
        codes(&synth(|scope| {
            let bucket = Bucket::builder().without_access_logs().build(scope, "Files");
            let report = CostReport::daily(name, &bucket).prefix(prefix);
            done(CostGuard::builder("shop").without_anomalies().report(report).build(scope, "Guard"));
        }))
    };
    assert_eq!(report("shop-costs", "costs"), NONE);
    assert_eq!(report("a name", "costs")[0], "CE8114");
    assert_eq!(report("shop-costs", "costs/")[0], "CE8114");
    assert_eq!(report("shop-costs", "")[0], "CE8114");
}

/// Every code is one of the table, and the table has no other.
#[test]
fn the_table_is_whole() {
    let text = concat!(include_str!("rules.rs"), include_str!("required_tags.rs"));
    let untested: Vec<Code> = RULES.iter().map(|rule| rule.code).filter(|code| !text.contains(code.as_str())).collect();
    assert_eq!(untested, Vec::new());
    assert!(RULES.is_sorted_by_key(|rule| rule.code));
}
