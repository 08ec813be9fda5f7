//! The resources of a stack.

use super::operation::{Operation, next};
use crate::cloud::{Answer, Call, Failure, Page, StackRef, StackResource};
use crate::wire::context::{Context, mismatch};
use crate::wire::xml::Xml;

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "ListStackResources" => list(context, operation),
        "DescribeStackResources" => describe_all(context, operation),
        "DescribeStackResource" => describe(context, operation),
        _ => return None,
    })
}

fn list(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let (resources, page) = asked(context, operation.stack()?, operation.page())?;
    let now = context.now.0;
    Ok(operation.result(|xml| {
        xml.list("StackResourceSummaries", &resources, |xml, resource| {
            written(xml, resource);
            xml.time("LastUpdatedTimestamp", now);
        });
        next(xml, page.as_ref());
    }))
}

fn describe_all(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let stack = operation.stack()?;
    let wanted = operation.form.text("LogicalResourceId");
    let mut resources = all(context, &stack)?;
    resources.retain(|resource| wanted.is_none_or(|id| id == resource.logical_id));
    let now = context.now.0;
    Ok(operation.result(|xml| {
        xml.list("StackResources", &resources, |xml, resource| {
            xml.text("StackName", stack.as_str());
            written(xml, resource);
            xml.time("Timestamp", now);
        });
    }))
}

fn describe(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let stack = operation.stack()?;
    let wanted = operation.form.required("LogicalResourceId")?;
    let resources = all(context, &stack)?;
    let resource = resources.iter().find(|resource| resource.logical_id == wanted).ok_or_else(|| {
        let message = format!("Resource {wanted} does not exist for stack {stack}");
        Failure::answered("ValidationError", message)
    })?;
    let now = context.now.0;
    Ok(operation.result(|xml| {
        xml.within("StackResourceDetail", |xml| {
            xml.text("StackName", stack.as_str());
            written(xml, resource);
            xml.time("LastUpdatedTimestamp", now);
        });
    }))
}

fn all(context: &mut Context<'_>, stack: &StackRef) -> Result<Vec<StackResource>, Failure> {
    let mut all = Vec::new();
    let mut page = Page::first();
    loop {
        let (resources, next) = asked(context, stack.clone(), page)?;
        all.extend(resources);
        match next {
            Some(next) => page = next,
            None => return Ok(all),
        }
    }
}

fn asked(
    context: &mut Context<'_>,
    stack: StackRef,
    page: Page,
) -> Result<(Vec<StackResource>, Option<Page>), Failure> {
    match context.call(Call::ListStackResources { stack, page })? {
        Answer::Resources(resources, page) => Ok((resources, page)),
        _ => Err(mismatch()),
    }
}

fn written(xml: &mut Xml, resource: &StackResource) {
    xml.text("LogicalResourceId", &resource.logical_id);
    xml.maybe("PhysicalResourceId", resource.physical_id.as_ref());
    xml.text("ResourceType", &resource.type_name);
    xml.text("ResourceStatus", &resource.status);
    xml.maybe("ResourceStatusReason", resource.status_reason.as_ref());
    xml.within("DriftInformation", |xml| xml.text("StackResourceDriftStatus", "NOT_CHECKED"));
}
