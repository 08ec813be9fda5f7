//! The first deployment of production: in the order of the manifest, whatever a stack names in the other region is there
//! before it.

use std::collections::{BTreeMap, BTreeSet};

use ce::prelude::*;
use ce::synth::Assembly;
use serde_json::Value as Json;

#[allow(dead_code, reason = "the example's entry point is not used here")]
#[path = "../examples/prod/main.rs"]
mod prod;

/// Production as it lies on disk: templates, and what the manifest says that each waits for.
struct Written {
    assembly: Assembly,
    waits: BTreeMap<String, Vec<String>>,
}

impl Written {
    /// For a test of this name: each has a folder of its own.
    fn by(test: &str) -> Self {
        let app = App::new();
        prod::claude_enhancer(&app);
        let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
        let folder = std::env::temp_dir().join(format!("ce-first-deployment-{test}-{}", std::process::id()));
        assembly.write(&folder).unwrap_or_else(|error| panic!("{error}"));
        let text = std::fs::read_to_string(folder.join("manifest.json")).unwrap_or_else(|error| panic!("{error}"));
        std::fs::remove_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
        let manifest: Json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
        let artifacts = manifest["artifacts"].as_object().into_iter().flatten();
        let waits = artifacts.map(|(id, artifact)| (id.clone(), texts(&artifact["dependencies"]))).collect();
        Self { assembly, waits }
    }

    /// Every stack that comes before one, however far.
    fn before<'w>(&'w self, stack: &'w str) -> BTreeSet<&'w str> {
        let (mut all, mut open) = (BTreeSet::new(), vec![stack]);
        while let Some(next) = open.pop() {
            let found = self.waits[next].iter().map(String::as_str).filter(|id| self.waits.contains_key(*id));
            open.extend(found.filter(|id| all.insert(*id)));
        }
        all
    }

    /// Every resource of a type: its stack's id, that stack's region, its properties.
    fn of_type(&self, type_name: &str) -> Vec<(&str, Region, Json)> {
        let mut found = Vec::new();
        for stack in self.assembly.stacks() {
            let mut template: Json = serde_json::from_str(stack.template()).unwrap_or_else(|error| panic!("{error}"));
            let resources = template["Resources"].as_object_mut().into_iter().flatten();
            for (_, resource) in resources.filter(|(_, resource)| resource["Type"] == type_name) {
                found.push((stack.id(), stack.environment().region, resource["Properties"].take()));
            }
        }
        found
    }

    fn comes_before(&self, first: &str, then: &str) {
        assert!(self.before(then).contains(first), "{then} is deployed before {first}: {:?}", self.before(then));
    }
}

fn texts(list: &Json) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
}

#[test]
fn replicas_of_secrets_find_their_key() {
    let written = Written::by("replicas_of_secrets_find_their_key");
    let keys = written.of_type("AWS::KMS::ReplicaKey");
    let mut replicas = 0;
    for (stack, _, secret) in written.of_type("AWS::SecretsManager::Secret") {
        for replica in secret["ReplicaRegions"].as_array().into_iter().flatten() {
            assert!(replica["KmsKeyId"].to_string().contains("claude-enhancer-prod-keys"), "{replica}");
            let there = |(_, region, _): &&(&str, Region, Json)| replica["Region"] == region.as_str();
            let (key, ..) = keys.iter().find(there).unwrap_or_else(|| panic!("no key for {replica}"));
            written.comes_before(key, stack);
            replicas += 1;
        }
    }
    assert!(replicas >= 6, "{replicas}");
}

#[test]
fn what_is_kept_is_there_to_be_read() {
    let written = Written::by("what_is_kept_is_there_to_be_read");
    let mut kept = 0;
    for stack in written.assembly.stacks() {
        for parameter in stack.kept_parameters() {
            written.comes_before(&parameter.stack, stack.id());
            kept += 1;
        }
    }
    assert!(kept > 10, "{kept}");
}

#[test]
fn copies_have_a_place() {
    let written = Written::by("copies_have_a_place");
    let places = |type_name: &str, name: &str| -> BTreeMap<String, &str> {
        let found = written.of_type(type_name).into_iter();
        found.filter_map(|(stack, _, one)| Some((one[name].as_str()?.to_owned(), stack))).collect()
    };
    let (buckets, vaults) =
        (places("AWS::S3::Bucket", "BucketName"), places("AWS::Backup::BackupVault", "BackupVaultName"));
    let mut copies = 0;
    for (stack, _, bucket) in written.of_type("AWS::S3::Bucket") {
        for rule in bucket["ReplicationConfiguration"]["Rules"].as_array().into_iter().flatten() {
            let name = rule["Destination"]["Bucket"].to_string();
            let place = buckets.iter().find(|(bucket, _)| name.contains(&format!(":::{bucket}\"")));
            written.comes_before(place.unwrap_or_else(|| panic!("no bucket {name}")).1, stack);
            copies += 1;
        }
    }
    for (stack, _, plan) in written.of_type("AWS::Backup::BackupPlan") {
        for copy in plan["BackupPlan"]["BackupPlanRule"][0]["CopyActions"].as_array().into_iter().flatten() {
            let arn = copy["DestinationBackupVaultArn"].to_string();
            let place = vaults.iter().find(|(vault, _)| arn.contains(&format!(":{vault}\"")));
            written.comes_before(place.unwrap_or_else(|| panic!("no vault {arn}")).1, stack);
            copies += 1;
        }
    }
    assert_eq!(copies, 5);
}

#[test]
fn secrets_are_there_before_what_runs_with_them() {
    let written = Written::by("secrets_are_there_before_what_runs_with_them");
    for (primary, standby) in [("Vault", "StandbyFront"), ("Vault", "StandbyServices"), ("Data", "StandbyServices")] {
        written.comes_before(primary, standby);
    }
}
