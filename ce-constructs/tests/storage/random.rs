//! Any configuration gives findings or a valid template, never a panic.

use ce_constructs::security::{Key, Principal, Role};
use ce_constructs::storage::{
    Bucket, BucketName, Cors, CorsMethod, LifecycleRule, LogSource, ObjectLock, Replication, StorageClass,
};
use ce_synth::{App, Duration, Region, Severity};
use proptest::prelude::*;

use super::{PROD, of_type, resources};

const CLASSES: [StorageClass; 6] = [
    StorageClass::StandardInfrequentAccess,
    StorageClass::IntelligentTiering,
    StorageClass::OneZoneInfrequentAccess,
    StorageClass::GlacierInstantRetrieval,
    StorageClass::GlacierFlexibleRetrieval,
    StorageClass::GlacierDeepArchive,
];

fn rule() -> impl Strategy<Value = LifecycleRule> {
    let transitions = prop::collection::vec((0usize..6, 0u32..400), 0..4);
    (transitions, prop::option::of(0u32..3_000), prop::option::of(0u32..400), prop::option::of(any::<u8>())).prop_map(
        |(transitions, expiration, noncurrent, kept)| {
            let mut rule = LifecycleRule::new();
            for (class, age) in transitions {
                rule = rule.transition(CLASSES[class], Duration::days(age));
            }
            if let Some(age) = expiration {
                rule = rule.expire_after(Duration::days(age));
            }
            if let Some(age) = noncurrent {
                rule = rule.expire_noncurrent_after(Duration::days(age));
            }
            match kept {
                Some(kept) => rule.keep_noncurrent(kept),
                None => rule,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn buckets_are_valid_or_say_why(
        (rules, versions, own_key, logged) in (prop::collection::vec(rule(), 0..3), any::<bool>(), any::<bool>(), any::<bool>()),
        (locked, copied, mfa, prefix) in (prop::option::of(0u32..40_000), any::<bool>(), any::<bool>(), "[a-z/]{0,6}"),
        (origin, name) in ("(https://)?[a-z.*]{0,12}", "[a-z0-9.-]{3,20}"),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let key = Key::builder().build(stack, "Key");
        let mut bucket = Bucket::builder().cors(Cors::new([origin], [CorsMethod::Get]));
        if let Ok(name) = name.parse::<BucketName>() { bucket = bucket.named(name); }
        for rule in rules { bucket = bucket.lifecycle(rule); }
        if !versions { bucket = bucket.without_versions(); }
        if own_key { bucket = bucket.encrypted_by(&key); }
        if let Some(days) = locked { bucket = bucket.object_lock(ObjectLock::Governance(Duration::days(days))); }
        if copied { bucket = bucket.replicated(Replication::to(BucketName::new("standby-copy").arn(Region::US_WEST_2))); }
        if mfa { bucket = bucket.deny_delete_without_mfa(); }
        if logged { bucket = bucket.receives_logs(LogSource::LoadBalancers, prefix); }
        let bucket = bucket.build(stack, "Bucket");
        bucket.grants().read_write(&Role::builder(Principal::service("a.amazonaws.com")).build(stack, "Role"));
        match app.synth() {
            Ok(assembly) => {
                let resources = resources(&assembly, "Stack");
                let bucket = of_type(&resources, "AWS::S3::Bucket")[0];
                prop_assert_eq!(&bucket["PublicAccessBlockConfiguration"]["RestrictPublicBuckets"], true);
                prop_assert!(versions || !copied && locked.is_none());
                prop_assert!(of_type(&resources, "AWS::S3::BucketPolicy")[0].to_string().contains("aws:SecureTransport"));
            }
            Err(findings) => {
                let ours = findings.iter().filter(|finding| finding.severity == Severity::Error);
                let codes: Vec<_> = ours.map(|finding| finding.code.as_str()).collect();
                prop_assert!(codes.iter().all(|code| code.starts_with("CE40")), "{findings}");
            }
        }
    }

    #[test]
    fn names_round_trip(text in ".{0,70}") {
        if let Ok(name) = text.parse::<BucketName>() {
            prop_assert_eq!(name.to_string(), text);
        }
    }
}
