//! Assemblies of aws-cdk.

use ce_deploy::assembly::{Destination, Packaging, Reading, Source};
use serde_json::{Value, json};

use crate::folder::{Folder, assets, aws_cdk, manifest};

#[test]
fn a_stack_has_its_roles_and_settings() {
    let folder = aws_cdk("stack");
    let assembly = folder.read().unwrap();
    let stack = &assembly.stacks[0];
    assert_eq!(stack.name, "Shop");
    let role = |kind: &str| format!("arn:aws:iam::111111111111:role/cdk-hnb659fds-{kind}-role-111111111111-eu-west-1");
    assert_eq!(stack.target.role, Some(role("deploy")));
    assert_eq!(stack.target.external_id.as_deref(), Some("outside"));
    assert_eq!(stack.execution_role, Some(role("cfn-exec")));
    assert_eq!(stack.lookup.as_ref().unwrap().role, Some(role("lookup")));
    assert_eq!(stack.termination_protection, Some(true));
    assert_eq!(stack.notification_arns, Some(vec![]), "an empty list takes all topics away; none would leave them");
    assert_eq!(stack.parameters["Size"].reveal(), "small");
    assert_eq!(stack.tags["team"], "shop");
    assert_eq!(stack.bootstrap.as_ref().unwrap().version, 6);
    assert_eq!(stack.template_url, None, "it is small enough for the call");
    let origin = &stack.origins["Inbox1234"];
    assert_eq!(origin.path, "Shop/Inbox/Resource");
    assert_eq!(origin.source.as_deref(), Some("lib/shop.ts:12:5"));
}

#[test]
fn files_and_images_go_where_the_manifest_says() {
    let assembly = aws_cdk("assets").read().unwrap();
    let [code, image] = &assembly.assets[..] else { panic!("two assets: {:?}", assembly.assets) };
    assert_eq!(assembly.stacks[0].assets, [code.id.clone(), image.id.clone()]);
    assert_eq!(code.name, "Handler Code");
    assert!(matches!(code.source, Source::File { packaging: Packaging::Zip, .. }));
    let Destination::Bucket { target, bucket, key } = &code.destination else { panic!("a bucket") };
    assert_eq!((bucket.as_str(), key.as_str()), ("cdk-hnb659fds-assets-111111111111-eu-west-1", "5678.zip"));
    assert!(target.role.as_deref().unwrap().starts_with("arn:aws:iam::111111111111:role/"));
    let Source::Docker(build) = &image.source else { panic!("an image") };
    assert_eq!(build.arguments, [("VERSION".to_owned(), "1".to_owned())]);
    let Destination::Repository { target, .. } = &image.destination else { panic!("a repository") };
    assert_eq!(target.place.region, "us-east-1", "a destination may be in another region");
}

#[test]
fn a_changed_file_changes_the_digest() {
    let folder = aws_cdk("content");
    let before = folder.read().unwrap().digest;
    folder.write("asset.5678/index.js", "exports.handler = () => 2;");
    assert_ne!(folder.read().unwrap().digest, before);
}

#[test]
fn stages_are_assemblies_in_an_assembly() {
    let folder = aws_cdk("stages");
    for stage in ["assembly-Beta", "assembly-Prod"] {
        let mut inner = manifest();
        inner["artifacts"]["Shop"]["displayName"] = json!(format!("{}/Shop", &stage[9..]));
        inner["artifacts"]["Shop"]["properties"]["stackName"] = json!(format!("{}-Shop", &stage[9..]));
        folder.json(&format!("{stage}/manifest.json"), &inner);
        folder.json(&format!("{stage}/Shop.template.json"), &json!({ "Resources": {} }));
        let mut assets = assets();
        assets["files"]["5678"]["source"]["path"] = json!("../asset.5678");
        assets["dockerImages"]["9abc"]["source"]["directory"] = json!("../asset.9abc");
        folder.json(&format!("{stage}/Shop.assets.json"), &assets);
    }
    let nested = |folder: &str, needs: &[&str]| json!({ "type": "cdk:cloud-assembly", "properties": { "directoryName": folder }, "dependencies": needs });
    let outer = json!({ "version": "48.0.0", "artifacts": {
        "assembly-Beta": nested("assembly-Beta", &["assembly-Prod"]),
        "assembly-Prod": nested("assembly-Prod", &[]),
    } });
    folder.json("manifest.json", &outer);
    let assembly = folder.read().unwrap();
    let ids: Vec<&str> = assembly.stacks.iter().map(|stack| stack.id.as_str()).collect();
    assert_eq!(ids, ["Prod/Shop", "Beta/Shop"], "a stage waits for all of the other");
    assert_eq!(assembly.stacks[1].needs, [assembly.stacks[0].id.clone()]);
    assert_eq!(assembly.assets.len(), 2, "what both publish is published once");
}

