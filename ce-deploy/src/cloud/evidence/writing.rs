//! Answers, written in JSON as the services do: for whoever plays them.

use serde_json::{Map, Value, json};

use super::{ContainerLog, EcsService, EvidenceAnswer, LogLine, Rollout, StoppedTask, TracedCall};

impl EvidenceAnswer {
    /// The body that says it. Reading it gives the same answer.
    pub fn write(&self) -> Value {
        match self {
            Self::Service(None) => json!({ "services": [], "failures": [{ "reason": "MISSING" }] }),
            Self::Service(Some(found)) => json!({ "services": [service(found)], "failures": [] }),
            Self::TaskArns(arns) => json!({ "taskArns": arns }),
            Self::Tasks(tasks) => json!({ "tasks": tasks.iter().map(task).collect::<Vec<_>>(), "failures": [] }),
            Self::Logs(logs) => {
                json!({ "taskDefinition": { "containerDefinitions": logs.iter().map(log).collect::<Vec<_>>() } })
            }
            Self::Lines(lines) => json!({ "events": lines.iter().map(line).collect::<Vec<_>>() }),
            Self::Trail(calls, page) => present([
                ("Events", json!(calls.iter().map(call).collect::<Vec<_>>())),
                ("NextToken", json!(page.as_ref().and_then(|page| page.0.as_ref()))),
            ]),
        }
    }
}

fn service(service: &EcsService) -> Value {
    let event = |(at, message): &(u64, String)| json!({ "createdAt": seconds(*at), "message": message });
    json!({
        "status": service.status,
        "deployments": service.rollouts.iter().map(rollout).collect::<Vec<_>>(),
        "events": service.events.iter().map(event).collect::<Vec<_>>(),
    })
}

fn rollout(rollout: &Rollout) -> Value {
    present([
        ("rolloutState", json!(rollout.state)),
        ("rolloutStateReason", json!(rollout.reason)),
        ("failedTasks", json!(rollout.failed_tasks)),
    ])
}

fn task(task: &StoppedTask) -> Value {
    let containers = task.containers.iter().map(|container| {
        present([
            ("name", json!(container.name)),
            ("exitCode", json!(container.exit)),
            ("reason", json!(container.reason)),
        ])
    });
    present([
        ("taskArn", json!(task.arn)),
        ("taskDefinitionArn", json!(task.definition)),
        ("stoppedAt", seconds(task.at)),
        ("stoppedReason", json!(task.reason)),
        ("containers", json!(containers.collect::<Vec<_>>())),
    ])
}

fn log(log: &ContainerLog) -> Value {
    let options = present([("awslogs-group", json!(log.group)), ("awslogs-stream-prefix", json!(log.prefix))]);
    json!({ "name": log.container, "logConfiguration": { "logDriver": "awslogs", "options": options } })
}

fn line(line: &LogLine) -> Value {
    json!({ "timestamp": line.at, "message": line.text.reveal() })
}

fn call(call: &TracedCall) -> Value {
    let source = format!("{}.amazonaws.com", call.service);
    let by = if call.by_cloudformation { "cloudformation.amazonaws.com" } else { "192.0.2.1" };
    let record = present([
        ("eventSource", json!(source)),
        ("eventName", json!(call.operation)),
        ("errorCode", json!(call.error)),
        ("errorMessage", json!(call.message)),
        ("requestID", json!(call.request)),
        ("sourceIPAddress", json!(by)),
    ]);
    let resources = call.resources.iter().map(|name| json!({ "ResourceName": name }));
    json!({
        "EventName": call.operation,
        "EventSource": source,
        "EventTime": seconds(call.at),
        "Resources": resources.collect::<Vec<_>>(),
        "CloudTrailEvent": record.to_string(),
    })
}

/// Moments are numbers of seconds, with thousandths where they have any.
fn seconds(millis: u64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "a moment has far fewer than 2^53 milliseconds")]
    let seconds = millis as f64 / 1_000.0;
    if millis.is_multiple_of(1_000) { json!(millis / 1_000) } else { json!(seconds) }
}

/// What is not there is not written.
fn present<const N: usize>(members: [(&str, Value); N]) -> Value {
    let there = members.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(there.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use crate::cloud::{
        ContainerLog, EcsService, EvidenceAnswer as A, EvidenceCall as C, LogLine, Page, Rollout, Secret,
        StoppedContainer, StoppedTask, TracedCall,
    };

    fn pairs() -> Vec<(C, A)> {
        let (cluster, service) = ("shop".to_owned(), "web".to_owned());
        let (group, between) = ("/ecs/web".to_owned(), [1_500, 9_000]);
        let rollout = Rollout { state: Some("FAILED".into()), reason: Some("tasks failed".into()), failed_tasks: 3 };
        let found =
            EcsService { status: "ACTIVE".into(), rollouts: vec![rollout], events: vec![(8_250, "unable".into())] };
        let container = StoppedContainer { name: "app".into(), exit: Some(137), reason: None };
        let task = StoppedTask {
            arn: "arn:aws:ecs:eu-west-1:111111111111:task/shop/5f1d".into(),
            reason: Some("Essential container in task exited".into()),
            at: 7_001,
            containers: vec![container, StoppedContainer::default()],
            ..StoppedTask::default()
        };
        let log = ContainerLog { container: "app".into(), group: group.clone(), prefix: Some("web".into()) };
        let refused = TracedCall {
            at: 8_000,
            service: "sqs".into(),
            operation: "CreateQueue".into(),
            error: Some("AccessDenied".into()),
            message: Some("not \"allowed\"".into()),
            request: Some("4f2c".into()),
            by_cloudformation: true,
            resources: vec!["orders".into()],
        };
        let page = Page(Some("2".into()));
        vec![
            (C::Service { cluster: cluster.clone(), service: service.clone() }, A::Service(Some(found))),
            (C::Service { cluster: cluster.clone(), service: service.clone() }, A::Service(None)),
            (C::StoppedTasks { cluster: cluster.clone(), service }, A::TaskArns(vec!["a".into()])),
            (C::Tasks { cluster, tasks: vec!["a".into()] }, A::Tasks(vec![task])),
            (C::TaskDefinition { definition: "d".into() }, A::Logs(vec![log])),
            (
                C::LogSearch { group, between, lines: 20 },
                A::Lines(vec![LogLine { at: 3, text: Secret::new("Error: no\n") }]),
            ),
            (
                C::Trail { user: "AWSCloudFormation".into(), between, page: page.clone() },
                A::Trail(vec![refused], Some(page)),
            ),
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        for (call, answer) in pairs() {
            assert_eq!(call.read(&answer.write()), Ok(answer), "{}", call.action());
        }
    }

    #[test]
    fn the_action_is_the_operation_of_the_request() {
        for (call, _) in pairs() {
            let request = call.request();
            let operation = request.target.rsplit('.').next().unwrap();
            assert_eq!(call.action(), format!("{}:{operation}", request.service));
            assert!(request.input.is_object());
        }
    }

    #[test]
    fn what_makes_no_sense_is_no_answer() {
        for (call, _) in pairs() {
            for garbage in [serde_json::json!(null), serde_json::json!([1]), serde_json::json!({ "events": 3 })] {
                if !matches!(call, C::TaskDefinition { .. }) {
                    assert!(call.read(&garbage).is_err(), "{}", call.action());
                }
            }
        }
    }

    #[test]
    fn a_line_of_a_log_does_not_show() {
        let line = LogLine { at: 3, text: Secret::new("hunter2") };
        assert!(!format!("{:?}", A::Lines(vec![line])).contains("hunter2"));
    }
}
