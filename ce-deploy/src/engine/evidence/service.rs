//! What ECS says of a service: why its tasks stopped.

use super::search::{Ask, Search, Step, ask};
use super::{Depth, Note, Source, function};
use crate::cloud::{ContainerLog, EcsService, EvidenceCall, StoppedContainer, StoppedTask};

/// So many of its latest messages are told.
const MESSAGES: usize = 2;
/// Words of messages about something that went wrong; others tell that tasks come and go.
/// Source: ECS developer guide, "Amazon ECS service event messages".
const WRONG: [&str; 4] = ["unable", "fail", "unhealthy", "rror"];

pub(super) fn begin(search: &Search, cluster: &str, service: &str) -> Vec<Ask> {
    let (cluster, service) = (cluster.to_owned(), service.to_owned());
    let about = EvidenceCall::Service { cluster: cluster.clone(), service: service.clone() };
    vec![
        ask(search, Step::Service, about),
        ask(search, Step::StoppedTasks, EvidenceCall::StoppedTasks { cluster, service }),
    ]
}

pub(super) fn took_service(search: &mut Search, found: Option<EcsService>) {
    let Some(found) = found else { return search.note(Source::Ecs, Note::Gone) };
    let failed = found.rollouts.iter().filter(|rollout| rollout.state.as_deref() == Some("FAILED"));
    let reasons: Vec<String> = failed.filter_map(|rollout| rollout.reason.clone()).take(1).collect();
    let from = search.between[0];
    let wrong = |(at, message): &&(u64, String)| *at >= from && WRONG.iter().any(|word| message.contains(word));
    let messages: Vec<String> =
        found.events.iter().filter(wrong).map(|(_, message)| message.clone()).take(MESSAGES).collect();
    search.say(Source::Ecs, 1, reasons);
    search.say(Source::Ecs, 2, messages);
}

pub(super) fn took_stopped(search: &mut Search, tasks: Vec<String>) -> Vec<Ask> {
    let super::lead::Lead::Service { cluster, .. } = &search.lead else { return Vec::new() };
    if tasks.is_empty() {
        return Vec::new();
    }
    vec![ask(search, Step::Tasks, EvidenceCall::Tasks { cluster: cluster.clone(), tasks })]
}

/// The task that stopped last speaks for all.
pub(super) fn took_tasks(search: &mut Search, tasks: Vec<StoppedTask>) -> Vec<Ask> {
    let stopped = tasks.len();
    let last = tasks.into_iter().max_by(|one, other| (one.at, &one.arn).cmp(&(other.at, &other.arn)));
    let Some(task) = last else { return Vec::new() };
    let others = if stopped > 1 { format!(", the last of {stopped}") } else { String::new() };
    let reason = task.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
    search.say(Source::Ecs, 0, [format!("task {} stopped{others}{reason}", id(&task))]);
    let failed: Vec<&StoppedContainer> = task.containers.iter().filter(|container| is_wrong(container)).collect();
    search.say(Source::Ecs, 0, failed.iter().map(|container| told(container)));
    match (search.depth, task.definition.clone()) {
        (Depth::Logs, Some(definition)) => {
            vec![ask(search, Step::Definition(Box::new(task)), EvidenceCall::TaskDefinition { definition })]
        }
        (Depth::Services, Some(_)) if failed.iter().any(|container| container.exit.is_some()) => {
            search.note(Source::Ecs, Note::Withheld);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The log of the container that failed. Source: ECS developer guide, "Send Amazon ECS logs to CloudWatch":
/// `prefix/container/task`.
pub(super) fn took_logs(search: &mut Search, task: &StoppedTask, logs: &[ContainerLog]) -> Vec<Ask> {
    let wrong = |log: &&ContainerLog| {
        task.containers.iter().any(|container| container.name == log.container && is_wrong(container))
    };
    let Some(log) = logs.iter().find(wrong).or(logs.first()) else { return Vec::new() };
    let Some(prefix) = &log.prefix else { return Vec::new() };
    let stream = format!("{prefix}/{}/{}", log.container, id(task));
    vec![function::tail(search, &log.group, stream)]
}

fn is_wrong(container: &StoppedContainer) -> bool {
    container.reason.is_some() || container.exit.is_some_and(|exit| exit != 0)
}

fn told(container: &StoppedContainer) -> String {
    let exit = container.exit.map(|exit| format!(" ended with {exit}")).unwrap_or_default();
    let reason = container.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("container `{}`{exit}{reason}", container.name)
}

/// The last part of a task's ARN.
fn id(task: &StoppedTask) -> &str {
    task.arn.rsplit('/').next().unwrap_or_default()
}
