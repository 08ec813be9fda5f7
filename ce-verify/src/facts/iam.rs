//! `iam_allows` and `iam_denies`: what the statements of a role grant.
//!
//! Action patterns cover what they match. An unconditional `Deny` takes a grant away; conditions of an `Allow` are not
//! weighed. Where a resource is asked for, the grant must be on such a resource and not on `*`, besides for the few
//! actions that AWS offers on `*` alone.
//!
//! Permission boundaries and service control policies are not looked at.

use crate::facts::row::Grant;
use crate::facts::select::{Selected, Subject};
use crate::template::app::App;
use crate::template::managed_policies;
use crate::template::naming::{Arn, arn_service};
use crate::template::value::{ResourceId, Text, Value};
use crate::template::virtual_paths::identity;

/// Actions without resource types, among those that roles of a task need.
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
const ON_EVERYTHING: &[&str] = &[
    "cloudwatch:PutMetricData",
    "ecr:GetAuthorizationToken",
    "ec2:DescribeNetworkInterfaces",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
];

/// True when a pattern covers an action or ARN; case does not matter.
pub(crate) fn covers(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let text: Vec<char> = text.to_lowercase().chars().collect();
    glob(&pattern, &text)
}

fn glob(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|skipped| glob(rest, &text[skipped..])),
        Some(('?', rest)) => text.split_first().is_some_and(|(_, text)| glob(rest, text)),
        Some((sign, rest)) => text.split_first().is_some_and(|(first, text)| first == sign && glob(rest, text)),
    }
}

/// True when a role grants every action, on a resource as described.
pub(crate) fn allows(object: &Selected<'_>, grant: &Grant) -> bool {
    let Some((app, statements)) = statements(object) else { return false };
    let is_specific = grant.resource_type.is_some() || grant.resource_contains.is_some();
    grant.actions.iter().all(|action| {
        let on_everything = ON_EVERYTHING.iter().any(|one| one.eq_ignore_ascii_case(action));
        let acting: Vec<&Value> = statements.iter().filter(|statement| acts(statement, action)).collect();
        let allowing = || acting.iter().filter(|statement| has_effect(statement, "Allow"));
        let granted = allowing().any(|statement| {
            let free = !is_specific || (on_everything && is_everything(statement));
            free || resources(statement).iter().any(|text| described(app, text, grant))
        });
        let too_wide = is_specific && !on_everything && allowing().any(|statement| is_everything(statement));
        granted && !too_wide && !acting.iter().any(|statement| refuses(app, statement, grant, is_specific))
    })
}

/// True when a role grants one of the actions on the resource.
pub(crate) fn grants_any(object: &Selected<'_>, grant: &Grant) -> bool {
    let Some((app, statements)) = statements(object) else { return false };
    let reaches = |statement: &Value| {
        if grant.resource_type.is_some() || grant.resource_contains.is_some() {
            return is_everything(statement) || resources(statement).iter().any(|text| described(app, text, grant));
        }
        match grant.resource.as_deref() {
            None => true,
            Some("*") => is_everything(statement),
            Some(named) => {
                is_everything(statement) || resources(statement).iter().any(|text| covers(&text.full(), named))
            }
        }
    };
    grant
        .actions
        .iter()
        .any(|action| statements.iter().any(|one| has_effect(one, "Allow") && acts(one, action) && reaches(one)))
}

/// Statements of a role, those of AWS-managed policies included.
fn statements<'a>(object: &Selected<'a>) -> Option<(&'a App, Vec<Value>)> {
    let Subject::Resource(id) = object.subject else { return None };
    let mut all = identity::granted(object.app, id);
    let managed = object.app.property(id, "ManagedPolicyArns").map(Value::texts).unwrap_or_default();
    all.extend(managed.into_iter().filter_map(|arn| managed_policies::statement(&arn.full())));
    Some((object.app, all))
}

fn has_effect(statement: &Value, effect: &str) -> bool {
    statement.get("Effect").and_then(Value::scalar_text).as_deref() == Some(effect)
}

fn acts(statement: &Value, action: &str) -> bool {
    let covered = |patterns: &Value| {
        patterns.elements().iter().filter_map(|pattern| pattern.scalar_text()).any(|one| covers(&one, action))
    };
    match (statement.get("Action"), statement.get("NotAction")) {
        (Some(actions), _) => covered(actions),
        (None, Some(others)) => !covered(others),
        _ => false,
    }
}

fn resources(statement: &Value) -> Vec<&Text> {
    statement.get("Resource").map(Value::texts).unwrap_or_default()
}

fn is_everything(statement: &Value) -> bool {
    statement.get("NotResource").is_some() || resources(statement).iter().any(|text| text.full() == "*")
}

/// An unconditional refusal of everything, or of what is described.
fn refuses(app: &App, statement: &Value, grant: &Grant, is_specific: bool) -> bool {
    has_effect(statement, "Deny")
        && statement.get("Condition").is_none()
        && (is_everything(statement)
            || (is_specific && resources(statement).iter().any(|text| described(app, text, grant))))
}

/// True when a resource of a statement is as a row describes it.
fn described(app: &App, text: &Text, grant: &Grant) -> bool {
    let leads = |kind: &String| {
        let value = Value::Text(text.clone());
        !app.led_to(&value, kind).is_empty() || app.of_kind(kind).any(|id| pattern_covers(app, text, id))
    };
    let says = |part: &String| {
        text.full().contains(part.as_str()) || text.source().is_some_and(|source| source.contains(part.as_str()))
    };
    grant.resource_type.as_ref().is_none_or(leads) && grant.resource_contains.as_ref().is_none_or(says)
}

/// True when an ARN pattern, not just `*`, covers a named resource.
fn pattern_covers(app: &App, text: &Text, id: ResourceId) -> bool {
    let full = text.full();
    let (Some(arn), Some(name)) = (Arn::parse(&full), app.physical_name(id)) else { return false };
    let after = |sign| arn.resource.split_once(sign).map(|(_, rest)| rest);
    let mut patterns = [Some(arn.resource), after(':'), after('/')].into_iter().flatten();
    arn.service == arn_service(&app.resource(id).kind)
        && patterns.any(|pattern| {
            let is_narrow = pattern.chars().any(char::is_alphanumeric);
            is_narrow && (covers(pattern, name) || covers(pattern, &format!("{name}-abcdef")))
        })
}
