//! Moving resources between stacks without touching them.

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::operation::describe_stack_refactor::DescribeStackRefactorOutput;
use aws_sdk_cloudformation::types::{
    ResourceLocation, ResourceMapping, StackDefinition, StackRefactorExecutionStatus, StackRefactorStatus,
};
use ce_deploy::cloud::{Answer, Call, Failure, RefactorState};

use super::read::needed;
use crate::aws::refusal::failure;

pub(super) async fn ask(client: &Client, call: Call) -> Result<Answer, Failure> {
    match call {
        Call::CreateRefactor { stacks, moves, creates } => {
            let stacks = stacks
                .into_iter()
                .map(|(name, text)| StackDefinition::builder().stack_name(name).template_body(text).build());
            let moves = moves
                .into_iter()
                .map(|(from, to)| ResourceMapping::builder().source(location(from)).destination(location(to)).build());
            let request = client.create_stack_refactor().set_stack_definitions(Some(stacks.collect()));
            let request = request.set_resource_mappings(Some(moves.collect())).enable_stack_creation(creates);
            let made = request.send().await.map_err(|error| failure(&error))?;
            needed(made.stack_refactor_id, "StackRefactorId").map(Answer::RefactorCreated)
        }
        Call::DescribeRefactor { refactor } => {
            let request = client.describe_stack_refactor().stack_refactor_id(refactor);
            let found = request.send().await.map_err(|error| failure(&error))?;
            Ok(Answer::Refactor(state(found)))
        }
        Call::ExecuteRefactor { refactor } => {
            let request = client.execute_stack_refactor().stack_refactor_id(refactor);
            request.send().await.map_err(|error| failure(&error))?;
            Ok(Answer::Done)
        }
        _ => Err(Failure::garbled("no call for a refactoring")),
    }
}

fn location([stack, logical_id]: [String; 2]) -> ResourceLocation {
    ResourceLocation::builder().stack_name(stack).logical_resource_id(logical_id).build()
}

fn state(found: DescribeStackRefactorOutput) -> RefactorState {
    use StackRefactorExecutionStatus as E;
    let executed = found.execution_status_reason.unwrap_or_default();
    match (found.status, found.execution_status) {
        (Some(StackRefactorStatus::CreateFailed), _) => RefactorState::Failed(found.status_reason.unwrap_or_default()),
        (_, Some(E::ExecuteComplete)) => RefactorState::Complete,
        (_, Some(E::ExecuteFailed | E::RollbackComplete | E::RollbackFailed | E::Obsolete)) => {
            RefactorState::Failed(executed)
        }
        (Some(StackRefactorStatus::CreateComplete), Some(E::Available)) => RefactorState::Ready,
        _ => RefactorState::InProgress,
    }
}
