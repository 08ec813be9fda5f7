//! Runbooks that are ready to use.

use ce_constructs::operations::{AuroraBackup, NodeScaling, RedisSnapshot, ShardScaling, SnapshotJanitor};
use ce_constructs::security::{Principal, Role};
use ce_synth::{Duration, Scope};
use serde_json::{Value, json};

use super::{built, of_type, statements};

fn names(content: &Value) -> Vec<&str> {
    content["mainSteps"].as_array().into_iter().flatten().filter_map(|step| step["name"].as_str()).collect()
}

/// The document and what its role may do.
fn document(build: impl FnOnce(Scope<'_>)) -> (Value, String) {
    let resources = built(build);
    (of_type(&resources, "AWS::SSM::Document")[0].clone(), statements(&resources))
}

#[test]
fn shards_of_a_global_datastore_grow_everywhere() {
    let resources = built(|scope| {
        let scaling = ShardScaling::of_global("ldgnf-sessions", "sessions").named("shop-redis-add-shard").at_most(10);
        let _ = scaling.build(scope, "AddShard");
    });
    insta::assert_json_snapshot!(resources);
}

#[test]
fn shards_of_one_group_grow() {
    let (document, allowed) =
        document(|scope| drop(ShardScaling::of_group("sessions").build(scope, "AddShard").name()));
    let content = &document["Content"];
    assert_eq!(names(content), ["CountShards", "ModifyReplicationGroupShardConfiguration", "WaitUntilAvailable"]);
    assert_eq!(content["parameters"]["MaximumShards"]["default"], 20);
    assert_eq!(content["mainSteps"][1]["inputs"]["NodeGroupCount"], "{{ CountShards.Shards }}");
    assert!(!allowed.contains("global"), "{allowed}");
}

#[test]
fn nodes_are_replaced_by_larger_ones() {
    let (one, _) =
        document(|scope| drop(NodeScaling::of_group("sessions").named("shop-scale-up").build(scope, "ScaleUp").name()));
    assert_eq!(one["Name"], "shop-scale-up");
    assert_eq!(names(&one["Content"]), ["ModifyNodeType", "WaitUntilAvailable"]);
    assert_eq!(one["Content"]["mainSteps"][0]["inputs"]["Api"], "ModifyReplicationGroup");
    assert_eq!(one["Content"]["mainSteps"][0]["inputs"]["CacheNodeType"], "{{ NodeType }}");
    let (all, allowed) =
        document(|scope| drop(NodeScaling::of_global("ldgnf-a", "sessions").build(scope, "ScaleUp").name()));
    assert_eq!(all["Content"]["mainSteps"][0]["inputs"]["Api"], "ModifyGlobalReplicationGroup");
    assert!(allowed.contains("elasticache:ModifyGlobalReplicationGroup"), "{allowed}");
}

#[test]
fn snapshots_of_redis_are_taken_and_end() {
    let (take, _) = document(|scope| {
        drop(RedisSnapshot::of("sessions").prefix("release-").named("shop-snapshot").build(scope, "Take").name());
    });
    assert_eq!(take["Name"], "shop-snapshot");
    assert_eq!(names(&take["Content"]), ["CreateSnapshot", "WaitForSnapshot"]);
    assert_eq!(take["Content"]["mainSteps"][0]["inputs"]["SnapshotName"], "release-{{ automation:EXECUTION_ID }}");
    let (clean, allowed) = document(|scope| {
        let janitor =
            SnapshotJanitor::of("sessions").prefix("release-").older_than(Duration::days(14)).named("shop-janitor");
        drop(janitor.build(scope, "Clean").name());
    });
    assert_eq!(clean["Name"], "shop-janitor");
    assert_eq!(names(&clean["Content"]), ["DeleteSnapshotsOlderThan14Days"]);
    assert_eq!(clean["Content"]["mainSteps"][0]["inputs"]["InputPayload"]["Days"], 14);
    assert!(allowed.contains(":snapshot:release-*"), "{allowed}");
    let (default, _) = document(|scope| drop(SnapshotJanitor::of("sessions").build(scope, "Clean").name()));
    assert_eq!(names(&default["Content"]), ["DeleteSnapshotsOlderThan30Days"]);
}

#[test]
fn backups_of_aurora_end() {
    let aurora = |scope: Scope<'_>, kept: Option<Duration>| {
        let role = Role::builder(Principal::service("backup.amazonaws.com")).build(scope, "Backup");
        let backup = AuroraBackup::of("arn:aws:rds:us-east-1:111111111111:cluster:shop", "shop-vault", &role)
            .named("shop-pre-change");
        let backup = if let Some(time) = kept { backup.kept(time) } else { backup };
        drop(backup.build(scope, "Backup90").name());
    };
    let (document, allowed) = document(|scope| aurora(scope, None));
    let content = &document["Content"];
    assert_eq!(document["Name"], "shop-pre-change");
    assert_eq!(names(content), ["StartBackupJob", "WaitForBackup"]);
    assert_eq!(content["parameters"]["DeleteAfterDays"]["default"], 90);
    assert_eq!(content["mainSteps"][0]["inputs"]["Lifecycle"], json!({"DeleteAfterDays": "{{ DeleteAfterDays }}"}));
    assert!(allowed.contains("iam:PassRole") && allowed.contains(":backup-vault:shop-vault"), "{allowed}");
    let shorter = built(|scope| aurora(scope, Some(Duration::days(7))));
    let shorter = &of_type(&shorter, "AWS::SSM::Document")[0]["Content"];
    assert_eq!(shorter["parameters"]["DeleteAfterDays"]["default"], 7);
}
