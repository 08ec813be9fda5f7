//! One test a rule, and one that every rule has a test.

use std::collections::BTreeSet;

use ce_constructs::security::Key;
use ce_constructs::storage::{
    Bucket, BucketBuilder, BucketName, Cors, CorsMethod, LifecycleRule, LogSource, ObjectLock, RULES, Replication,
    StorageClass,
};
use ce_synth::{Duration, Region, Scope};

use super::{codes, synth};

const STANDBY: BucketName = BucketName::new("shop-standby-backups");

fn unlogged<'a>() -> BucketBuilder<'a> {
    Bucket::builder().without_access_logs()
}

fn lifecycle(stack: Scope<'_>, id: &str, rule: LifecycleRule) {
    unlogged().lifecycle(rule).build(stack, id);
}

/// What triggers a rule, and how often.
type Case = (&'static str, usize, fn(Scope<'_>));

const CASES: &[Case] = &[
    ("CE4001", 1, |stack| {
        Bucket::builder().build(stack, "A");
    }),
    ("CE4001", 0, |stack| {
        Bucket::builder().receives_logs(LogSource::LoadBalancers, "").build(stack, "A");
    }),
    ("CE4002", 2, |stack| {
        let up = LifecycleRule::intelligent_tiering();
        lifecycle(stack, "A", up.transition(StorageClass::StandardInfrequentAccess, Duration::days(30)));
        let instant =
            LifecycleRule::new().noncurrent_transition(StorageClass::OneZoneInfrequentAccess, Duration::days(30));
        lifecycle(stack, "B", instant.noncurrent_transition(StorageClass::GlacierInstantRetrieval, Duration::days(90)));
    }),
    ("CE4003", 9, |stack| {
        let early = LifecycleRule::new().transition(StorageClass::StandardInfrequentAccess, Duration::days(29));
        lifecycle(stack, "Early", early);
        let short = LifecycleRule::new().transition(StorageClass::StandardInfrequentAccess, Duration::days(30));
        lifecycle(stack, "Short", short.transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(59)));
        let gone = LifecycleRule::new().transition(StorageClass::GlacierInstantRetrieval, Duration::days(90));
        lifecycle(stack, "Gone", gone.expire_after(Duration::days(90)));
        lifecycle(stack, "Hours", LifecycleRule::new().expire_after(Duration::hours(30)));
        lifecycle(stack, "Never", LifecycleRule::new().expire_noncurrent_after(Duration::days(0)));
        lifecycle(stack, "Many", LifecycleRule::new().keep_noncurrent(101).expire_noncurrent_after(Duration::days(1)));
        lifecycle(stack, "Kept", LifecycleRule::new().keep_noncurrent(3));
        lifecycle(stack, "Uploads", LifecycleRule::new().abort_uploads_after(Duration::hours(1)));
        lifecycle(stack, "Markers", LifecycleRule::new().expire_after(Duration::days(9)).remove_delete_markers());
    }),
    ("CE4004", 2, |stack| {
        unlogged().object_lock(ObjectLock::PerObject).without_versions().build(stack, "A");
        unlogged().object_lock(ObjectLock::Governance(Duration::hours(12))).build(stack, "B");
    }),
    ("CE4005", 2, |stack| {
        let to = || Replication::to(STANDBY.arn(Region::US_WEST_2));
        unlogged().replicated(to()).without_versions().build(stack, "A");
        unlogged().replicated(to()).encrypted_by(&Key::builder().build(stack, "Key")).build(stack, "B");
    }),
    ("CE4006", 2, |stack| {
        let key = Key::builder().build(stack, "Key");
        Bucket::builder().encrypted_by(&key).receives_logs(LogSource::LoadBalancers, "").build(stack, "A");
        Bucket::builder().receives_logs(LogSource::LoadBalancers, "alb").build(stack, "B");
    }),
    ("CE4007", 3, |stack| {
        unlogged().cors(Cors::new(["*"], [CorsMethod::Put])).build(stack, "A");
        unlogged().cors(Cors::new(["https://shop.example"], [])).build(stack, "B");
        unlogged().cors(Cors::new(["shop.example"], [CorsMethod::Get])).build(stack, "C");
    }),
];

#[test]
fn rules_find_what_they_are_for() {
    let wrong = |(code, count, build): &Case| {
        let found = codes(&synth(build));
        (found != vec![(*code).to_owned(); *count]).then(|| format!("{code}: expected {count}, found {found:?}"))
    };
    let wrong: Vec<_> = CASES.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_is_triggered_and_every_code_is_a_rule() {
    let triggered: BTreeSet<_> = CASES.iter().filter(|(_, count, _)| *count > 0).map(|(code, ..)| *code).collect();
    let known: BTreeSet<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(triggered, known);
    assert_eq!(known.len(), RULES.len());
}
