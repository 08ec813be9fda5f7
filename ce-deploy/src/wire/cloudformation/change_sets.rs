//! Change sets, from their making to their execution.

use std::collections::BTreeSet;

use super::changes;
use super::operation::{Operation, next, stack_name};
use super::stacks::{guard as written_guard, parameters, tags};
use super::templates::as_json;
use crate::cloud::{
    Alarm, Answer, Call, Capability, ChangeSetAnswer, ChangeSetRequest, ChangeSetState, ChangeSetType, ExecutionState,
    Failure, Guard, ImportedResource, MOST_ALARMS, Minutes, Mode, OnFailure, ParameterValue, Tag, Template,
};
use crate::wire::context::{Context, mismatch};
use crate::wire::form::Form;
use crate::wire::xml::Xml;

pub(super) fn answer(context: &mut Context<'_>, operation: &Operation<'_>) -> Option<Result<Vec<u8>, Failure>> {
    Some(match operation.action {
        "CreateChangeSet" => create(context, operation),
        "DescribeChangeSet" => describe(context, operation),
        "ListChangeSets" => list(context, operation),
        "ExecuteChangeSet" => execute(context, operation),
        "DeleteChangeSet" => delete(context, operation),
        _ => return None,
    })
}

fn create(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let call = Call::CreateChangeSet(Box::new(request(operation)?));
    let Answer::ChangeSetCreated { change_set, stack } = context.call(call)? else { return Err(mismatch()) };
    Ok(operation.result(|xml| {
        xml.text("Id", &change_set);
        xml.text("StackId", &stack);
    }))
}

fn request(operation: &Operation<'_>) -> Result<ChangeSetRequest, Failure> {
    let form = operation.form;
    let deployment = form.below("DeploymentConfig");
    let mode = match (form.text("DeploymentMode"), deployment.text("Mode")) {
        (Some("REVERT_DRIFT"), _) => Mode::RevertDrift,
        (_, Some("EXPRESS")) => Mode::Express,
        _ => Mode::Standard,
    };
    Ok(ChangeSetRequest {
        stack: operation.stack()?,
        name: form.required("ChangeSetName")?.to_owned(),
        kind: match form.text("ChangeSetType") {
            Some("CREATE") => ChangeSetType::Create,
            Some("IMPORT") => ChangeSetType::Import,
            None | Some("UPDATE") => ChangeSetType::Update,
            Some(other) => return Err(no_member("changeSetType", other)),
        },
        template: template(form)?,
        parameters: form.members("Parameters").iter().map(parameter).collect::<Result<_, _>>()?,
        tags: form.has_list("Tags").then(|| form.members("Tags").iter().map(tag).collect()).transpose()?,
        capabilities: capabilities(form),
        role: operation.owned("RoleARN"),
        notification_arns: form.has_list("NotificationARNs").then(|| form.texts("NotificationARNs")),
        guard: guard(form)?,
        token: operation.token("ClientToken"),
        on_failure: match form.text("OnStackFailure") {
            Some("ROLLBACK") => Some(OnFailure::Rollback),
            Some("DELETE") => Some(OnFailure::Delete),
            Some("DO_NOTHING") => Some(OnFailure::Nothing),
            None => None,
            Some(other) => return Err(no_member("onStackFailure", other)),
        },
        include_nested: form.flag("IncludeNestedStacks"),
        imports: form.members("ResourcesToImport").iter().map(import).collect::<Result<_, _>>()?,
        mode,
        // Source: user guide, express mode: rollback is disabled unless it is asked for.
        disable_rollback: mode == Mode::Express && deployment.text("DisableRollback") != Some("false"),
    })
}

/// An empty list of triggers takes those away that are there; none leaves them.
fn guard(form: &Form) -> Result<Option<Guard>, Failure> {
    if !form.has_list("RollbackConfiguration") {
        return Ok(None);
    }
    let form = form.below("RollbackConfiguration");
    let wrong = |words: String| Failure::answered("ValidationError", words);
    let alarm = |form: &Form| {
        let (arn, type_name) = (form.required("Arn")?, form.required("Type")?);
        Alarm::of(arn, type_name).map_err(|error| wrong(error.to_string()))
    };
    let alarms = form.members("RollbackTriggers").iter().map(alarm).collect::<Result<BTreeSet<_>, _>>()?;
    if alarms.len() > MOST_ALARMS {
        return Err(wrong(format!("At most {MOST_ALARMS} rollback triggers can be specified")));
    }
    let minutes = form.text("MonitoringTimeInMinutes").unwrap_or("0").parse::<Minutes>();
    Ok(Some(Guard {
        alarms: form.has_list("RollbackTriggers").then_some(alarms),
        minutes: minutes.map_err(|error| wrong(error.to_string()))?,
    }))
}

fn template(form: &Form) -> Result<Template, Failure> {
    match (form.text("TemplateBody"), form.text("TemplateURL")) {
        (Some(body), None) => as_json(body).map(Template::Body),
        (None, Some(url)) => Ok(Template::Url(url.to_owned())),
        (None, None) if form.flag("UsePreviousTemplate") => Ok(Template::Previous),
        _ => Err(Failure::answered("ValidationError", "Either Template URL or Template Body must be specified.")),
    }
}

