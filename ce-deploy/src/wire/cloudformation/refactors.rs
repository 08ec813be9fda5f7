//! Moving resources between stacks.

use super::operation::Operation;
use super::templates::as_json;
use crate::cloud::{Answer, Call, Failure, RefactorState};
use crate::wire::context::{Context, mismatch};
use crate::wire::form::Form;

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "CreateStackRefactor" => create(context, operation),
        "DescribeStackRefactor" => describe(context, operation),
        "ExecuteStackRefactor" => execute(context, operation),
        _ => return None,
    })
}

fn create(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let form = operation.form;
    let stacks = form.members("StackDefinitions").iter().map(definition).collect::<Result<_, _>>()?;
    let moves = form.members("ResourceMappings").iter().map(mapping).collect::<Result<_, _>>()?;
    let call = Call::CreateRefactor { stacks, moves, creates: form.flag("EnableStackCreation") };
    let Answer::RefactorCreated(refactor) = context.call(call)? else { return Err(mismatch()) };
    Ok(operation.result(|xml| xml.text("StackRefactorId", &refactor)))
}

fn definition(form: &Form) -> Result<(String, String), Failure> {
    Ok((form.required("StackName")?.to_owned(), as_json(form.required("TemplateBody")?)?))
}

fn mapping(form: &Form) -> Result<([String; 2], [String; 2]), Failure> {
    let side = |side: &Form| -> Result<[String; 2], Failure> {
        Ok([side.required("StackName")?.to_owned(), side.required("LogicalResourceId")?.to_owned()])
    };
    Ok((side(&form.below("Source"))?, side(&form.below("Destination"))?))
}

fn describe(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let refactor = operation.form.required("StackRefactorId")?.to_owned();
    let Answer::Refactor(state) = context.call(Call::DescribeRefactor { refactor: refactor.clone() })? else {
        return Err(mismatch());
    };
    let (status, execution, reason) = match state {
        RefactorState::InProgress => ("CREATE_IN_PROGRESS", "UNAVAILABLE", None),
        RefactorState::Ready => ("CREATE_COMPLETE", "AVAILABLE", None),
        RefactorState::Complete => ("CREATE_COMPLETE", "EXECUTE_COMPLETE", None),
        RefactorState::Failed(reason) => ("CREATE_FAILED", "EXECUTE_FAILED", Some(reason)),
    };
    Ok(operation.result(|xml| {
        xml.text("StackRefactorId", &refactor);
        xml.text("Status", status);
        xml.text("ExecutionStatus", execution);
        xml.maybe("StatusReason", reason.as_ref());
    }))
}

fn execute(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let refactor = operation.form.required("StackRefactorId")?.to_owned();
    context.tell(Call::ExecuteRefactor { refactor })?;
    Ok(operation.result(|_| ()))
}
