//! `stack-protection`, `stack-role`, `stack-notifications`: settings of the stack itself that are weaker than they were.

use super::RiskClass::{self, Broadening, Weakening};
use super::{Consent, Gravity, Risk};
use crate::assembly::{Origin, Stack};
use crate::cloud;

/// What of a stack's own settings is weaker than what is there: protection against deletion, the role that
/// CloudFormation works with, topics that are told.
pub fn assess_settings(stack: &Stack, found: &cloud::Stack) -> Vec<Risk> {
    let mut risks = Vec::new();
    let mut add = |rule: &str, class: RiskClass, what: String| {
        risks.push(Risk {
            class,
            rule: rule.to_owned(),
            stack: stack.id.clone(),
            logical_id: String::new(),
            type_name: String::new(),
            origin: Origin::default(),
            what,
            causes: Vec::new(),
            consent: Consent::Class,
            gravity: Gravity::default(),
        });
    };
    if found.termination_protection && stack.termination_protection == Some(false) {
        add("stack-protection", Weakening, "the stack can be deleted by anyone who may".to_owned());
    }
    let roles = found.role.as_ref().zip(stack.execution_role.as_ref());
    if let Some((was, will)) = roles.filter(|(was, will)| was != will) {
        add("stack-role", Broadening, format!("CloudFormation works with `{will}` instead of `{was}`"));
    }
    let topics = stack.notification_arns.as_deref().unwrap_or(&found.notification_arns);
    for topic in found.notification_arns.iter().filter(|topic| !topics.contains(topic)) {
        add("stack-notifications", Weakening, format!("`{topic}` is no longer told what happens"));
    }
    risks
}