fn parameter(form: &Form) -> Result<ParameterValue, Failure> {
    let key = form.required("ParameterKey")?.to_owned();
    Ok(ParameterValue { key, value: form.secret("ParameterValue").filter(|_| !form.flag("UsePreviousValue")) })
}

fn tag(form: &Form) -> Result<Tag, Failure> {
    Ok(Tag { key: form.required("Key")?.to_owned(), value: form.text("Value").unwrap_or_default().to_owned() })
}

fn import(form: &Form) -> Result<ImportedResource, Failure> {
    Ok(ImportedResource {
        type_name: form.required("ResourceType")?.to_owned(),
        logical_id: form.required("LogicalResourceId")?.to_owned(),
        identifier: form.entries("ResourceIdentifier"),
    })
}

/// `CAPABILITY_IAM` alone is given by nobody who deploys here, so it counts as the wider one.
fn capabilities(form: &Form) -> Vec<Capability> {
    let mut capabilities: Vec<_> = form
        .texts("Capabilities")
        .iter()
        .filter_map(|word| match word.as_str() {
            "CAPABILITY_IAM" | "CAPABILITY_NAMED_IAM" => Some(Capability::NamedIam),
            "CAPABILITY_AUTO_EXPAND" => Some(Capability::AutoExpand),
            _ => None,
        })
        .collect();
    capabilities.sort_unstable();
    capabilities.dedup();
    capabilities
}

fn describe(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let call = Call::DescribeChangeSet {
        stack: operation.stack_beside("ChangeSetName")?,
        change_set: operation.form.required("ChangeSetName")?.to_owned(),
        page: operation.page(),
    };
    let Answer::ChangeSet(change_set) = context.call(call)? else { return Err(mismatch()) };
    Ok(operation.result(|xml| written(xml, &change_set, context.now.0)))
}

fn written(xml: &mut Xml, change_set: &ChangeSetAnswer, now: u64) {
    xml.text("ChangeSetName", &change_set.name);
    xml.text("ChangeSetId", &change_set.id);
    xml.text("StackId", &change_set.stack);
    xml.text("StackName", stack_name(&change_set.stack));
    xml.time("CreationTime", now);
    xml.text("ExecutionStatus", execution(change_set.execution));
    xml.text("Status", state(change_set.state));
    xml.maybe("StatusReason", change_set.reason.as_ref());
    parameters(xml, &change_set.parameters);
    tags(xml, &change_set.tags);
    if let Some(guard) = &change_set.guard {
        written_guard(xml, guard);
    }
    xml.list("Changes", &change_set.changes, changes::written);
    next(xml, change_set.next.as_ref());
}

fn list(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    let call = Call::ListChangeSets { stack: operation.stack()?, page: operation.page() };
    let Answer::ChangeSets(change_sets, page) = context.call(call)? else { return Err(mismatch()) };
    Ok(operation.result(|xml| {
        xml.list("Summaries", &change_sets, |xml, (id, name, state)| {
            xml.text("ChangeSetId", id);
            xml.text("ChangeSetName", name);
            xml.text("ExecutionStatus", execution(*state));
        });
        next(xml, page.as_ref());
    }))
}

fn execute(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    context.tell(Call::ExecuteChangeSet {
        stack: operation.stack_beside("ChangeSetName")?,
        change_set: operation.form.required("ChangeSetName")?.to_owned(),
        token: operation.token("ClientRequestToken"),
        disable_rollback: operation.form.flag("DisableRollback"),
        retain_except_on_create: operation.form.flag("RetainExceptOnCreate"),
    })?;
    Ok(operation.result(|_| ()))
}

fn delete(context: &mut Context<'_>, operation: &Operation<'_>) -> Result<Vec<u8>, Failure> {
    context.tell(Call::DeleteChangeSet {
        stack: operation.stack_beside("ChangeSetName")?,
        change_set: operation.form.required("ChangeSetName")?.to_owned(),
    })?;
    Ok(operation.result(|_| ()))
}

fn state(state: ChangeSetState) -> &'static str {
    match state {
        ChangeSetState::InProgress => "CREATE_IN_PROGRESS",
        ChangeSetState::Complete => "CREATE_COMPLETE",
        ChangeSetState::Failed => "FAILED",
        ChangeSetState::Deleted => "DELETE_COMPLETE",
    }
}

fn execution(state: ExecutionState) -> &'static str {
    match state {
        ExecutionState::Unavailable => "UNAVAILABLE",
        ExecutionState::Available => "AVAILABLE",
        ExecutionState::InProgress => "EXECUTE_IN_PROGRESS",
        ExecutionState::Complete => "EXECUTE_COMPLETE",
        ExecutionState::Failed => "EXECUTE_FAILED",
        ExecutionState::Obsolete => "OBSOLETE",
    }
}

fn no_member(what: &str, given: &str) -> Failure {
    let message = format!("1 validation error detected: Value '{given}' at '{what}' failed to satisfy enum value set");
    Failure::answered("ValidationError", message)
}
