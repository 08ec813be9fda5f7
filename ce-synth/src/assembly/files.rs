//! The files of an assembly, as name and content.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::{Assembly, StackArtifact, manifest};
use crate::synth::json::Json;
use crate::tree::{NodeKind, Tree};
use crate::value::Expr;

/// The names of files that every assembly has.
pub(crate) const OWN_FILES: &[&str] = &["cdk.out", "ce.json", "manifest.json", "tree.json", "validation-report.json"];

/// The names of the files of a stack.
pub(crate) fn stack_files(id: &str) -> [String; 2] {
    [format!("{id}.template.json"), format!("{id}.assets.json")]
}

/// A file's name and content.
pub(super) type File<'a> = (String, Cow<'a, str>);

/// Every file, the manifest last: who reads the manifest finds what it names.
pub(super) fn all(assembly: &Assembly) -> Vec<File<'_>> {
    let mut files = synthesized(assembly);
    let manifest = files.pop();
    for stack in assembly.stacks().filter(|stack| stack.is_asset()) {
        files.push((manifest::assets_file(stack), pretty(&manifest::assets(stack)).into()));
    }
    files.push(("tree.json".to_owned(), tree(&assembly.tree).into()));
    files.push(("ce.json".to_owned(), facts(assembly).into()));
    files.push(("validation-report.json".to_owned(), pretty(&validation_report(assembly)).into()));
    files.push(("cdk.out".to_owned(), pretty(&json!({ "version": manifest::VERSION })).into()));
    files.extend(manifest);
    files
}

/// Templates, added files and the manifest.
pub(super) fn synthesized(assembly: &Assembly) -> Vec<File<'_>> {
    let stacks = assembly.stacks().map(|stack| (stack.template_file(), stack.template().into()));
    let mut files: Vec<_> = stacks.collect();
    files.extend(assembly.files().map(|(path, text)| (path.to_owned(), text.into())));
    files.push(("manifest.json".to_owned(), manifest::manifest(assembly).into()));
    files
}

/// The names that files of the assembly have or may come to have.
pub(super) fn names(assembly: &Assembly) -> impl Iterator<Item = String> {
    let own = OWN_FILES.iter().map(|name| (*name).to_owned());
    let stacks = assembly.stacks().flat_map(|stack| stack_files(stack.id()));
    own.chain(stacks).chain(assembly.files().map(|(path, _)| path.to_owned()))
}

fn pretty(value: &Value) -> String {
    // As `{value:#}`, without the detour over a formatter; the keys of a `Value` are texts, so nothing can fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// `tree.json`: the construct tree, as aws-cdk's tools read it.
fn tree(tree: &Tree) -> String {
    let mut json = Json::pretty();
    json.object(|json| {
        json.key("tree");
        branch(tree, 0, &mut String::new(), json);
        json.entry("version", "tree-0.1");
    });
    json.finish()
}

fn branch(tree: &Tree, index: u32, path: &mut String, json: &mut Json) {
    let node = tree.node(index);
    let mut children: Vec<_> = node.children.iter().collect();
    children.sort_unstable();
    json.object(|json| {
        if let NodeKind::Resource(resource) = &node.kind {
            json.key("attributes");
            json.pair("aws:cdk:cloudformation:type", &resource.type_name);
        }
        if !children.is_empty() {
            json.key("children");
            json.object(|json| {
                let above = path.len();
                for (id, child) in children {
                    json.key(id);
                    if above > 0 {
                        path.push('/');
                    }
                    path.push_str(id);
                    branch(tree, *child, path, json);
                    path.truncate(above);
                }
            });
        }
        json.entry("id", if index == 0 { "App" } else { &node.id });
        json.entry("path", path);
    });
}

/// `ce.json`: what only ce knows.
fn facts(assembly: &Assembly) -> String {
    let mut stacks: Vec<_> = assembly.stacks().collect();
    stacks.sort_unstable_by_key(|stack| stack.id());
    let findings: Value = serde_json::from_str(&assembly.findings.to_json()).unwrap_or_default();
    let mut json = Json::pretty();
    json.object(|json| {
        json.entry("app", &assembly.app);
        json.key("files");
        json.texts(assembly.files().map(|(path, _)| path));
        json.key("findings");
        json.literal(&findings.into());
        json.key("stacks");
        json.object(|json| {
            for stack in stacks {
                json.key(stack.id());
                stack_facts(stack, json);
            }
        });
        json.key("version");
        json.literal(&Expr::Integer(1));
    });
    json.finish()
}

fn stack_facts(stack: &StackArtifact, json: &mut Json) {
    json.object(|json| {
        json.entry("digest", stack.digest());
        json.entry("environment", stack.environment().name);
        json.key("keptParameters");
        json.list(|json| {
            for kept in stack.kept_parameters() {
                json.next();
                json.object(|json| {
                    json.entry("output", &kept.output);
                    json.entry("parameter", &kept.parameter);
                    json.entry("stack", &kept.stack);
                });
            }
        });
        json.key("resources");
        origins(stack, json);
    });
}

/// Where each resource of a stack was written, by logical id.
fn origins(stack: &StackArtifact, json: &mut Json) {
    let mut resources: Vec<_> = stack.resources().iter().collect();
    resources.sort_unstable_by_key(|resource| &resource.logical_id);
    json.object(|json| {
        for resource in resources {
            json.key(&resource.logical_id);
            json.object(|json| {
                json.entry("path", &format!("{}/{}", stack.id(), resource.path));
                if let Some(at) = resource.at {
                    // The compiler writes paths as the machine does; the assembly is the same on all.
                    json.entry("source", &at.to_string().replace('\\', "/"));
                }
            });
        }
    });
}

/// `validation-report.json`: the findings in the form that the stock CLI shows. Without a version it deploys nothing.
/// Source: the cloud assembly schema of aws-cdk, `validation-report.schema.json`.
fn validation_report(assembly: &Assembly) -> Value {
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
    let violations: Vec<Value> = assembly.findings.iter().map(violation).collect();
    let report = json!({ "pluginName": "ce", "conclusion": "success", "violations": violations });
    json!({ "version": manifest::VERSION, "title": "Validation Report", "pluginReports": [report] })
}
