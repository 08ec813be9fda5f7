//! How it ended: for people, as JSON, and the file of outputs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::engine::{End, Evidence, Outcome, Problem, Report, ResourceEvent, StackOutcome};
use serde_json::{Map, Value, json};

use super::telling::Telling;
use super::{Screen, evidence, lines, records, reports, style};

/// The end, for people: a line a stack, then why it failed, then what to do.
pub(crate) fn text(screen: &Screen, outcome: &Outcome, telling: &Telling) -> String {
    let mut text = String::new();
    for (stack, ended) in &outcome.stacks {
        let color = match ended.end {
            End::Changed | End::Deleted => style::GOOD,
            End::Failed => style::BAD,
            End::RolledBack | End::PutBack => style::BACK,
            End::Unchanged => style::DIM,
            _ => style::CARE,
        };
        let end = color.render_reset();
        writeln!(text, "{stack}  {color}{}{end}", state(ended)).ok();
    }
    let (causes, evidence) = (&telling.causes, &telling.evidence);
    let blocks = outcome.problems.iter().map(|problem| block(screen, problem, causes, evidence));
    let blocks: Vec<String> = blocks.collect();
    for block in blocks {
        write!(text, "\n{block}").ok();
    }
    let told = |id: &StackId| outcome.problems.iter().any(|problem| problem.stack.as_ref() == Some(id));
    for (stack, failed) in causes.iter().filter(|(id, _)| !told(id)) {
        write!(text, "\nwhy {stack} failed:\n{}", because(screen, failed, evidence.get(stack))).ok();
    }
    for (stack, event) in &telling.leaked {
        writeln!(text, "\nremains: {stack}  {}", lines::resource(screen, event)).ok();
    }
    text.trim_end().to_owned()
}

/// How a stack is now, in words.
fn state(ended: &StackOutcome) -> String {
    match (&ended.end, &ended.report) {
        (End::Unchanged, _) if ended.arn.is_none() => lines::ABSENT.to_owned(),
        (End::Unchanged, Some(Report::Drift(drifts))) if drifts.is_empty() => "as its template says".to_owned(),
        (End::Unchanged, Some(Report::Drift(drifts))) => {
            format!("{} not as its template says", lines::counted(drifts.len(), "resource"))
        }
        (end, _) => lines::ended(end),
    }
}

/// Why a stack failed: the root cause with its construct and line, what others say about it, then what to do.
pub(super) fn block(
    screen: &Screen,
    problem: &Problem,
    causes: &BTreeMap<StackId, Vec<ResourceEvent>>,
    found: &BTreeMap<StackId, Vec<Evidence>>,
) -> String {
    let (bad, end) = (style::BAD, style::BAD.render_reset());
    let stack = problem.stack.as_ref().map(|stack| format!("{stack}: ")).unwrap_or_default();
    let mut text = format!("{bad}error{end}: {stack}{}\n", screen.foreign(&problem.message));
    if let Some((causes, found)) = problem.stack.as_ref().map(|stack| (causes.get(stack), found.get(stack))) {
        text += &because(screen, causes.map(Vec::as_slice).unwrap_or_default(), found);
    }
    if let Some(help) = &problem.help {
        writeln!(text, "   = help: {}", screen.foreign(help)).ok();
    }
    text
}

/// What failed of itself, each with its construct and line, and what others say about it.
fn because(screen: &Screen, causes: &[ResourceEvent], found: Option<&Vec<Evidence>>) -> String {
    let mut text = String::new();
    for cause in causes {
        let (id, type_name) = (screen.foreign(&cause.logical_id), screen.foreign(&cause.type_name));
        writeln!(text, "  --> {id} ({type_name}) {}", screen.foreign(&cause.status)).ok();
        if let Some(origin) = &cause.origin {
            writeln!(text, "      {}", screen.foreign(&lines::written(origin))).ok();
        }
        if let Some(reason) = &cause.reason {
            writeln!(text, "      {}", screen.foreign(reason)).ok();
        }
        let found = found.into_iter().flatten().filter(|found| found.cause == cause.logical_id);
        text.extend(found.map(|found| evidence::text(screen, found)));
    }
    text
}

/// The end, as JSON. Outputs are named; their values may be secret.
pub(crate) fn facts(screen: &Screen, command: &str, outcome: &Outcome, telling: &Telling) -> Value {
    let stacks: Map<String, Value> = outcome
        .stacks
        .iter()
        .map(|(id, stack)| {
            let outputs: Vec<&str> = stack.outputs.iter().map(|output| output.key.as_str()).collect();
            let causes = telling.causes.get(id).into_iter().flatten();
            let causes: Vec<_> = causes.map(|cause| records::resource(screen, cause)).collect();
            let found = telling.evidence.get(id).into_iter().flatten();
            let found: Vec<_> = found.map(|found| evidence::facts(screen, found)).collect();
            let absent = stack.end == End::Unchanged && stack.arn.is_none();
            let end = if absent { "absent" } else { records::ended(&stack.end) };
            let origin = telling.assembly.stack(id);
            let report = stack.report.as_ref().zip(origin).map(|(report, stack)| reports::facts(screen, stack, report));
            let facts = json!({
                "end": end, "arn": stack.arn, "status": stack.status, "outputs": outputs, "causes": causes,
                "evidence": found, "report": report,
            });
            (id.to_string(), facts)
        })
        .collect();
    let problems: Vec<_> = outcome.problems.iter().map(|problem| records::problem(screen, problem)).collect();
    let digest = outcome.plan.as_ref().map(|plan| plan.digest());
    json!({
        "version": 1, "command": command, "exit": outcome.exit.code(), "plan": digest,
        "stacks": stacks, "problems": problems,
    })
}

/// The file that outputs are written to before they stand where they belong.
pub(crate) fn beside(path: &Path) -> PathBuf {
    path.with_extension(format!("{}.tmp", std::process::id()))
}

/// Writes the outputs of every stack that is as it should be, all at once or not at all. Only the user can read the file.
pub(crate) fn write_outputs(path: &Path, assembly: &Assembly, outcome: &Outcome) -> io::Result<()> {
    let beside = beside(path);
    let mut options = std::fs::File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(outcome.outputs(assembly).as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}
