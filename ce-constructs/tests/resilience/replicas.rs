use ce_cfn::kms::Alias;
use ce_constructs::resilience::{ReplicatedBucket, ReplicatedKey, ReplicatedRegistry, ReplicatedSecret, Site};
use ce_constructs::security::{Key, Password, Principal, Role};
use ce_constructs::storage::{BucketBuilder, BucketName, LifecycleRule, StorageClass};
use ce_synth::{App, Assembly, Duration};
use serde_json::json;

use super::{built, found, of_type, only, pair, template};

const ASSETS: BucketName = BucketName::new("shop-prod-assets");
const COPIES: BucketName = BucketName::new("shop-dr-assets");

fn both(build: impl for<'a> Fn(&Site<'a>)) -> Assembly {
    let app = App::new();
    pair(&app, |site| build(site));
    built(app)
}

#[test]
fn default_templates_of_a_key() {
    let assembly = both(|site| {
        ReplicatedKey::builder().build(site, site.stack("Security"), "Key");
    });
    insta::assert_json_snapshot!([template(&assembly, "Security"), template(&assembly, "StandbySecurity")]);
}

#[test]
fn both_keys_have_what_was_said() {
    let assembly = both(|site| {
        let logs = Principal::regional_service("logs", site.region());
        ReplicatedKey::builder()
            .alias("alias/shop")
            .described("secrets")
            .rotated_every(Duration::days(180))
            .pending_window(Duration::days(7))
            .allow_service(logs)
            .build(site, site.stack("Security"), "Key");
    });
    let (primary, standby) = (template(&assembly, "Security"), template(&assembly, "StandbySecurity"));
    let (key, replica) = (only(&primary, "AWS::KMS::Key"), only(&standby, "AWS::KMS::ReplicaKey"));
    assert_eq!((&key["MultiRegion"], &key["RotationPeriodInDays"]), (&json!(true), &json!(180)));
    assert!(replica["PrimaryKeyArn"]["Ref"].is_string());
    for one in [&key, &replica] {
        assert_eq!((&one["Description"], &one["PendingWindowInDays"]), (&json!("secrets"), &json!(7)));
    }
    assert!(key["KeyPolicy"].to_string().contains("logs.us-east-1."));
    assert!(replica["KeyPolicy"].to_string().contains("logs.us-west-2."));
    assert_eq!(assembly.resources::<Alias>().count(), 2);
    assert_eq!(assembly.stack("StandbySecurity").map(|stack| stack.kept_parameters().len()), Some(1));
}

#[test]
fn a_secret_has_one_name_in_both() {
    let assembly = both(|site| {
        let stack = site.stack("Security");
        let key = ReplicatedKey::builder().build(site, site.stack("Keys"), "Key");
        let role = Role::builder(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Tasks");
        let login = ReplicatedSecret::builder("shop/db", &key)
            .contents(|secret| secret.login("shop", Password::new()))
            .build(site, stack, "Login");
        login.grants().read(&role);
    });
    let (primary, standby) = (template(&assembly, "Security"), template(&assembly, "StandbySecurity"));
    let secret = only(&primary, "AWS::SecretsManager::Secret");
    assert_eq!(secret["Name"], "shop/db");
    assert_eq!(secret["ReplicaRegions"][0]["Region"], "us-west-2");
    assert!(of_type(&standby, "AWS::SecretsManager::Secret").is_empty());
    assert!(only(&standby, "AWS::IAM::Policy").to_string().contains("shop/db-??????"));
    insta::assert_json_snapshot!(standby);
}

#[test]
fn objects_are_copied_in_time() {
    let assembly = both(|site| {
        let ladder = LifecycleRule::new()
            .transition(StorageClass::StandardInfrequentAccess, Duration::days(30))
            .transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(90));
        ReplicatedBucket::builder(ASSETS, COPIES)
            .bucket(|bucket| bucket.lifecycle(ladder).without_access_logs())
            .replication(|copies| copies.prefix("public/"))
            .build(site, site.stack("Storage"), "Assets");
    });
    let (primary, standby) = (template(&assembly, "Storage"), template(&assembly, "StandbyStorage"));
    let (bucket, copy) = (only(&primary, "AWS::S3::Bucket"), only(&standby, "AWS::S3::Bucket"));
    assert_eq!((&bucket["BucketName"], &copy["BucketName"]), (&json!("shop-prod-assets"), &json!("shop-dr-assets")));
    let rule = &bucket["ReplicationConfiguration"]["Rules"][0];
    assert_eq!((&rule["Status"], &rule["Filter"]["Prefix"]), (&json!("Enabled"), &json!("public/")));
    assert_eq!(rule["Destination"]["Bucket"], "arn:aws:s3:::shop-dr-assets");
    assert_eq!(rule["Destination"]["ReplicationTime"]["Time"]["Minutes"], 15);
    assert!(copy["ReplicationConfiguration"].is_null());
    for one in [&bucket, &copy] {
        assert_eq!(one["VersioningConfiguration"]["Status"], "Enabled");
        assert_eq!(one["LifecycleConfiguration"]["Rules"][0]["Transitions"][1]["StorageClass"], "GLACIER");
    }
    assert_eq!(
        assembly.stack("Storage").map(|stack| stack.dependencies().to_vec()),
        Some(vec!["StandbyStorage".to_owned()])
    );
}

