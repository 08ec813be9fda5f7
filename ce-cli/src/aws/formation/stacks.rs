//! Stacks: reading them, deleting them, getting them out of a bad state.

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::types::{self, DeploymentConfigMode, TemplateStage};
use ce_deploy::cloud::{Answer, Call, Failure, Operation, Output, Secret, Stack, StackResource};

use super::read::{guard, moment, needed, page, parameter, tag};
use crate::aws::refusal::failure;

pub(super) async fn ask(client: &Client, call: Call) -> Result<Answer, Failure> {
    match call {
        Call::DescribeStacks { stack, page: from } => {
            let name = stack.map(|stack| stack.as_str().to_owned());
            let request = client.describe_stacks().set_stack_name(name).set_next_token(from.0);
            let found = request.send().await.map_err(|error| failure(&error))?;
            let stacks: Result<_, _> = found.stacks.unwrap_or_default().into_iter().map(of_service).collect();
            Ok(Answer::Stacks(stacks?, page(found.next_token)))
        }
        Call::ListStackResources { stack, page: from } => {
            let request = client.list_stack_resources().stack_name(stack.as_str()).set_next_token(from.0);
            let found = request.send().await.map_err(|error| failure(&error))?;
            let resources = found.stack_resource_summaries.unwrap_or_default();
            Ok(Answer::Resources(resources.into_iter().map(resource).collect(), page(found.next_token)))
        }
        Call::GetTemplate { stack, change_set } => {
            let name = change_set.is_none().then(|| stack.as_str().to_owned());
            let request = client.get_template().set_stack_name(name).set_change_set_name(change_set);
            let request = request.template_stage(TemplateStage::Original);
            let found = request.send().await.map_err(|error| failure(&error))?;
            needed(found.template_body, "TemplateBody").map(Answer::Template)
        }
        Call::GetStackPolicy { stack } => {
            let request = client.get_stack_policy().stack_name(stack.as_str());
            let found = request.send().await.map_err(|error| failure(&error))?;
            Ok(Answer::StackPolicy(found.stack_policy_body.filter(|policy| !policy.is_empty())))
        }
        Call::ListImports { export, page: from } => {
            let request = client.list_imports().export_name(export).set_next_token(from.0);
            let found = request.send().await.map_err(|error| failure(&error))?;
            Ok(Answer::Imports(found.imports.unwrap_or_default(), page(found.next_token)))
        }
        call => change(client, call).await,
    }
}

async fn change(client: &Client, call: Call) -> Result<Answer, Failure> {
    match call {
        Call::DeleteStack { stack, token, retain, role } => {
            let retain = (!retain.is_empty()).then_some(retain);
            let request = client.delete_stack().stack_name(stack.as_str()).client_request_token(token.as_str());
            let request = request.set_retain_resources(retain).set_role_arn(role);
            request.send().await.map_err(|error| failure(&error))?;
        }
        Call::CancelUpdateStack { stack, token } => {
            let request = client.cancel_update_stack().stack_name(stack.as_str());
            request.client_request_token(token.as_str()).send().await.map_err(|error| failure(&error))?;
        }
        Call::ContinueUpdateRollback { stack, token, skip, role } => {
            let skip = (!skip.is_empty()).then_some(skip);
            let request = client.continue_update_rollback().stack_name(stack.as_str());
            let request = request.client_request_token(token.as_str()).set_resources_to_skip(skip).set_role_arn(role);
            request.send().await.map_err(|error| failure(&error))?;
        }
        Call::RollbackStack { stack, token, role } => {
            let request = client.rollback_stack().stack_name(stack.as_str());
            let request = request.client_request_token(token.as_str()).set_role_arn(role);
            request.send().await.map_err(|error| failure(&error))?;
        }
        Call::ProtectStack { stack, protected } => {
            let request = client.update_termination_protection().stack_name(stack.as_str());
            request.enable_termination_protection(protected).send().await.map_err(|error| failure(&error))?;
        }
        Call::SetStackPolicy { stack, policy } => {
            let request = client.set_stack_policy().stack_name(stack.as_str()).stack_policy_body(policy);
            request.send().await.map_err(|error| failure(&error))?;
        }
        _ => return Err(Failure::garbled("no call to CloudFormation")),
    }
    Ok(Answer::Done)
}

fn of_service(stack: types::Stack) -> Result<Stack, Failure> {
    let status = stack.stack_status.as_ref().map(|status| status.as_str()).unwrap_or_default();
    let status = status.parse().map_err(|error| Failure::garbled(format!("{error}")))?;
    let mut found = Stack::new(needed(stack.stack_id, "StackId")?, needed(stack.stack_name, "StackName")?, status);
    found.status_reason = stack.stack_status_reason;
    found.outputs = stack.outputs.unwrap_or_default().into_iter().map(output).collect();
    found.parameters = stack.parameters.unwrap_or_default().into_iter().map(parameter).collect();
    found.tags = stack.tags.unwrap_or_default().into_iter().map(tag).collect();
    found.termination_protection = stack.enable_termination_protection.unwrap_or_default();
    found.role = stack.role_arn;
    found.root = stack.root_id;
    found.created = moment(stack.creation_time);
    found.updated = stack.last_updated_time.map(|time| moment(Some(time)));
    found.change_set = stack.change_set_id;
    found.operations = stack.last_operations.unwrap_or_default().into_iter().map(operation).collect();
    found.notification_arns = stack.notification_arns.unwrap_or_default();
    found.express = stack.deployment_config.and_then(|config| config.mode) == Some(DeploymentConfigMode::Express);
    found.guard = stack.rollback_configuration.map(guard).unwrap_or_default();
    Ok(found)
}

fn output(output: types::Output) -> Output {
    Output {
        key: output.output_key.unwrap_or_default(),
        value: Secret::new(output.output_value.unwrap_or_default()),
        export: output.export_name,
    }
}

fn operation(operation: types::OperationEntry) -> Operation {
    Operation {
        kind: operation.operation_type.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        id: operation.operation_id.unwrap_or_default(),
    }
}

fn resource(resource: types::StackResourceSummary) -> StackResource {
    StackResource {
        logical_id: resource.logical_resource_id.unwrap_or_default(),
        physical_id: resource.physical_resource_id,
        type_name: resource.resource_type.unwrap_or_default(),
        status: resource.resource_status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
        status_reason: resource.resource_status_reason,
    }
}
