//! `manifest.json` and `<stack>.assets.json`: the cloud assembly's own files.
//!
//! Source: the cloud assembly schema of aws-cdk, `@aws-cdk/cloud-assembly-schema`.

use serde_json::{Map, Value as Json, json};

use super::{Assembly, StackArtifact};

/// The lowest schema version that carries all that is written here; the CLI refuses newer ones than it knows.
/// 36 is the first with `source.path` and `packaging` as they are used here and asset manifests as artifacts.
pub(super) const VERSION: &str = "36.0.0";

/// The bootstrap version that file assets need.
/// Source: the bootstrap template's changelog in aws-cdk.
const BOOTSTRAP_VERSION: u32 = 6;

/// The qualifier of the default bootstrap stack.
const QUALIFIER: &str = "hnb659fds";

pub(super) fn manifest(assembly: &Assembly) -> Json {
    let mut artifacts = Map::new();
    artifacts.insert("Tree".to_owned(), json!({ "type": "cdk:tree", "properties": { "file": "tree.json" } }));
    for stack in assembly.stacks() {
        artifacts.insert(stack.id().to_owned(), artifact(stack));
        if stack.is_asset() {
            let properties = json!({
                "file": assets_file(stack),
                "requiresBootstrapStackVersion": BOOTSTRAP_VERSION,
                "bootstrapStackVersionSsmParameter": format!("/cdk-bootstrap/{QUALIFIER}/version"),
            });
            let asset = json!({ "type": "cdk:asset-manifest", "properties": properties });
            artifacts.insert(format!("{}.assets", stack.id()), asset);
        }
    }
    json!({ "version": VERSION, "artifacts": artifacts })
}

fn artifact(stack: &StackArtifact) -> Json {
    let environment = stack.environment();
    let mut properties = json!({
        "templateFile": stack.template_file(),
        "stackName": stack.name(),
        "terminationProtection": stack.termination_protection(),
        "validateOnSynth": false,
    });
    let mut dependencies = stack.dependencies().to_vec();
    if stack.is_asset() {
        properties["stackTemplateAssetObjectUrl"] = json!(format!("s3://{}/{}", bucket(), object_key(stack)));
        properties["requiresBootstrapStackVersion"] = json!(BOOTSTRAP_VERSION);
        properties["bootstrapStackVersionSsmParameter"] = json!(format!("/cdk-bootstrap/{QUALIFIER}/version"));
        dependencies.push(format!("{}.assets", stack.id()));
    }
    let metadata: Map<String, Json> = stack
        .resources()
        .iter()
        .map(|resource| {
            let entry = json!([{ "type": "aws:cdk:logicalId", "data": resource.logical_id }]);
            (format!("/{}/{}", stack.id(), resource.path), entry)
        })
        .collect();
    json!({
        "type": "aws:cloudformation:stack",
        "environment": format!("aws://{}/{}", environment.account, environment.region),
        "properties": properties,
        "dependencies": dependencies,
        "displayName": stack.id(),
        "metadata": metadata,
    })
}

pub(super) fn assets_file(stack: &StackArtifact) -> String {
    let [_, assets] = super::stack_files(stack.id());
    assets
}

fn bucket() -> String {
    format!("cdk-{QUALIFIER}-assets-${{AWS::AccountId}}-${{AWS::Region}}")
}

fn object_key(stack: &StackArtifact) -> String {
    format!("{}.json", stack.digest())
}

/// The manifest that says where a large template is uploaded to.
pub(super) fn assets(stack: &StackArtifact) -> Json {
    let role = format!("cdk-{QUALIFIER}-file-publishing-role-${{AWS::AccountId}}-${{AWS::Region}}");
    let region = stack.environment().region.as_str();
    let destination = json!({
        "bucketName": bucket(),
        "objectKey": object_key(stack),
        "region": region,
        "assumeRoleArn": format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/{role}"),
    });
    let file = json!({
        "displayName": format!("{} Template", stack.id()),
        "source": { "path": stack.template_file(), "packaging": "file" },
        "destinations": { format!("{}-{region}", stack.environment().account): destination },
    });
    json!({ "version": VERSION, "files": { stack.digest(): file }, "dockerImages": {} })
}
