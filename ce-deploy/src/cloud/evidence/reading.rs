//! Answers, read from JSON. What is not there is none; what is not expected is passed over.

use serde_json::Value;

use super::{
    ContainerLog, EcsService, EvidenceAnswer, EvidenceCall, LogLine, Rollout, StoppedContainer, StoppedTask, TracedCall,
};
use crate::cloud::{Failure, Page, Secret};

impl EvidenceCall {
    /// Reads what the service answered.
    ///
    /// # Errors
    /// It is no answer to this question.
    pub fn read(&self, answer: &Value) -> Result<EvidenceAnswer, Failure> {
        let list = |name: &str| {
            let missing = || Failure::garbled(format!("an answer to {} without `{name}`", self.action()));
            answer[name].as_array().ok_or_else(missing)
        };
        Ok(match self {
            Self::Service { .. } => EvidenceAnswer::Service(list("services")?.first().map(service)),
            Self::StoppedTasks { .. } => EvidenceAnswer::TaskArns(list("taskArns")?.iter().filter_map(text).collect()),
            Self::Tasks { .. } => EvidenceAnswer::Tasks(list("tasks")?.iter().map(task).collect()),
            Self::TaskDefinition { .. } => {
                let containers = answer["taskDefinition"]["containerDefinitions"].as_array();
                EvidenceAnswer::Logs(containers.into_iter().flatten().filter_map(log).collect())
            }
            Self::LogTail { .. } | Self::LogSearch { .. } => {
                let mut lines: Vec<LogLine> = list("events")?.iter().filter_map(line).collect();
                lines.sort_by_key(|line| line.at);
                EvidenceAnswer::Lines(lines)
            }
            Self::Trail { .. } => {
                let calls = list("Events")?.iter().filter_map(call).collect();
                EvidenceAnswer::Trail(calls, text(&answer["NextToken"]).map(|token| Page(Some(token))))
            }
        })
    }
}

fn service(service: &Value) -> EcsService {
    let event = |event: &Value| Some((moment(&event["createdAt"]), text(&event["message"])?));
    EcsService {
        status: text(&service["status"]).unwrap_or_default(),
        rollouts: all(&service["deployments"]).map(rollout).collect(),
        events: all(&service["events"]).filter_map(event).collect(),
    }
}

fn rollout(rollout: &Value) -> Rollout {
    Rollout {
        state: text(&rollout["rolloutState"]),
        reason: text(&rollout["rolloutStateReason"]),
        failed_tasks: rollout["failedTasks"].as_u64().unwrap_or_default(),
    }
}

fn task(task: &Value) -> StoppedTask {
    let container = |container: &Value| StoppedContainer {
        name: text(&container["name"]).unwrap_or_default(),
        exit: container["exitCode"].as_i64(),
        reason: text(&container["reason"]),
    };
    StoppedTask {
        arn: text(&task["taskArn"]).unwrap_or_default(),
        definition: text(&task["taskDefinitionArn"]),
        at: moment(&task["stoppedAt"]),
        reason: text(&task["stoppedReason"]),
        containers: all(&task["containers"]).map(container).collect(),
    }
}

fn log(container: &Value) -> Option<ContainerLog> {
    let log = &container["logConfiguration"];
    let options = Some(&log["options"]).filter(|_| log["logDriver"].as_str() == Some("awslogs"))?;
    Some(ContainerLog {
        container: text(&container["name"])?,
        group: text(&options["awslogs-group"])?,
        prefix: text(&options["awslogs-stream-prefix"]),
    })
}

fn line(event: &Value) -> Option<LogLine> {
    Some(LogLine { at: event["timestamp"].as_u64()?, text: Secret::new(event["message"].as_str()?) })
}

/// An event, with the record of CloudTrail that is in it as a text.
/// Source: CloudTrail user guide, "CloudTrail record contents for management, data, and network activity events".
fn call(event: &Value) -> Option<TracedCall> {
    const CLOUDFORMATION: &str = "cloudformation.amazonaws.com";
    let record: Value = serde_json::from_str(event["CloudTrailEvent"].as_str()?).ok()?;
    let source = event["EventSource"].as_str().or(record["eventSource"].as_str())?;
    let is_cloudformation = |value: &Value| value.as_str() == Some(CLOUDFORMATION);
    Some(TracedCall {
        at: moment(&event["EventTime"]),
        service: source.trim_end_matches(".amazonaws.com").to_owned(),
        operation: text(&event["EventName"])?,
        error: text(&record["errorCode"]),
        message: text(&record["errorMessage"]),
        request: text(&record["requestID"]),
        by_cloudformation: is_cloudformation(&record["sourceIPAddress"])
            || is_cloudformation(&record["userIdentity"]["invokedBy"]),
        resources: all(&event["Resources"]).filter_map(|resource| text(&resource["ResourceName"])).collect(),
    })
}

fn all(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A moment is a number of seconds; with thousandths in ECS.
fn moment(value: &Value) -> u64 {
    let millis = (value.as_f64().unwrap_or_default() * 1_000.0).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is out of bounds saturates")]
    let millis = millis as u64;
    millis
}
