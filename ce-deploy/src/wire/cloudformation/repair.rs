//! Ending an update, and getting a stack out of a state it is stuck in.

use super::operation::Operation;
use crate::cloud::{Call, Failure};
use crate::wire::context::Context;

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "CancelUpdateStack" => cancel(context, operation),
        "ContinueUpdateRollback" => continue_rollback(context, operation),
        "RollbackStack" => rollback(context, operation),
        _ => return None,
    })
}

fn cancel(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let token = operation.token("ClientRequestToken");
    context.tell(Call::CancelUpdateStack { stack: operation.stack()?, token })?;
    Ok(operation.result(|_| ()))
}

fn continue_rollback(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    context.tell(Call::ContinueUpdateRollback {
        stack: operation.stack()?,
        token: operation.token("ClientRequestToken"),
        skip: operation.form.texts("ResourcesToSkip"),
        role: operation.owned("RoleARN"),
    })?;
    Ok(operation.result(|_| ()))
}

fn rollback(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let stack = operation.stack()?;
    context.tell(Call::RollbackStack {
        stack: stack.clone(),
        token: operation.token("ClientRequestToken"),
        role: operation.owned("RoleARN"),
    })?;
    Ok(operation.result(|xml| xml.text("StackId", stack.as_str())))
}
