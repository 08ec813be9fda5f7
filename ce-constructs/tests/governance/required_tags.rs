//! Tags that everything must have.

use ce_cfn::{backup, ec2};
use ce_constructs::governance::RequiredTags;
use ce_constructs::security::Key;
use ce_synth::{App, Assembly, Findings, Parameter, Scope};

use super::{PROD, codes, done};

fn tagged(tags: RequiredTags, build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
    let app = App::new();
    tags.check(&app);
    build(app.stack("Stack", PROD));
    app.synth()
}

fn owner() -> RequiredTags {
    RequiredTags::new().key("Owner", ["team-backend", "team-devops"])
}

#[test]
fn a_tag_must_be_there() {
    let missing = tagged(RequiredTags::new().any("Owner"), |scope| done(Key::builder().build(scope, "Key")));
    assert_eq!(codes(&missing), ["CE8115"]);
    let there =
        tagged(RequiredTags::new().any("Owner"), |scope| done(Key::builder().build(scope.tag("Owner", "me"), "Key")));
    assert!(there.is_ok());
}

#[test]
fn a_tag_must_be_one_of_its_values() {
    let wrong = tagged(owner(), |scope| done(Key::builder().build(scope.tag("Owner", "me"), "Key")));
    assert_eq!(codes(&wrong), ["CE8115"]);
    let findings = wrong.map_or_else(|findings| findings.to_string(), |_| String::new());
    assert!(findings.contains("`team-backend`, `team-devops`"), "{findings}");
    let right = tagged(owner(), |scope| done(Key::builder().build(scope.tag("Owner", "team-devops"), "Key")));
    assert!(right.is_ok());
}

/// Tags are lists here, objects there; some types have none; and some values are known at deployment only.
#[test]
fn every_shape_of_tags_is_read() {
    let found = tagged(owner(), |scope| {
        let plan =
            backup::backup_plan::BackupPlanResourceType::new().backup_plan_name("plan").backup_plan_rule([rule()]);
        scope.tag("Owner", "team-devops").add("Map", backup::BackupPlan::new().backup_plan(plan));
        scope.add("None", ec2::VpcGatewayAttachment::new().vpc_id("vpc-0a1b2c3d").internet_gateway_id("igw-0a1b2c3d"));
        let later = scope.parameter("Owner", Parameter::text());
        let child = scope.child("Later").tag("Owner", later);
        done(Key::builder().build(child, "Key"));
    });
    assert!(found.is_ok(), "{:?}", codes(&found));
}

fn rule() -> backup::backup_plan::BackupRuleResourceType {
    backup::backup_plan::BackupRuleResourceType::new().rule_name("nightly").target_backup_vault("shop-vault")
}
