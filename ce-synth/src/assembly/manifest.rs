//! `manifest.json` and `<stack>.assets.json`: the cloud assembly's own files.
//!
//! Source: the cloud assembly schema of aws-cdk, `@aws-cdk/cloud-assembly-schema`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Assembly, StackArtifact};
use crate::synth::json::Json;
use crate::value::Expr;

/// The lowest schema version that carries all that is written here; the CLI refuses newer ones than it knows.
/// 36 is the first with `source.path` and `packaging` as they are used here and asset manifests as artifacts.
pub(super) const VERSION: &str = "36.0.0";

/// The bootstrap version that file assets need.
/// Source: the bootstrap template's changelog in aws-cdk.
const BOOTSTRAP_VERSION: i64 = 6;

/// The qualifier of the default bootstrap stack.
const QUALIFIER: &str = "hnb659fds";

pub(super) fn manifest(assembly: &Assembly) -> String {
    // By id, in the order of the file.
    let mut artifacts = BTreeMap::from([(TREE.to_owned(), Artifact::Tree)]);
    for stack in assembly.stacks() {
        artifacts.insert(stack.id().to_owned(), Artifact::Stack(stack));
        if stack.is_asset() {
            artifacts.insert(format!("{}.assets", stack.id()), Artifact::Assets(stack));
        }
    }
    let mut json = Json::pretty();
    json.object(|json| {
        json.key("artifacts");
        json.object(|json| {
            for (id, artifact) in artifacts {
                json.key(&id);
                match artifact {
                    Artifact::Tree => tree(json),
                    Artifact::Stack(stack) => stack_itself(stack, json),
                    Artifact::Assets(stack) => asset_manifest(stack, json),
                }
            }
        });
        json.entry("version", VERSION);
    });
    json.finish()
}

/// What an entry of the manifest is.
enum Artifact<'a> {
    /// The construct tree.
    Tree,
    Stack(&'a StackArtifact),
    /// The assets of a stack: its template, where it is a large one.
    Assets(&'a StackArtifact),
}

/// The artifact of the construct tree.
const TREE: &str = "Tree";

fn tree(json: &mut Json) {
    json.object(|json| {
        json.key("properties");
        json.pair("file", "tree.json");
        json.entry("type", "cdk:tree");
    });
}

fn asset_manifest(stack: &StackArtifact, json: &mut Json) {
    json.object(|json| {
        json.key("properties");
        json.object(|json| {
            json.entry("bootstrapStackVersionSsmParameter", &bootstrap_parameter());
            json.entry("file", &assets_file(stack));
            json.key("requiresBootstrapStackVersion");
            json.literal(&Expr::Integer(BOOTSTRAP_VERSION));
        });
        json.entry("type", "cdk:asset-manifest");
    });
}

fn stack_itself(stack: &StackArtifact, json: &mut Json) {
    let environment = stack.environment();
    let assets = stack.is_asset().then(|| format!("{}.assets", stack.id()));
    json.object(|json| {
        json.key("dependencies");
        json.texts(stack.dependencies().iter().chain(&assets).map(String::as_str));
        json.entry("displayName", stack.id());
        json.entry("environment", &format!("aws://{}/{}", environment.account, environment.region));
        json.key("metadata");
        metadata(stack, json);
        json.key("properties");
        properties(stack, json);
        json.entry("type", "aws:cloudformation:stack");
    });
}

/// The logical id of each resource, by its path.
fn metadata(stack: &StackArtifact, json: &mut Json) {
    let mut resources: Vec<_> = stack.resources().iter().collect();
    resources.sort_unstable_by_key(|resource| &resource.path);
    json.object(|json| {
        for resource in resources {
            json.key(&format!("/{}/{}", stack.id(), resource.path));
            json.list(|json| {
                json.next();
                json.object(|json| {
                    json.entry("data", &resource.logical_id);
                    json.entry("type", "aws:cdk:logicalId");
                });
            });
        }
    });
}

fn properties(stack: &StackArtifact, json: &mut Json) {
    json.object(|json| {
        if stack.is_asset() {
            json.entry("bootstrapStackVersionSsmParameter", &bootstrap_parameter());
            json.key("requiresBootstrapStackVersion");
            json.literal(&Expr::Integer(BOOTSTRAP_VERSION));
        }
        json.entry("stackName", stack.name());
        if stack.is_asset() {
            json.entry("stackTemplateAssetObjectUrl", &format!("s3://{}/{}", bucket(), object_key(stack)));
        }
        json.entry("templateFile", &stack.template_file());
        json.key("terminationProtection");
        json.bool(stack.termination_protection());
        json.key("validateOnSynth");
        json.bool(false);
    });
}

/// Where the bootstrap stack says its version.
fn bootstrap_parameter() -> String {
    format!("/cdk-bootstrap/{QUALIFIER}/version")
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
pub(super) fn assets(stack: &StackArtifact) -> Value {
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
