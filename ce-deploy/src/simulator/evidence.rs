//! What other services know of resources that failed: ECS, CloudWatch Logs, CloudTrail.

use std::collections::BTreeMap;

use super::place::PlaceKey;
use super::service::Service;
use super::stack::{Resource, StackKey};
use crate::cloud::{
    Answer, ContainerLog, EcsService, EvidenceAnswer, EvidenceCall, Failure, LogLine, Page, Rollout, Secret,
    StoppedContainer, StoppedTask, TracedCall,
};
use crate::engine::{Moment, Span};

/// Source: ECS developer guide, "Stopped tasks": they can be seen for at least an hour.
const KEPT: Span = Span::seconds(3_600);
/// How a session is called when CloudFormation works with a role of its own. Source: a refusal quoted in aws-cdk#8571.
const CLOUDFORMATION: &str = "AWSCloudFormation";

/// What a place keeps of failures.
#[derive(Clone, Debug, Default)]
pub(super) struct Traces {
    /// Services of ECS whose tasks stopped, by the path in their ARNs: `cluster/name`.
    services: BTreeMap<String, Stopped>,
    /// Lines of logs by group and stream.
    logs: BTreeMap<(String, String), Vec<LogLine>>,
    /// Calls that were refused, the oldest first, and who made them; none was whoever asked CloudFormation.
    trail: Vec<(Option<String>, TracedCall)>,
}

/// A service that failed, and its last task.
#[derive(Clone, Debug)]
struct Stopped {
    service: EcsService,
    task: StoppedTask,
    log: ContainerLog,
}

impl Service {
    /// A resource failed: what others know of it can be asked for from now on.
    pub(super) fn leave_traces(&mut self, key: StackKey, logical: &str, reason: &str) {
        let Some(resource) = self.stack(key).resources.get(logical).cloned() else { return };
        let (said, refused) = match &resource.behaviour {
            Some(behaviour) => (behaviour.said.clone(), behaviour.refused.clone()),
            None => (Vec::new(), None),
        };
        let function = resource.handler().and_then(|token| token.split(":function:").nth(1).map(str::to_owned));
        if let Some([call, code, message]) = refused {
            let (service, operation) = call.split_once(':').unwrap_or(("", &call));
            let call = TracedCall {
                at: self.now.0,
                service: service.to_owned(),
                operation: operation.to_owned(),
                error: Some(code),
                message: Some(message),
                by_cloudformation: function.is_none(),
                ..TracedCall::default()
            };
            let role = self.stack(key).running.as_ref().and_then(|running| running.goal.role.clone());
            let user = function.clone().or_else(|| role.map(|_| CLOUDFORMATION.to_owned()));
            self.traces_of(key).trail.push((user, call));
        }
        if resource.type_name == "AWS::ECS::Service" {
            self.stop_tasks(key, &resource, said);
        } else if let Some(function) = function {
            let said = if said.is_empty() { vec![format!("[ERROR] {reason}")] } else { said };
            let stream = named_stream(reason).unwrap_or_else(|| format!("2026/01/01/[$LATEST]{:032x}", self.mint()));
            self.write_log(key, (format!("/aws/lambda/{function}"), stream), said);
        }
    }

    fn stop_tasks(&mut self, key: StackKey, resource: &Resource, said: Vec<String>) {
        let physical = resource.physical.clone().unwrap_or_default();
        let Some((front, path)) = physical.split_once(":service/") else { return };
        let (cluster, name) = path.split_once('/').unwrap_or(("default", path));
        let id = format!("{:016x}{:016x}", self.mint(), self.mint());
        let at = self.now.0;
        let container = StoppedContainer { name: "app".to_owned(), exit: Some(1), reason: None };
        let task = StoppedTask {
            arn: format!("{front}:task/{cluster}/{id}"),
            definition: Some(format!("{front}:task-definition/{name}:1")),
            at,
            reason: Some("Essential container in task exited".to_owned()),
            containers: vec![container],
        };
        let failed = Rollout {
            state: Some("FAILED".to_owned()),
            reason: Some("ECS deployment circuit breaker: tasks failed to start.".to_owned()),
            failed_tasks: 1,
        };
        let event = (at, format!("(service {name}) deployment failed: tasks failed to start."));
        let service = EcsService { status: "ACTIVE".to_owned(), rollouts: vec![failed], events: vec![event] };
        let log =
            ContainerLog { container: "app".to_owned(), group: format!("/ecs/{name}"), prefix: Some("ecs".to_owned()) };
        self.write_log(key, (log.group.clone(), format!("ecs/app/{id}")), said);
        self.traces_of(key).services.insert(path.to_owned(), Stopped { service, task, log });
    }

    fn write_log(&mut self, key: StackKey, log: (String, String), lines: Vec<String>) {
        let at = self.now.0;
        let lines = lines.into_iter().map(|text| LogLine { at, text: Secret::new(text) });
        self.traces_of(key).logs.entry(log).or_default().extend(lines);
    }

