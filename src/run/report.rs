//! The report a machine reads: `--format json`.

use ce_synth::Assembly;
use ce_synth::assembly::Written;
use serde_json::{Value as Json, json};

use super::Attachment;

pub(super) fn report(assembly: &Assembly, written: &Written, attachments: &[Attachment]) -> Json {
    let stacks = assembly.stacks().map(|stack| {
        let environment = stack.environment();
        json!({
            "id": stack.id(),
            "name": stack.name(),
            "account": environment.account.as_str(),
            "region": environment.region.as_str(),
            "resources": stack.resources().len(),
            "templateFile": stack.template_file(),
            "templateBytes": stack.template().len(),
            "templateSha256": stack.digest(),
            "dependencies": stack.dependencies(),
        })
    });
    let findings: Json = serde_json::from_str(&assembly.findings().to_json()).unwrap_or_default();
    let reports = attachments.iter().map(|attachment| {
        let files: Vec<&str> = attachment.files().map(|(path, _)| path).collect();
        json!({ "name": attachment.name(), "line": attachment.line(), "files": files })
    });
    json!({
        "app": assembly.app(),
        "out": written.folder,
        "files": written.files,
        "stacks": stacks.collect::<Vec<_>>(),
        "reports": reports.collect::<Vec<_>>(),
        "findings": findings["findings"],
        "waived": findings["waived"],
    })
}
