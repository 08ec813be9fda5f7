//! The files of an assembly, as name and content.

use serde_json::{Map, Value as Json, json};

use super::{Assembly, ResourceRecord, StackArtifact, manifest};
use crate::tree::{NodeKind, Tree};

/// The names of files that every assembly has.
pub(crate) const OWN_FILES: &[&str] = &["cdk.out", "ce.json", "manifest.json", "tree.json", "validation-report.json"];

/// The names of the files of a stack.
pub(crate) fn stack_files(id: &str) -> [String; 2] {
    [format!("{id}.template.json"), format!("{id}.assets.json")]
}

/// Every file, the manifest last: who reads the manifest finds what it names.
pub(super) fn all(assembly: &Assembly) -> Vec<(String, String)> {
    let mut files = synthesized(assembly);
    let manifest = files.pop();
    for stack in assembly.stacks().filter(|stack| stack.is_asset()) {
        files.push((manifest::assets_file(stack), pretty(&manifest::assets(stack))));
    }
    files.push(("tree.json".to_owned(), pretty(&tree(assembly))));
    files.push(("ce.json".to_owned(), pretty(&facts(assembly))));
    files.push(("validation-report.json".to_owned(), pretty(&validation_report(assembly))));
    files.push(("cdk.out".to_owned(), pretty(&json!({ "version": manifest::VERSION }))));
    files.extend(manifest);
    files
}

/// Templates, added files and the manifest.
pub(super) fn synthesized(assembly: &Assembly) -> Vec<(String, String)> {
    let stacks = assembly.stacks().map(|stack| (stack.template_file(), stack.template().to_owned()));
    let mut files: Vec<_> = stacks.collect();
    files.extend(assembly.files().map(|(path, text)| (path.to_owned(), text.to_owned())));
    files.push(("manifest.json".to_owned(), pretty(&manifest::manifest(assembly))));
    files
}

/// The names that files of the assembly have or may come to have.
pub(super) fn names(assembly: &Assembly) -> impl Iterator<Item = String> {
    let own = OWN_FILES.iter().map(|name| (*name).to_owned());
    let stacks = assembly.stacks().flat_map(|stack| stack_files(stack.id()));
    own.chain(stacks).chain(assembly.files().map(|(path, _)| path.to_owned()))
}

fn pretty(json: &Json) -> String {
    // As `{json:#}`, without the detour over a formatter; the keys of a `Value` are texts, so nothing can fail.
    let mut text = serde_json::to_string_pretty(json).unwrap_or_default();
    text.push('\n');
    text
}

/// `tree.json`: the construct tree, as aws-cdk's tools read it.
fn tree(assembly: &Assembly) -> Json {
    json!({ "version": "tree-0.1", "tree": branch(&assembly.tree, 0) })
}

fn branch(tree: &Tree, index: u32) -> Json {
    let node = tree.node(index);
    let id = if index == 0 { "App" } else { &*node.id };
    let mut json = json!({ "id": id, "path": tree.path_of(index) });
    if let NodeKind::Resource(resource) = &node.kind {
        json["attributes"] = json!({ "aws:cdk:cloudformation:type": resource.type_name });
    }
    let children: Map<String, Json> =
        node.children.iter().map(|(id, child)| (id.to_string(), branch(tree, *child))).collect();
    if !children.is_empty() {
        json["children"] = Json::Object(children);
    }
    json
}

/// `ce.json`: what only ce knows.
fn facts(assembly: &Assembly) -> Json {
    let stacks: Map<String, Json> = assembly
        .stacks()
        .map(|stack| {
            let kept: Vec<Json> = stack
                .kept_parameters()
                .iter()
                .map(|kept| json!({ "parameter": kept.parameter, "stack": kept.stack, "output": kept.output }))
                .collect();
            let facts = json!({
                "environment": stack.environment().name,
                "digest": stack.digest(),
                "resources": origins(stack),
                "keptParameters": kept,
            });
            (stack.id().to_owned(), facts)
        })
        .collect();
    let findings: Json = serde_json::from_str(&assembly.findings.to_json()).unwrap_or_default();
    let files: Vec<&str> = assembly.files().map(|(path, _)| path).collect();
    json!({ "version": 1, "app": assembly.app, "stacks": stacks, "files": files, "findings": findings })
}

/// Where each resource of a stack was written, by logical id.
fn origins(stack: &StackArtifact) -> Json {
    let origin = |resource: &ResourceRecord| {
        let mut origin = json!({ "path": format!("{}/{}", stack.id(), resource.path) });
        if let Some(at) = resource.at {
            // The compiler writes paths as the machine does; the assembly is the same on all.
            origin["source"] = json!(at.to_string().replace('\\', "/"));
        }
        (resource.logical_id.clone(), origin)
    };
    Json::Object(stack.resources().iter().map(origin).collect())
}

/// `validation-report.json`: the findings in the form that the stock CLI shows. Without a version it deploys nothing.
/// Source: the cloud assembly schema of aws-cdk, `validation-report.schema.json`.
fn validation_report(assembly: &Assembly) -> Json {
    let violation = |finding: &crate::diagnostics::Diagnostic| {
        let mut violation = json!({
            "ruleName": finding.code.as_str(),
            "description": finding.message,
            "severity": finding.severity.as_str(),
            "violatingConstructs": [{ "constructPath": finding.path }],
        });
        if let Some(help) = &finding.help {
            violation["suggestedFix"] = json!(help);
        }
        violation
    };
    let violations: Vec<Json> = assembly.findings.iter().map(violation).collect();
    let report = json!({ "pluginName": "ce", "conclusion": "success", "violations": violations });
    json!({ "version": manifest::VERSION, "title": "Validation Report", "pluginReports": [report] })
}