    fn traces_of(&mut self, key: StackKey) -> &mut Traces {
        let place = self.stack(key).place;
        &mut self.place_mut(place).traces
    }

    /// Answers what is asked about failures.
    pub(super) fn evidence(&self, place: PlaceKey, call: &EvidenceCall) -> Result<Answer, Failure> {
        let traces = &self.place(place).traces;
        Ok(Answer::Evidence(match call {
            EvidenceCall::Service { cluster, service } => {
                let found = traces.services.get(&format!("{cluster}/{service}"));
                EvidenceAnswer::Service(
                    found.map(|found| self.described(place, &format!("{cluster}/{service}"), found)),
                )
            }
            EvidenceCall::StoppedTasks { cluster, service } => {
                let found = traces.services.get(&format!("{cluster}/{service}"));
                let kept = found.filter(|found| Moment(found.task.at) + KEPT > self.now);
                EvidenceAnswer::TaskArns(kept.map(|found| found.task.arn.clone()).into_iter().collect())
            }
            EvidenceCall::Tasks { tasks, .. } => {
                let all = traces.services.values().map(|found| &found.task);
                EvidenceAnswer::Tasks(all.filter(|task| tasks.contains(&task.arn)).cloned().collect())
            }
            EvidenceCall::TaskDefinition { definition } => {
                let defined = |found: &&Stopped| found.task.definition.as_ref() == Some(definition);
                let found = traces.services.values().find(defined);
                let missing = || Failure::answered("ClientException", "Unable to describe task definition.");
                EvidenceAnswer::Logs(vec![found.ok_or_else(missing)?.log.clone()])
            }
            EvidenceCall::LogTail { group, stream, between, lines } => {
                EvidenceAnswer::Lines(traces.lines(group, Some(stream), *between, *lines)?)
            }
            EvidenceCall::LogSearch { group, between, lines } => {
                EvidenceAnswer::Lines(traces.lines(group, None, *between, *lines)?)
            }
            EvidenceCall::Trail { user, between, page } => return self.trail(place, user, *between, page),
        }))
    }

    /// A service that is deleted is `INACTIVE` for a while.
    fn described(&self, place: PlaceKey, path: &str, found: &Stopped) -> EcsService {
        let end = format!(":service/{path}");
        let is_it = |resource: &Resource| resource.physical.as_ref().is_some_and(|id| id.ends_with(&end));
        let of_place = self.stacks.iter().filter(|stack| stack.place == place);
        let mut living = of_place.flat_map(|stack| stack.resources.values());
        let is_there = living.any(|resource| is_it(resource) && resource.status != "DELETE_COMPLETE");
        let status = if is_there { "ACTIVE" } else { "INACTIVE" };
        EcsService { status: status.to_owned(), ..found.service.clone() }
    }

    fn trail(&self, place: PlaceKey, user: &str, between: [u64; 2], page: &Page) -> Result<Answer, Failure> {
        let late = self.settings.trail_lag;
        let shows = |(who, call): &&(Option<String>, TracedCall)| {
            let is_theirs = who.as_deref().map_or(user != CLOUDFORMATION, |who| who == user);
            is_theirs && Moment(call.at) + late <= self.now && (between[0]..=between[1]).contains(&call.at)
        };
        let found: Vec<TracedCall> =
            self.place(place).traces.trail.iter().rev().filter(shows).map(|(_, call)| call.clone()).collect();
        let (calls, next) = self.page(&found, page)?;
        Ok(Answer::Evidence(EvidenceAnswer::Trail(calls, next)))
    }
}

impl Traces {
    /// The last lines of a stream, or of all streams of a group.
    fn lines(
        &self,
        group: &str,
        stream: Option<&str>,
        between: [u64; 2],
        most: usize,
    ) -> Result<Vec<LogLine>, Failure> {
        let of = |(known, within): &&(String, String)| known == group && stream.is_none_or(|stream| within == stream);
        let streams: Vec<_> = self.logs.iter().filter(|(name, _)| of(name)).collect();
        if streams.is_empty() {
            let what = if stream.is_some() { "stream" } else { "group" };
            let message = format!("The specified log {what} does not exist.");
            return Err(Failure::answered("ResourceNotFoundException", message));
        }
        let all = streams.into_iter().flat_map(|(_, lines)| lines);
        let mut lines: Vec<LogLine> =
            all.filter(|line| (between[0]..=between[1]).contains(&line.at)).cloned().collect();
        lines.sort_by_key(|line| line.at);
        Ok(lines.split_off(lines.len().saturating_sub(most)))
    }
}

fn named_stream(reason: &str) -> Option<String> {
    let rest = reason.split_once("CloudWatch Log Stream: ")?.1;
    rest.split_whitespace().next().map(str::to_owned)
}
