//! Reading, executing and deleting change sets.

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::operation::describe_change_set::DescribeChangeSetOutput;
use aws_sdk_cloudformation::types::{self, ChangeSetStatus, ExecutionStatus};
use ce_deploy::cloud::{
    Action, Answer, Call, Change, ChangeDetail, ChangeSetAnswer, ChangeSetState, Evaluation, ExecutionState, Failure,
    IgnoredDrift, IgnoredReason, Recreation, Replacement,
};

use super::read::{guard, needed, page, parameter, tag};
use crate::aws::refusal::failure;

pub(super) async fn ask(client: &Client, call: Call) -> Result<Answer, Failure> {
    match call {
        Call::DescribeChangeSet { stack, change_set, page: from } => {
            let request = client.describe_change_set().stack_name(stack.as_str()).change_set_name(change_set);
            let found = request.set_next_token(from.0).send().await.map_err(|error| failure(&error))?;
            Ok(Answer::ChangeSet(Box::new(of_service(found)?)))
        }
        Call::ListChangeSets { stack, page: from } => {
            let request = client.list_change_sets().stack_name(stack.as_str()).set_next_token(from.0);
            let found = request.send().await.map_err(|error| failure(&error))?;
            let summaries: Result<_, _> = found.summaries.unwrap_or_default().into_iter().map(summary).collect();
            Ok(Answer::ChangeSets(summaries?, page(found.next_token)))
        }
        Call::ExecuteChangeSet { stack, change_set, token, disable_rollback, retain_except_on_create } => {
            let request = client.execute_change_set().stack_name(stack.as_str()).change_set_name(change_set);
            let request = request
                .client_request_token(token.as_str())
                .set_disable_rollback(disable_rollback.then_some(true))
                .set_retain_except_on_create(retain_except_on_create.then_some(true));
            request.send().await.map_err(|error| failure(&error))?;
            Ok(Answer::Done)
        }
        Call::DeleteChangeSet { stack, change_set } => {
            let request = client.delete_change_set().stack_name(stack.as_str()).change_set_name(change_set);
            request.send().await.map_err(|error| failure(&error))?;
            Ok(Answer::Done)
        }
        _ => Err(Failure::garbled("no call for change sets")),
    }
}

fn summary(found: types::ChangeSetSummary) -> Result<(String, String, ExecutionState), Failure> {
    let state = execution(found.execution_status.as_ref());
    Ok((needed(found.change_set_id, "ChangeSetId")?, found.change_set_name.unwrap_or_default(), state))
}

fn of_service(found: DescribeChangeSetOutput) -> Result<ChangeSetAnswer, Failure> {
    let changes = found.changes.unwrap_or_default().into_iter().filter_map(|change| change.resource_change);
    let changes: Result<_, _> = changes.map(change).collect();
    Ok(ChangeSetAnswer {
        id: needed(found.change_set_id, "ChangeSetId")?,
        name: found.change_set_name.unwrap_or_default(),
        stack: needed(found.stack_id, "StackId")?,
        state: state(found.status.as_ref())?,
        reason: found.status_reason,
        execution: execution(found.execution_status.as_ref()),
        changes: changes?,
        parameters: found.parameters.unwrap_or_default().into_iter().map(parameter).collect(),
        tags: found.tags.unwrap_or_default().into_iter().map(tag).collect(),
        guard: found.rollback_configuration.map(guard),
        next: page(found.next_token),
    })
}

fn state(status: Option<&ChangeSetStatus>) -> Result<ChangeSetState, Failure> {
    use ChangeSetStatus as S;
    Ok(match status {
        Some(S::CreatePending | S::CreateInProgress) => ChangeSetState::InProgress,
        Some(S::CreateComplete) => ChangeSetState::Complete,
        Some(S::Failed) => ChangeSetState::Failed,
        Some(S::DeletePending | S::DeleteInProgress | S::DeleteComplete | S::DeleteFailed) => ChangeSetState::Deleted,
        _ => return Err(Failure::garbled("a change set in a state that is not known here")),
    })
}

fn execution(status: Option<&ExecutionStatus>) -> ExecutionState {
    use ExecutionStatus as S;
    match status {
        Some(S::Available) => ExecutionState::Available,
        Some(S::ExecuteInProgress) => ExecutionState::InProgress,
        Some(S::ExecuteComplete) => ExecutionState::Complete,
        Some(S::ExecuteFailed) => ExecutionState::Failed,
        Some(S::Obsolete) => ExecutionState::Obsolete,
        _ => ExecutionState::Unavailable,
    }
}

fn change(change: types::ResourceChange) -> Result<Change, Failure> {
    Ok(Change {
        action: action(change.action.as_ref())?,
        logical_id: change.logical_resource_id.unwrap_or_default(),
        physical_id: change.physical_resource_id,
        type_name: change.resource_type.unwrap_or_default(),
        replacement: change.replacement.as_ref().map(replacement),
        policy_action: change.policy_action.map(|action| action.as_str().to_owned()),
        details: change.details.unwrap_or_default().into_iter().map(detail).collect(),
        nested: change.change_set_id,
        ignored: change.resource_drift_ignored_attributes.unwrap_or_default().into_iter().map(ignored).collect(),
    })
}

fn ignored(attribute: types::ResourceDriftIgnoredAttribute) -> IgnoredDrift {
    let reason = attribute.reason.as_ref().map(types::DriftIgnoredReason::as_str).unwrap_or_default();
    IgnoredDrift { path: attribute.path.unwrap_or_default(), reason: IgnoredReason::of_service(reason) }
}

fn action(action: Option<&types::ChangeAction>) -> Result<Action, Failure> {
    use types::ChangeAction as A;
    Ok(match action {
        Some(A::Add) => Action::Add,
        Some(A::Modify) => Action::Modify,
        Some(A::Remove) => Action::Remove,
        Some(A::Import) => Action::Import,
        Some(A::Dynamic) => Action::Dynamic,
        Some(A::SyncWithActual) => Action::SyncWithActual,
        _ => return Err(Failure::garbled("a change of a kind that is not known here")),
    })
}

/// What is not known counts as the worse.
fn replacement(replacement: &types::Replacement) -> Replacement {
    match replacement {
        types::Replacement::False => Replacement::False,
        types::Replacement::True => Replacement::True,
        _ => Replacement::Conditional,
    }
}

fn detail(detail: types::ResourceChangeDetail) -> ChangeDetail {
    let target = detail.target.unwrap_or_else(|| types::ResourceTargetDefinition::builder().build());
    ChangeDetail {
        attribute: target.attribute.map(|attribute| attribute.as_str().to_owned()).unwrap_or_default(),
        name: target.name,
        recreation: match target.requires_recreation {
            None | Some(types::RequiresRecreation::Never) => Recreation::Never,
            Some(types::RequiresRecreation::Always) => Recreation::Always,
            Some(_) => Recreation::Conditionally,
        },
        evaluation: match detail.evaluation {
            Some(types::EvaluationType::Static) => Evaluation::Static,
            _ => Evaluation::Dynamic,
        },
        source: detail.change_source.map(|source| source.as_str().to_owned()),
        cause: detail.causing_entity,
    }
}
