//! Whatever is asked for, the standby stands alone or there are findings.

use ce_cfn::sns;
use ce_constructs::edge::{HostedZone, RecordTarget, RecordType};
use ce_constructs::observe::Canary;
use ce_constructs::resilience::{
    DrPair, FailoverRecord, FailureDetector, RegionSwitch, ReplicatedBucket, ReplicatedKey, ReplicatedRegistry,
    ReplicatedSecret, ReplicationLag, SwitchStep, kept,
};
use ce_constructs::storage::{BucketBuilder, BucketName};
use ce_synth::{App, Duration, Environment, Percent, Region, Tier};
use proptest::prelude::*;

use super::PROD;

#[derive(Clone, Debug)]
struct Asked {
    tier: Tier,
    primary: Region,
    standby: Region,
    share: u8,
    topics: usize,
    name: String,
    every: u32,
    failures: u16,
    recovery: u32,
}

fn asked() -> impl Strategy<Value = Asked> {
    let tier = prop_oneof![Just(Tier::Development), Just(Tier::Staging), Just(Tier::Production)];
    let region =
        || prop::sample::select(vec![Region::US_EAST_1, Region::US_WEST_2, Region::EU_WEST_1, Region::EU_CENTRAL_1]);
    let name = prop_oneof![9 => "[a-z]([a-z0-9-]{0,20}[a-z0-9])?", 1 => "[a-zA-Z0-9 _-]{0,40}"];
    let times = (0..4000u32, 1..30u16, 0..20_000u32);
    (tier, region(), region(), 0..=100u8, 0..5usize, name, times).prop_map(
        |(tier, primary, standby, share, topics, name, times)| {
            let (every, failures, recovery) = times;
            Asked { tier, primary, standby, share, topics, name, every, failures, recovery }
        },
    )
}

fn build(app: &App, asked: &Asked) {
    let environment = Environment { tier: asked.tier, ..PROD }.in_region(asked.primary);
    let pair =
        DrPair::builder(environment, asked.standby).standby_capacity(Percent::new(asked.share)).build(app, |site| {
            let stack = site.stack("Security");
            let key = ReplicatedKey::builder().build(site, stack, "Key");
            ReplicatedSecret::builder(format!("{}/secret", asked.name), &key).build(site, stack, "Secret");
            for tasks in 0..50 {
                let here = site.capacity(tasks);
                assert!(here <= tasks && (asked.share == 0 || tasks == 0 || here > 0), "{here} of {tasks}");
            }
            (0..asked.topics)
                .map(|number| site.stack("Alerts").add(&format!("Topic{number}"), sns::Topic::new()))
                .collect::<Vec<_>>()
        });
    let site = pair.standby_site();
    let stack = site.stack("Failover");
    for (number, topic) in pair.primary.iter().enumerate() {
        stack.output(&format!("Topic{number}"), kept(stack, &format!("Primary{number}"), &topic.topic_arn()));
    }
    let asks = Canary::builder(&asked.name, "https://primary.example.com").every(Duration::seconds(asked.every));
    let detector =
        FailureDetector::builder(site.primary_region(), asks).failures(asked.failures).build(stack, "Detector");
    let function = SwitchStep::function(
        "Verify",
        "arn:aws:lambda:us-east-1:111111111111:function:a",
        "arn:aws:lambda:us-west-2:111111111111:function:a",
    );
    RegionSwitch::builder(&asked.name)
        .recovery_time(Duration::seconds(asked.recovery))
        .step(function)
        .triggered_by(detector.alarm())
        .build(site, stack, "Plan");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_standby_never_reads_the_primary(asked in asked()) {
        let synth = || {
            let app = App::new();
            build(&app, &asked);
            app.synth()
        };
        let Ok(assembly) = synth() else { return Ok(()) };
        for stack in assembly.stacks().filter(|stack| stack.environment().region == asked.standby) {
            let template: serde_json::Value = serde_json::from_str(stack.template())?;
            let text = template.to_string();
            prop_assert!(!text.contains("Fn::ImportValue"));
            let elsewhere = format!("\"Region\":\"{}\"", asked.primary);
            // Where both are in one region, the pair was refused before this.
            prop_assert!(!text.contains("Fn::GetStackOutput") || !text.contains(&elsewhere));
            let parameters = template["Parameters"].as_object().map_or(0, serde_json::Map::len);
            prop_assert_eq!(parameters, stack.kept_parameters().len());
        }
        let again = synth().map_err(|findings| TestCaseError::fail(findings.to_string()))?;
        for stack in assembly.stacks() {
            prop_assert_eq!(Some(stack.template()), again.template(stack.id()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn copies_and_their_lag_are_valid_or_say_why(
        (primary, standby) in ("[a-z][a-z0-9-]{2,20}[a-z0-9]", "[a-z][a-z0-9-]{2,20}[a-z0-9]"),
        prefix in prop::option::of("[a-z/]{0,8}"),
        (mutable, rule) in (any::<bool>(), "[a-z0-9-]{1,8}"),
        (warning, critical, minutes) in (0u32..2_000, 0u32..4_000, 0u16..20),
        failures in 0u8..12,
    ) {
        let (Ok(primary), Ok(standby)) = (primary.parse::<BucketName>(), standby.parse::<BucketName>()) else {
            return Ok(());
        };
        let app = App::new();
        let pair = DrPair::builder(PROD, Region::US_WEST_2).build(&app, |site| {
            let stack = site.stack("Files");
            let bucket = ReplicatedBucket::builder(primary.clone(), standby.clone());
            bucket.bucket(BucketBuilder::without_access_logs).build(site, stack, "Assets");
            let registry = ReplicatedRegistry::builder();
            let registry = prefix.iter().fold(registry, |registry, prefix| registry.prefix(prefix));
            let registry = if mutable { registry.mutable_tags() } else { registry };
            registry.build(site, stack, "Images");
            let zone = HostedZone::existing("Z0123456789ABCDEFGHIJ", "example.com");
            let record = FailoverRecord::builder(&zone, "origin.example.com", RecordTarget::values(RecordType::A, ["192.0.2.1"]));
            let record = record.follows_health("own.example.com", "/health").unhealthy_after(failures);
            record.build(site, site.stack("Front"), "Origin");
        });
        let stack = pair.standby_site().stack("Failover");
        ReplicationLag::builder()
            .bucket("Assets", &primary, &standby, &rule)
            .warning_at(Duration::seconds(warning))
            .critical_at(Duration::seconds(critical))
            .for_minutes(minutes)
            .build(stack, "Lag");
        match app.synth() {
            Ok(assembly) => {
                let files = assembly.template("StandbyFiles").unwrap_or_default();
                prop_assert!(files.contains(standby.as_str()), "{files}");
            }
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == ce_synth::Severity::Error);
                prop_assert!(errors.count() > 0, "{findings}");
            }
        }
    }
}
