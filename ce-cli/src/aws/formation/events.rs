//! Events.

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::types::{self, EventType, HookFailureMode};
use ce_deploy::cloud::{Answer, Call, Failure, StackEvent, Token};

use super::read::{moment, page};
use crate::aws::refusal::failure;

pub(super) async fn ask(client: &Client, call: Call) -> Result<Answer, Failure> {
    match call {
        Call::DescribeStackEvents { stack, page: from } => {
            let request = client.describe_stack_events().stack_name(stack.as_str()).set_next_token(from.0);
            let found = request.send().await.map_err(|error| failure(&error))?;
            let events = found.stack_events.unwrap_or_default().into_iter().map(of_stack).collect();
            Ok(Answer::Events(events, page(found.next_token)))
        }
        Call::DescribeChangeSetEvents { change_set, page: from } => {
            let request = client.describe_events().change_set_name(change_set).set_next_token(from.0);
            let found = request.send().await.map_err(|error| failure(&error))?;
            let events = found.operation_events.unwrap_or_default();
            let findings = events.into_iter().filter(|event| event.event_type == Some(EventType::ValidationError));
            Ok(Answer::Events(findings.map(of_validation).collect(), page(found.next_token)))
        }
        _ => Err(Failure::garbled("no call for events")),
    }
}

fn of_stack(event: types::StackEvent) -> StackEvent {
    StackEvent {
        id: event.event_id.unwrap_or_default(),
        stack: event.stack_id.unwrap_or_default(),
        logical_id: event.logical_resource_id.unwrap_or_default(),
        physical_id: event.physical_resource_id,
        type_name: event.resource_type.unwrap_or_default(),
        status: event.resource_status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
        // What a hook says has no other place to stand.
        reason: event.resource_status_reason.or(event.hook_status_reason),
        at: moment(event.timestamp),
        token: event.client_request_token.map(Token::given),
        operation: event.operation_id,
        detailed_status: event.detailed_status.map(|status| status.as_str().to_owned()),
        handler: event.resource_properties.as_deref().and_then(handler),
    }
}

/// Who makes a custom resource. The other properties may be secret: they are not kept.
fn handler(properties: &str) -> Option<String> {
    let properties: serde_json::Value = serde_json::from_str(properties).ok()?;
    properties["ServiceToken"].as_str().map(str::to_owned)
}

/// A finding of early validation; `detailed_status` holds the path of the property.
fn of_validation(event: types::OperationEvent) -> StackEvent {
    let fails = event.validation_failure_mode != Some(HookFailureMode::Warn);
    StackEvent {
        id: event.event_id.unwrap_or_default(),
        stack: event.stack_id.unwrap_or_default(),
        logical_id: event.logical_resource_id.unwrap_or_default(),
        physical_id: event.physical_resource_id,
        type_name: event.resource_type.unwrap_or_default(),
        status: if fails { "VALIDATION_FAILED" } else { "VALIDATION_WARNING" }.to_owned(),
        reason: event.validation_status_reason,
        at: moment(event.timestamp),
        token: event.client_request_token.map(Token::given),
        operation: event.operation_id,
        detailed_status: event.validation_path,
        handler: None,
    }
}
