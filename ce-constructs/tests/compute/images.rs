//! Repositories, caches, and how images are pulled.

use ce_constructs::compute::{
    EcsCluster, FargateService, ImageSource, ImageVersion, PullThroughCache, RegistryReplication, Repository, TaskSize,
    UpstreamRegistry,
};
use ce_constructs::security::{Key, Secret};
use ce_synth::{Account, Region, Scope};
use serde_json::{Value, json};

use super::{PROD, built, done, of_type, task_of, vpc};

const REPOSITORY: &str = "AWS::ECR::Repository";

fn run<'a>(scope: Scope<'a>, image: ImageSource<'a>) {
    let cluster = EcsCluster::builder().build(scope, "Cluster");
    FargateService::builder(&cluster, &vpc(scope), image, TaskSize::new::<256, 512>()).build(scope, "Api");
}

fn policies(resources: &Value) -> String {
    of_type(resources, "AWS::IAM::Policy").iter().map(ToString::to_string).collect()
}

#[test]
fn the_default_repository() {
    insta::assert_json_snapshot!(built(PROD, |scope| done(Repository::builder().build(scope, "Images"))));
}

#[test]
fn options_of_repositories_are_written() {
    let resources = built(PROD, |scope| {
        let key = Key::builder().build(scope, "Key");
        let repository = Repository::builder().named("shop/api").encrypted_by(&key).keep(10).keep_untagged(1);
        let repository = repository.mutable_tag("main-*").readable_by(Account::new("333333333333"));
        repository.emptied_on_delete(true).build(scope, "Images");
    });
    let repository = of_type(&resources, REPOSITORY)[0];
    assert_eq!(repository["RepositoryName"], "shop/api");
    assert_eq!(repository["EncryptionConfiguration"]["EncryptionType"], "KMS");
    assert_eq!(repository["ImageTagMutability"], "IMMUTABLE_WITH_EXCLUSION");
    assert_eq!(repository["EmptyOnDelete"], true);
    assert!(repository["RepositoryPolicyText"].to_string().contains("333333333333"));
    let text = repository["LifecyclePolicy"]["LifecyclePolicyText"].as_str().unwrap_or_default();
    let rules: Value = serde_json::from_str(text).unwrap_or_default();
    assert_eq!(rules["rules"][0]["selection"]["countNumber"], 1);
    assert_eq!(rules["rules"][1]["selection"]["countNumber"], 10);
}

#[test]
fn an_image_of_the_app_is_pulled_from_its_repository_alone() {
    let resources = built(PROD, |scope| {
        let repository = Repository::builder().build(scope, "Images");
        run(scope, ImageSource::repository(&repository, ImageVersion::tag("1.4.2")));
    });
    let image = &task_of(&resources)["ContainerDefinitions"][0]["Image"];
    assert!(image.to_string().contains("RepositoryUri") && image.to_string().contains(":1.4.2"), "{image}");
    let policies = policies(&resources);
    assert!(policies.contains("ecr:BatchGetImage") && policies.contains("ecr:GetAuthorizationToken"));
}

#[test]
fn a_private_registry_is_signed_in_to_with_a_secret() {
    let resources = built(PROD, |scope| {
        let key = Key::builder().build(scope, "Key");
        let token = Secret::builder(&key).filled_by_hand().build(scope, "Token");
        run(scope, ImageSource::private("ghcr.io/shop/api", ImageVersion::digest("sha256:0123"), &token));
    });
    let container = &task_of(&resources)["ContainerDefinitions"][0];
    assert_eq!(container["Image"], "ghcr.io/shop/api@sha256:0123");
    assert!(container["RepositoryCredentials"]["CredentialsParameter"]["Ref"].is_string());
    assert!(policies(&resources).contains("secretsmanager:GetSecretValue"));
}

#[test]
fn a_cache_has_a_template_and_is_filled_by_the_first_pull() {
    let resources = built(PROD, |scope| {
        let cache = PullThroughCache::builder(UpstreamRegistry::EcrPublic, "public").build(scope, "Cache");
        run(scope, ImageSource::cached(&cache, "nginx/nginx", ImageVersion::tag("1.29")));
    });
    let rule = of_type(&resources, "AWS::ECR::PullThroughCacheRule")[0];
    assert_eq!((&rule["UpstreamRegistry"], &rule["EcrRepositoryPrefix"]), (&json!("ecr-public"), &json!("public")));
    let template = of_type(&resources, "AWS::ECR::RepositoryCreationTemplate")[0];
    assert_eq!(template["AppliedFor"], json!(["PULL_THROUGH_CACHE"]));
    assert!(policies(&resources).contains("ecr:BatchImportUpstreamImage"));
    let image = task_of(&resources)["ContainerDefinitions"][0]["Image"].to_string();
    assert!(image.contains("/public/nginx/nginx") && image.contains(":1.29"), "{image}");
}

#[test]
fn a_registry_is_copied() {
    let resources = built(PROD, |scope| {
        RegistryReplication::builder(Region::US_WEST_2).prefix("shop/").build(scope, "Copies");
    });
    let rules = &of_type(&resources, "AWS::ECR::ReplicationConfiguration")[0]["ReplicationConfiguration"]["Rules"];
    assert_eq!(rules[0]["Destinations"][0]["Region"], "us-west-2");
    assert_eq!(rules[0]["RepositoryFilters"][0], json!({ "Filter": "shop/", "FilterType": "PREFIX_MATCH" }));
}
