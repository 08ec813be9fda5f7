//! Runbooks as Markdown.

use ce_synth::{Document, Scope};

use super::{RunbookBuilder, RunbookStep};
use crate::operations::{AutomationDocument, DocumentParameter};

/// The whole text.
pub(super) fn document(runbook: &RunbookBuilder, scope: Scope<'_>, start: Option<Document>) -> Document {
    let mut text = Document::from(format!("# {}\n", runbook.title));
    if let Some(purpose) = &runbook.purpose {
        text = text.text("\n").then(purpose.clone()).text("\n");
    }
    text = table(text, runbook, scope);
    if !runbook.before.is_empty() {
        text = text.text("\n## Before\n\n");
        for thing in &runbook.before {
            text = text.text("- ").then(thing.clone()).text("\n");
        }
    }
    let automated = start.is_some();
    if let Some(start) = start {
        text = text.then(start);
    }
    let level = if runbook.steps.iter().any(|(phase, _)| phase.is_some()) { "####" } else { "###" };
    text = text.text("\n## Steps\n");
    for (number, (phase, step)) in runbook.steps.iter().enumerate() {
        if let Some(phase) = phase {
            text = text.text(format!("\n### {phase}\n"));
        }
        text = one_step(text, &format!("{level} {}. ", number + 1), step, automated);
    }
    text = section(text, "Verification", &runbook.verification, automated);
    // The document does not go back: that is another decision.
    text = section(text, "Rollback", &runbook.rollback, false);
    if !runbook.others.is_empty() {
        text = text.text("\n## See also\n\n");
        for other in &runbook.others {
            let name = other.rsplit('/').next().unwrap_or(other);
            text = text.text(format!("- [{name}]({name})\n"));
        }
    }
    text.text(format!("\n---\nWritten from `{}` of the app: change it there.\n", scope.path()))
}

fn table(text: Document, runbook: &RunbookBuilder, scope: Scope<'_>) -> Document {
    let mut text = text.text("\n| | |\n|---|---|\n");
    if let Some(when) = &runbook.when {
        text = text.text("| When | ").then(when.clone()).text(" |\n");
    }
    if let Some(who) = &runbook.who {
        text = text.text(format!("| Who | {who} |\n"));
    }
    if let Some(time) = runbook.takes {
        text = text.text(format!("| Takes | {time} |\n"));
    }
    let environment = scope.environment();
    let place = format!("{}, account {}, {}", environment.name, environment.account, environment.region);
    text.text(format!("| Where | {place} |\n"))
}

/// How the document of Systems Manager is started.
pub(super) fn start(document: AutomationDocument<'_>, parameters: &[DocumentParameter]) -> Document {
    let region = document.scope().region();
    let given: Vec<String> = parameters.iter().map(|parameter| format!("{0}=${0}", parameter.name())).collect();
    let given = if given.is_empty() { String::new() } else { format!(" --parameters \"{}\"", given.join(",")) };
    Document::from("\n## Start\n\nSystems Manager goes through the steps, and pauses where people act.\n\n```sh\n")
        .text(format!("aws ssm start-automation-execution --region {region} --document-name "))
        .shell(document.name())
        .text(format!("{given}\n```\n\nGo on after a pause, with the id that the command told:\n\n```sh\n"))
        .text(format!("aws ssm send-automation-signal --region {region} --automation-execution-id \"$EXECUTION\" "))
        .text("--signal-type Resume\n```\n")
}

fn section(text: Document, title: &str, steps: &[RunbookStep], automated: bool) -> Document {
    if steps.is_empty() {
        return text;
    }
    let text = text.text(format!("\n## {title}\n"));
    let one = |text, (number, step)| one_step(text, &format!("### {}. ", number + 1), step, automated);
    steps.iter().enumerate().fold(text, one)
}

fn one_step(text: Document, heading: &str, step: &RunbookStep, automated: bool) -> Document {
    let mut text = text.text(format!("\n{heading}{}\n", step.title));
    for paragraph in &step.texts {
        text = text.text("\n").then(paragraph.clone()).text("\n");
    }
    if let Some(stop) = &step.stop {
        text = text.text("\n**Stop if** ").then(stop.clone()).text(".\n");
    }
    for command in &step.commands {
        text = text.text("\n```sh\n").then(command.clone().trimmed()).text("\n```\n");
    }
    if automated && step.people_alone {
        text = text.text("\nSystems Manager goes on without this.\n");
    } else if automated && step.action.is_some() {
        text = text.text(format!("\nSystems Manager does this as `{}`.\n", step.automation_name()));
    }
    match &step.expected {
        Some(expected) => text.text("\n**Expect** ").then(expected.clone()).text(".\n"),
        None => text,
    }
}
