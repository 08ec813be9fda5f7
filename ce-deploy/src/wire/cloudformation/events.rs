//! Events of stacks, and what early validation found.

use serde_json::json;

use super::operation::{Operation, next, stack_name};
use crate::cloud::{Answer, Call, Failure, Page, StackEvent, Token};
use crate::wire::context::{Context, mismatch};
use crate::wire::xml::Xml;

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "DescribeStackEvents" => of_stack(context, operation),
        "DescribeEvents" => of_operation(context, operation),
        _ => return None,
    })
}

fn of_stack(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let call = Call::DescribeStackEvents { stack: operation.stack()?, page: operation.page() };
    let Answer::Events(events, page) = context.call(call)? else { return Err(mismatch()) };
    Ok(operation.result(|xml| {
        xml.list("StackEvents", &events, |xml, event| {
            xml.text("StackName", stack_name(&event.stack));
            common(xml, event);
        });
        next(xml, page.as_ref());
    }))
}

/// Of a change set, what early validation found; of a stack or an operation, its events.
fn of_operation(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let form = operation.form;
    let page = operation.page();
    let change_set = form.text("ChangeSetName").filter(|name| !name.is_empty());
    let call = match change_set {
        Some(change_set) => Call::DescribeChangeSetEvents { change_set: arn(context, operation, change_set)?, page },
        None => Call::DescribeStackEvents { stack: operation.stack()?, page },
    };
    let Answer::Events(mut events, page) = context.call(call)? else { return Err(mismatch()) };
    if form.below("Filters").flag("FailedEvents") {
        events.retain(|event| event.status.contains("FAILED"));
    }
    if let Some(wanted) = form.text("OperationId") {
        events.retain(|event| event.operation.as_deref() == Some(wanted));
    }
    Ok(operation.result(|xml| {
        xml.list("OperationEvents", &events, |xml, event| match change_set {
            Some(_) => finding(xml, event),
            None => {
                xml.text("EventType", "STACK_EVENT");
                common(xml, event);
            }
        });
        next(xml, page.as_ref());
    }))
}

/// The ARN of a change set, which may be given by its name beside its stack.
fn arn(context: &mut Context<'_>, operation: &Operation<'_>, change_set: &str) -> Result<String, Failure> {
    if change_set.starts_with("arn:") {
        return Ok(change_set.to_owned());
    }
    let (stack, change_set) = (operation.stack()?, change_set.to_owned());
    match context.call(Call::DescribeChangeSet { stack, change_set, page: Page::first() })? {
        Answer::ChangeSet(found) => Ok(found.id),
        _ => Err(mismatch()),
    }
}

fn finding(xml: &mut Xml, event: &StackEvent) {
    xml.text("EventType", "VALIDATION_ERROR");
    xml.text("EventId", &event.id);
    xml.text("StackId", &event.stack);
    xml.text("LogicalResourceId", &event.logical_id);
    xml.text("ResourceType", &event.type_name);
    xml.time("Timestamp", event.at);
    xml.text("ValidationStatus", "FAILED");
    xml.text("ValidationFailureMode", if event.status.ends_with("FAILED") { "FAIL" } else { "WARN" });
    xml.maybe("ValidationStatusReason", event.reason.as_ref());
    xml.maybe("ValidationPath", event.detailed_status.as_ref());
}

fn common(xml: &mut Xml, event: &StackEvent) {
    xml.text("StackId", &event.stack);
    xml.text("EventId", &event.id);
    xml.text("LogicalResourceId", &event.logical_id);
    xml.maybe("PhysicalResourceId", event.physical_id.as_ref());
    xml.text("ResourceType", &event.type_name);
    xml.time("Timestamp", event.at);
    xml.text("ResourceStatus", &event.status);
    xml.maybe("ResourceStatusReason", event.reason.as_ref());
    xml.maybe("ResourceProperties", event.handler.as_ref().map(|token| json!({ "ServiceToken": token }).to_string()));
    xml.maybe("ClientRequestToken", event.token.as_ref().map(Token::as_str));
    xml.maybe("OperationId", event.operation.as_ref());
    xml.maybe("DetailedStatus", event.detailed_status.as_ref());
}
