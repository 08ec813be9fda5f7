//! `@statements`, `@service_principal` and `@task_role_of`: what a role may do, and who uses it.

use crate::template::app::App;
use crate::template::value::{Lead, ResourceId, Text, Value};

/// Types that attach a policy to roles, users or groups, and the properties that name those.
const ATTACHING: &[(&str, &[&str])] = &[
    ("AWS::IAM::Policy", &["Roles", "Users", "Groups"]),
    ("AWS::IAM::ManagedPolicy", &["Roles", "Users", "Groups"]),
    ("AWS::IAM::RolePolicy", &["RoleName"]),
    ("AWS::IAM::UserPolicy", &["UserName"]),
    ("AWS::IAM::GroupPolicy", &["GroupName"]),
];

pub(super) fn statements(app: &App, id: ResourceId) -> Option<Value> {
    match app.resource(id).kind.as_str() {
        "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group" => Some(Value::List(granted(app, id))),
        _ => app.property(id, "PolicyDocument").map(|document| Value::List(of_document(document))),
    }
}

/// Every statement of a principal's inline and attached policies.
pub(crate) fn granted(app: &App, principal: ResourceId) -> Vec<Value> {
    let inline = app.property(principal, "Policies").map(Value::elements).unwrap_or_default();
    let inline = inline.into_iter().filter_map(|policy| policy.get("PolicyDocument"));
    let mut documents: Vec<&Value> = inline.collect();
    for (kind, properties) in ATTACHING {
        let attached = app.of_kind(kind).filter(|policy| {
            let mut named = properties.iter().filter_map(|property| app.property(*policy, property));
            named.any(|principals| app.leads_to(principals, principal)) || carries(app, principal, *policy)
        });
        documents.extend(attached.filter_map(|policy| app.property(policy, "PolicyDocument")));
    }
    documents.into_iter().flat_map(of_document).collect()
}

/// True when a principal lists a managed policy of the same app.
fn carries(app: &App, principal: ResourceId, policy: ResourceId) -> bool {
    app.resource(policy).kind == "AWS::IAM::ManagedPolicy"
        && app.property(principal, "ManagedPolicyArns").is_some_and(|arns| app.leads_to(arns, policy))
}

fn of_document(document: &Value) -> Vec<Value> {
    let document = document.structured();
    let statements = document.as_ref().and_then(|document| document.get("Statement"));
    statements.map(Value::elements).unwrap_or_default().into_iter().cloned().collect()
}

pub(super) fn service_principal(app: &App, id: ResourceId) -> Option<Value> {
    let trust = app.property(id, "AssumeRolePolicyDocument")?;
    let services: Vec<Value> = of_document(trust)
        .iter()
        .filter_map(|statement| statement.get("Principal")?.get("Service"))
        .flat_map(Value::elements)
        .cloned()
        .collect();
    Some(Value::List(services))
}

pub(super) fn task_role_of(app: &App, id: ResourceId) -> Option<Value> {
    if app.resource(id).kind != "AWS::IAM::Role" {
        return None;
    }
    let used = app
        .of_kind("AWS::ECS::TaskDefinition")
        .filter(|task| app.property(*task, "TaskRoleArn").is_some_and(|role| app.leads_to(role, id)));
    let name = |task: ResourceId| {
        let lead = Lead::Resource { id: task, attribute: None };
        Value::Text(Text::leading(app.identity(task), false, vec![lead]))
    };
    Some(Value::List(used.map(name).collect()))
}
