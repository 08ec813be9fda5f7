//! Making a change set.

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::types::{
    self, DeploymentConfig, DeploymentConfigMode, DeploymentMode, OnStackFailure, ResourceToImport,
    RollbackConfiguration, RollbackTrigger,
};
use ce_deploy::cloud::{
    Alarm, Answer, Capability, ChangeSetRequest, ChangeSetType, Failure, Guard, ImportedResource, Mode, OnFailure,
    ParameterValue, Tag, Template,
};

use super::read::needed;
use crate::aws::refusal::failure;

pub(super) async fn create(client: &Client, request: ChangeSetRequest) -> Result<Answer, Failure> {
    let mut call = client
        .create_change_set()
        .stack_name(request.stack.as_str())
        .change_set_name(request.name)
        .change_set_type(kind(request.kind))
        .client_token(request.token.as_str())
        .set_parameters(some(request.parameters.into_iter().map(parameter).collect()))
        .set_tags(request.tags.map(|tags| tags.into_iter().map(tag).collect()))
        .set_capabilities(some(request.capabilities.into_iter().map(capability).collect()))
        .set_role_arn(request.role)
        .set_notification_arns(request.notification_arns)
        .set_on_stack_failure(request.on_failure.map(on_failure))
        .set_resources_to_import(some(request.imports.into_iter().map(import).collect()));
    if let Some(guard) = request.guard {
        call = call.rollback_configuration(rollback(&guard));
    }
    if request.include_nested {
        call = call.include_nested_stacks(true);
    }
    call = match request.template {
        Template::Body(text) => call.template_body(text),
        Template::Url(url) => call.template_url(url),
        Template::Previous => call.use_previous_template(true),
    };
    call = match request.mode {
        Mode::Standard => call,
        // Without a word about it, express mode puts nothing back.
        Mode::Express => {
            let config = DeploymentConfig::builder().mode(DeploymentConfigMode::Express);
            call.deployment_config(config.disable_rollback(request.disable_rollback).build())
        }
        Mode::RevertDrift => call.deployment_mode(DeploymentMode::RevertDrift),
    };
    let made = call.send().await.map_err(|error| failure(&error))?;
    Ok(Answer::ChangeSetCreated { change_set: needed(made.id, "Id")?, stack: needed(made.stack_id, "StackId")? })
}

/// An empty list is not sent: for some operations it is another thing than none.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

fn kind(kind: ChangeSetType) -> types::ChangeSetType {
    match kind {
        ChangeSetType::Create => types::ChangeSetType::Create,
        ChangeSetType::Update => types::ChangeSetType::Update,
        ChangeSetType::Import => types::ChangeSetType::Import,
    }
}

fn parameter(parameter: ParameterValue) -> types::Parameter {
    let builder = types::Parameter::builder().parameter_key(parameter.key);
    match parameter.value {
        Some(value) => builder.parameter_value(value.reveal()),
        None => builder.use_previous_value(true),
    }
    .build()
}

fn tag(tag: Tag) -> types::Tag {
    types::Tag::builder().key(tag.key).value(tag.value).build()
}

fn capability(capability: Capability) -> types::Capability {
    match capability {
        Capability::NamedIam => types::Capability::CapabilityNamedIam,
        Capability::AutoExpand => types::Capability::CapabilityAutoExpand,
    }
}

fn on_failure(on_failure: OnFailure) -> OnStackFailure {
    match on_failure {
        OnFailure::Rollback => OnStackFailure::Rollback,
        OnFailure::Delete => OnStackFailure::Delete,
        OnFailure::Nothing => OnStackFailure::DoNothing,
    }
}

/// An empty list takes triggers away, none leaves them.
fn rollback(guard: &Guard) -> RollbackConfiguration {
    let trigger = |alarm: &Alarm| RollbackTrigger::builder().arn(alarm.arn()).r#type(alarm.type_name()).build();
    let triggers = guard.alarms.as_ref().map(|alarms| alarms.iter().map(trigger).collect());
    let minutes = i32::from(guard.minutes.get());
    RollbackConfiguration::builder().set_rollback_triggers(triggers).monitoring_time_in_minutes(minutes).build()
}

fn import(resource: ImportedResource) -> ResourceToImport {
    ResourceToImport::builder()
        .resource_type(resource.type_name)
        .logical_resource_id(resource.logical_id)
        .set_resource_identifier(Some(resource.identifier.into_iter().collect()))
        .build()
}