#[test]
fn a_stack_without_a_name_is_named_by_its_artifact() {
    let folder = aws_cdk("nameless");
    let mut manifest = manifest();
    manifest["artifacts"]["Shop"]["displayName"] = json!("Prod/Shop");
    manifest["artifacts"]["Shop"]["properties"]["stackName"] = Value::Null;
    folder.json("manifest.json", &manifest);
    let stack = &folder.read().unwrap().stacks[0];
    assert_eq!((stack.id.as_str(), stack.name.as_str()), ("Prod/Shop", "Shop"));
}

#[test]
fn what_cannot_be_deployed_can_be_listed() {
    let folder = aws_cdk("listed");
    let mut manifest = manifest();
    manifest["missing"] = json!([{ "key": "vpc", "provider": "vpc-provider", "props": {} }]);
    let shop = &mut manifest["artifacts"]["Shop"];
    shop["environment"] = json!("aws://unknown-account/eu-west-1");
    shop["additionalMetadataFile"] = json!("Shop.metadata.json");
    shop["metadata"]["/Shop"] = json!([{ "type": "aws:cdk:error", "data": "no" }, { "type": "aws:cdk:asset" }]);
    folder.json("manifest.json", &manifest);
    let mut assets = assets();
    assets["files"]["5678"]["source"] = json!({ "executable": ["make", "it"] });
    assets["dockerImages"]["9abc"]["source"]["directory"] = json!("asset.gone");
    folder.json("Shop.assets.json", &assets);
    assert!(folder.refusal().contains("lacks context"));
    let stack = &folder.read_with(&Reading::new().listing()).unwrap().stacks[0];
    assert_eq!(stack.place.to_string(), "unknown-account/eu-west-1");
}

#[test]
fn what_is_unknown_is_filled_in() {
    let folder = aws_cdk("unknown");
    let mut manifest = manifest();
    manifest["artifacts"]["Shop"]["environment"] = json!("aws://unknown-account/unknown-region");
    folder.json("manifest.json", &manifest);
    assert!(folder.refusal().contains("`Shop` does not say its account"));
    let assembly = folder.read_with(&Reading::new().account("222222222222").region("cn-north-1")).unwrap();
    let stack = &assembly.stacks[0];
    assert_eq!(stack.place.to_string(), "222222222222/cn-north-1");
    assert!(stack.target.role.as_deref().unwrap().starts_with("arn:aws-cn:iam::"));
}

#[test]
fn a_template_of_a_nested_stack_is_the_one_its_address_names() {
    let folder = aws_cdk("nested");
    let nested = json!({
        "Type": "AWS::CloudFormation::Stack",
        "Metadata": { "aws:asset:path": "harmless.json" },
        "Properties": { "TemplateURL": { "Fn::Join": ["", [
            "https://s3.", { "Ref": "AWS::Region" }, ".", { "Ref": "AWS::URLSuffix" }, "/bucket/", "abcd.json",
        ]] } },
    });
    folder.json("Shop.template.json", &json!({ "Resources": { "Inner": nested } }));
    let mut assets = assets();
    assets["files"]["abcd"] = json!({
        "source": { "path": "inner.json", "packaging": "file" },
        "destinations": { "here": { "bucketName": "bucket", "objectKey": "abcd.json" } },
    });
    folder.json("Shop.assets.json", &assets);
    folder.write("harmless.json", "{}");
    folder.json("inner.json", &json!({ "Resources": { "Admin": { "Type": "AWS::IAM::Role" } } }));
    let assembly = folder.read().unwrap();
    assert!(assembly.stacks[0].nested["Inner"].contains("AWS::IAM::Role"));
}

#[test]
fn what_the_app_reported_stops_everything() {
    let folder = aws_cdk("errors");
    let mut manifest = manifest();
    manifest["artifacts"]["Shop"]["metadata"]["/Shop/Inbox"] = json!([{ "type": "aws:cdk:error", "data": "no key" }]);
    folder.json("manifest.json", &manifest);
    assert_eq!(folder.refusal(), "the app reported errors: Shop/Inbox: no key");
}

#[test]
fn metadata_may_be_in_a_file_of_its_own() {
    let folder = aws_cdk("metadata");
    let mut manifest = manifest();
    manifest["artifacts"]["Shop"]["metadata"] = json!(null);
    manifest["artifacts"]["Shop"]["additionalMetadataFile"] = json!("Shop.metadata.json");
    folder.json("manifest.json", &manifest);
    let entries = json!({ "/Shop/Inbox": [{ "type": "aws:cdk:logicalId", "data": "Inbox1234" }] });
    folder.json("Shop.metadata.json", &entries);
    assert_eq!(folder.read().unwrap().stacks[0].origins["Inbox1234"].path, "Shop/Inbox");
}

#[test]
fn old_ways_are_refused_with_what_to_do() {
    let folder: Folder = aws_cdk("legacy");
    let mut manifest = manifest();
    manifest["artifacts"]["Shop"]["metadata"]["/Shop"] = json!([{ "type": "aws:cdk:asset", "data": {} }]);
    folder.json("manifest.json", &manifest);
    assert!(folder.refusal().contains("newStyleStackSynthesis"), "{}", folder.refusal());
}
