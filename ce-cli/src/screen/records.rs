//! What happens, as data for programs: the lines of `--events`. `docs/events.md` describes them.

use ce_deploy::engine::{End, PlannedStep, Problem, Progress, Question, ResourceEvent};
use serde_json::{Value, json};

use super::{Screen, evidence};

/// The kind and the facts of something that happened.
pub(super) fn of(screen: &Screen, progress: &Progress) -> (&'static str, Value) {
    match progress {
        Progress::Published { asset, reused } => ("published", json!({ "asset": asset, "reused": reused })),
        Progress::Planned { stack, step } => ("planned", json!({ "stack": stack, "step": planned(*step) })),
        Progress::ChangeSet { stack, change_set, changes } => {
            ("change_set", json!({ "stack": stack, "changeSet": change_set, "changes": changes }))
        }
        Progress::Begun { stack, arn, token, attached } => {
            ("begun", json!({ "stack": stack, "arn": arn, "token": token, "attached": attached }))
        }
        Progress::Resource { stack, event } => {
            ("resource", json!({ "stack": stack, "resource": resource(screen, event) }))
        }
        Progress::Status { stack, status } => ("status", json!({ "stack": stack, "status": status })),
        Progress::Heartbeat { running } => {
            let running: Vec<_> =
                running.iter().map(|(stack, span)| json!({ "stack": stack, "millis": span.0 })).collect();
            ("heartbeat", json!({ "running": running }))
        }
        Progress::Throttled { place } => ("throttled", json!({ "place": place })),
        Progress::Retry { place, reason, attempt } => {
            ("retry", json!({ "place": place, "reason": screen.foreign(reason), "attempt": attempt }))
        }
        Progress::Diagnosis { stack, causes } => {
            let causes: Vec<_> = causes.iter().map(|cause| resource(screen, cause)).collect();
            ("diagnosis", json!({ "stack": stack, "causes": causes }))
        }
        Progress::Evidence { stack, evidence } => {
            let found: Vec<_> = evidence.iter().map(|found| evidence::facts(screen, found)).collect();
            ("evidence", json!({ "stack": stack, "evidence": found }))
        }
        Progress::Leaked { stack, event } => ("leaked", json!({ "stack": stack, "resource": resource(screen, event) })),
        Progress::Unheld { stack, reason } => ("unheld", json!({ "stack": stack, "reason": screen.foreign(reason) })),
        Progress::Problem(found) => ("problem", problem(screen, found)),
        Progress::TurningBack { stacks } => ("turning_back", json!({ "stacks": stacks })),
        Progress::Stopping { running } => ("stopping", json!({ "running": running })),
        Progress::Finished { stack, end, status } => {
            let absent = *end == End::Unchanged && status.is_none();
            let end = if absent { "absent" } else { ended(end) };
            ("finished", json!({ "stack": stack, "end": end, "status": status }))
        }
        _ => ("other", json!({})),
    }
}

/// What somebody is asked.
pub(super) fn question(question: &Question) -> Value {
    json!({ "digest": question.plan.digest(), "open": question.open })
}

/// Something that stands in the way.
pub(super) fn problem(screen: &Screen, problem: &Problem) -> Value {
    json!({
        "stack": problem.stack,
        "exit": problem.exit.code(),
        "message": screen.foreign(&problem.message),
        "help": problem.help.as_ref().map(|help| screen.foreign(help)),
    })
}

/// How a stack ended, as a word.
pub(super) fn ended(end: &End) -> &'static str {
    match end {
        End::Unchanged => "unchanged",
        End::Changed => "changed",
        End::Deleted => "deleted",
        End::RolledBack => "rolled-back",
        End::PutBack => "put-back",
        End::Failed => "failed",
        End::Skipped(_) => "skipped",
        End::NotBegun => "not-begun",
        End::Detached => "detached",
    }
}

/// Something that happened to a resource.
pub(super) fn resource(screen: &Screen, event: &ResourceEvent) -> Value {
    json!({
        "logicalId": screen.foreign(&event.logical_id),
        "physicalId": event.physical_id.as_ref().map(|id| screen.foreign(id)),
        "type": screen.foreign(&event.type_name),
        "status": screen.foreign(&event.status),
        "reason": event.reason.as_ref().map(|reason| screen.foreign(reason)),
        "at": event.at,
        "origin": event.origin,
    })
}

fn planned(step: PlannedStep) -> &'static str {
    match step {
        PlannedStep::Unchanged => "unchanged",
        PlannedStep::Empty => "empty",
        PlannedStep::Create => "create",
        PlannedStep::Update => "update",
        PlannedStep::Later => "later",
        PlannedStep::Delete => "delete",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    const PAGE: &str = include_str!("../../../docs/events.md");

    /// The kinds of events that this crate writes, read from where it writes them.
    fn kinds() -> BTreeSet<&'static str> {
        let here = include_str!("records.rs").split("/// What somebody is asked.").next().unwrap_or_default();
        let told = here.match_indices("(\"").map(|(at, _)| &here[at + 2..]);
        let told = told.filter_map(|rest| rest.split_once("\", ")).map(|(kind, _)| kind);
        let sources = [include_str!("telling.rs"), include_str!("../commands/deploying.rs")];
        let written = sources.into_iter().flat_map(|source| source.split("event(\"").skip(1));
        let written = written.filter_map(|rest| rest.split_once('"')).map(|(kind, _)| kind);
        told.chain(written).filter(|kind| *kind != "other").collect()
    }

    #[test]
    fn every_event_is_on_the_page_and_no_other() {
        let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
        let described: BTreeSet<&str> = rows.map(|(kind, _)| kind).collect();
        assert_eq!(kinds(), described);
    }
}
