//! Stacks: what they are, their end, their protection, their policy.

use super::operation::{Operation, next};
use crate::cloud::{Alarm, Answer, Call, Failure, Guard, Page, ParameterValue, Stack, StackRef, Tag};
use crate::wire::context::{Context, mismatch};
use crate::wire::xml::Xml;

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "DescribeStacks" => describe(context, operation),
        "ListStacks" => list(context, operation),
        "DeleteStack" => delete(context, operation),
        "UpdateTerminationProtection" => protect(context, operation),
        "GetStackPolicy" => policy(context, operation),
        "SetStackPolicy" => set_policy(context, operation),
        _ => return None,
    })
}

fn describe(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let stack = operation.form.text("StackName").filter(|name| !name.is_empty()).map(StackRef::name);
    let (stacks, page) = asked(context, stack, operation.page())?;
    Ok(operation.result(|xml| {
        xml.list("Stacks", &stacks, written);
        next(xml, page.as_ref());
    }))
}

fn list(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let wanted = operation.form.texts("StackStatusFilter");
    let (mut stacks, page) = asked(context, None, operation.page())?;
    stacks.retain(|stack| wanted.is_empty() || wanted.iter().any(|status| status == stack.status.as_str()));
    Ok(operation.result(|xml| {
        xml.list("StackSummaries", &stacks, |xml, stack| {
            state(xml, stack);
            xml.maybe("RootId", stack.root.as_ref());
        });
        next(xml, page.as_ref());
    }))
}

fn asked(
    context: &mut Context<'_>,
    stack: Option<StackRef>,
    page: Page,
) -> Result<(Vec<Stack>, Option<Page>), Failure> {
    match context.call(Call::DescribeStacks { stack, page })? {
        Answer::Stacks(stacks, page) => Ok((stacks, page)),
        _ => Err(mismatch()),
    }
}

fn delete(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    context.tell(Call::DeleteStack {
        stack: operation.stack()?,
        token: operation.token("ClientRequestToken"),
        retain: operation.form.texts("RetainResources"),
        role: operation.owned("RoleARN"),
    })?;
    Ok(operation.result(|_| ()))
}

fn protect(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let stack = operation.stack()?;
    let protected = operation.form.flag("EnableTerminationProtection");
    context.tell(Call::ProtectStack { stack: stack.clone(), protected })?;
    Ok(operation.result(|xml| xml.text("StackId", stack.as_str())))
}

fn policy(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    match context.call(Call::GetStackPolicy { stack: operation.stack()? })? {
        Answer::StackPolicy(policy) => Ok(operation.result(|xml| xml.maybe("StackPolicyBody", policy.as_ref()))),
        _ => Err(mismatch()),
    }
}

/// A policy in a bucket, `StackPolicyURL`, is not looked for.
fn set_policy(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let policy = operation.form.required("StackPolicyBody")?.to_owned();
    context.tell(Call::SetStackPolicy { stack: operation.stack()?, policy })?;
    Ok(operation.result(|_| ()))
}

fn written(xml: &mut Xml, stack: &Stack) {
    state(xml, stack);
    xml.maybe("ChangeSetId", stack.change_set.as_ref());
    parameters(xml, &stack.parameters);
    xml.list("Outputs", &stack.outputs, |xml, output| {
        xml.text("OutputKey", &output.key);
        xml.text("OutputValue", output.value.reveal());
        xml.maybe("ExportName", output.export.as_ref());
    });
    tags(xml, &stack.tags);
    xml.texts("NotificationARNs", &stack.notification_arns);
    guard(xml, &stack.guard);
    xml.maybe("RoleARN", stack.role.as_ref());
    xml.flag("EnableTerminationProtection", stack.termination_protection);
    xml.flag("DisableRollback", false);
    xml.within("DeploymentConfig", |xml| xml.text("Mode", if stack.express { "EXPRESS" } else { "STANDARD" }));
    xml.maybe("RootId", stack.root.as_ref());
    // The service knows the parent; of deeper nests the wire knows only the outermost.
    xml.maybe("ParentId", stack.root.as_ref());
    xml.within("DriftInformation", |xml| xml.text("StackDriftStatus", "NOT_CHECKED"));
    xml.list("LastOperations", &stack.operations, |xml, operation| {
        xml.text("OperationType", &operation.kind);
        xml.text("OperationId", &operation.id);
    });
}

fn state(xml: &mut Xml, stack: &Stack) {
    xml.text("StackId", &stack.id);
    xml.text("StackName", &stack.name);
    xml.time("CreationTime", stack.created);
    if let Some(updated) = stack.updated {
        xml.time("LastUpdatedTime", updated);
    }
    xml.text("StackStatus", stack.status.as_str());
    xml.maybe("StackStatusReason", stack.status_reason.as_ref());
}

pub(super) fn guard(xml: &mut Xml, guard: &Guard) {
    xml.within("RollbackConfiguration", |xml| {
        let alarms: Vec<&Alarm> = guard.alarms.iter().flatten().collect();
        xml.list("RollbackTriggers", &alarms, |xml, alarm| {
            xml.text("Arn", alarm.arn());
            xml.text("Type", alarm.type_name());
        });
        xml.text("MonitoringTimeInMinutes", guard.minutes.get().to_string());
    });
}

pub(super) fn parameters(xml: &mut Xml, parameters: &[ParameterValue]) {
    xml.list("Parameters", parameters, |xml, parameter| {
        xml.text("ParameterKey", &parameter.key);
        match &parameter.value {
            Some(value) => xml.text("ParameterValue", value.reveal()),
            None => xml.flag("UsePreviousValue", true),
        }
    });
}

pub(super) fn tags(xml: &mut Xml, tags: &[Tag]) {
    xml.list("Tags", tags, |xml, tag| {
        xml.text("Key", &tag.key);
        xml.text("Value", &tag.value);
    });
}
