//! What stacks export, and who imports it.

use super::operation::{Operation, next};
use crate::cloud::{Answer, Call, Failure};
use crate::wire::context::{Context, mismatch};

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "ListImports" => imports(context, operation),
        "ListExports" => exports(context, operation),
        _ => return None,
    })
}

fn imports(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let export = operation.form.required("ExportName")?.to_owned();
    let call = Call::ListImports { export, page: operation.page() };
    let Answer::Imports(stacks, page) = context.call(call)? else { return Err(mismatch()) };
    Ok(operation.result(|xml| {
        xml.texts("Imports", &stacks);
        next(xml, page.as_ref());
    }))
}

/// Exports are the outputs of stacks that have such a name.
fn exports(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let call = Call::DescribeStacks { stack: None, page: operation.page() };
    let Answer::Stacks(stacks, page) = context.call(call)? else { return Err(mismatch()) };
    let exports: Vec<_> = stacks
        .iter()
        .flat_map(|stack| stack.outputs.iter().map(move |output| (stack, output)))
        .filter_map(|(stack, output)| Some((&stack.id, output.export.as_ref()?, &output.value)))
        .collect();
    Ok(operation.result(|xml| {
        xml.list("Exports", &exports, |xml, (stack, name, value)| {
            xml.text("ExportingStackId", stack);
            xml.text("Name", name);
            xml.text("Value", value.reveal());
        });
        next(xml, page.as_ref());
    }))
}