#[test]
fn a_secret_waits_for_the_key_of_its_replica() {
    let login = |stack_of_key: &'static str| {
        let app = App::new();
        pair(&app, |site| {
            let key = ReplicatedKey::builder().build(site, site.stack(stack_of_key), "Key");
            ReplicatedSecret::builder("shop/db", &key).build(site, site.stack("Security"), "Login");
        });
        app
    };
    let assembly = built(login("Keys"));
    let waits = |stack: &str| assembly.stack(stack).map(|stack| stack.dependencies().to_vec()).unwrap_or_default();
    assert_eq!(waits("StandbyKeys"), ["Keys"]);
    assert_eq!(waits("Security"), ["Keys", "StandbyKeys"]);
    assert_eq!(waits("StandbySecurity"), ["Security"]);
    assert_eq!(
        found(login("Security"), "CE8419"),
        ["`Security/Login/Resource` is replicated before `Security/Key/Resource`, which encrypts its replica"]
    );
}

#[test]
fn copies_are_encrypted_by_the_replica() {
    let assembly = both(|site| {
        let key = ReplicatedKey::builder().build(site, site.stack("Security"), "Key");
        ReplicatedBucket::builder(ASSETS, COPIES).bucket(BucketBuilder::without_access_logs).encrypted_by(&key).build(
            site,
            site.stack("Storage"),
            "Assets",
        );
    });
    let bucket = only(&template(&assembly, "Storage"), "AWS::S3::Bucket");
    let key =
        &bucket["ReplicationConfiguration"]["Rules"][0]["Destination"]["EncryptionConfiguration"]["ReplicaKmsKeyID"];
    assert!(key.to_string().contains(":kms:us-west-2:"), "{key}");
    let text = template(&assembly, "Storage").to_string();
    assert!(text.contains("kms:GenerateDataKey") && text.contains("kms:Decrypt"));
}

#[test]
fn a_key_of_one_region_needs_another_for_copies() {
    let with = |copies: Option<&'static str>| {
        let app = App::new();
        pair(&app, |site| {
            let key = Key::builder().build(site.stack("Security"), "Key");
            let bucket = ReplicatedBucket::builder(ASSETS, COPIES).encrypted_by(&key);
            let bucket = bucket.bucket(BucketBuilder::without_access_logs);
            let bucket = match copies {
                Some(arn) => bucket.copies_encrypted_by(arn),
                None => bucket,
            };
            bucket.build(site, site.stack("Storage"), "Assets");
        });
        app.synth().is_ok()
    };
    assert!(!with(None));
    assert!(with(Some("arn:aws:kms:us-west-2:111111111111:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f")));
}

#[test]
fn images_are_copied_and_land_in_like_repositories() {
    let assembly = both(|site| {
        let registry = ReplicatedRegistry::builder().prefix("shop/").build(site, site.stack("Images"), "Registry");
        assert_eq!(registry.replication().is_some(), site.is_primary());
    });
    let replication = only(&template(&assembly, "Images"), "AWS::ECR::ReplicationConfiguration");
    let rule = &replication["ReplicationConfiguration"]["Rules"][0];
    assert_eq!(rule["Destinations"][0]["Region"], "us-west-2");
    assert_eq!(rule["RepositoryFilters"][0]["Filter"], "shop/");
    let landing = only(&template(&assembly, "StandbyImages"), "AWS::ECR::RepositoryCreationTemplate");
    assert_eq!((&landing["Prefix"], &landing["AppliedFor"]), (&json!("shop"), &json!(["REPLICATION"])));
    assert_eq!(landing["ImageTagMutability"], "IMMUTABLE");
    let assembly = both(|site| {
        ReplicatedRegistry::builder().mutable_tags().build(site, site.stack("Images"), "Registry");
    });
    let landing = only(&template(&assembly, "StandbyImages"), "AWS::ECR::RepositoryCreationTemplate");
    assert_eq!((&landing["Prefix"], &landing["ImageTagMutability"]), (&json!("ROOT"), &json!("MUTABLE")));
}

#[test]
fn names_of_buckets_differ() {
    let app = App::new();
    pair(&app, |site| ReplicatedBucket::builder(ASSETS, ASSETS).build(site, site.stack("Storage"), "Assets"));
    assert_eq!(found(app, "CE8412"), ["the bucket and its copy are both named `shop-prod-assets`"]);
}

#[test]
fn a_copy_has_an_original() {
    let app = App::new();
    pair(&app, |site| {
        let stack = site.stack(site.choose("Here", "There"));
        let key = ReplicatedKey::builder().build(site, stack, "Key");
        ReplicatedSecret::builder("shop/db", &key).build(site, stack, "Login");
        ReplicatedBucket::builder(ASSETS, COPIES).build(site, stack, "Assets");
    });
    let mut messages = found(app, "CE8415");
    messages.sort();
    let lacks = |what: &str, id: &str| format!("the primary has no {what} like `StandbyThere/{id}`");
    assert_eq!(messages, [lacks("bucket", "Assets"), lacks("key", "Key"), lacks("secret", "Login")]);
}
