//! The names of environment variables.

use ce_synth::{Code, Rule, Scope};

use crate::compute::Container;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2003"),
    title: "an environment variable is set twice or has no name",
    about: "ECS refuses a task definition in which a variable is set from a value and from a secret, and a name that is empty. \
            Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, container: &Container<'_>) {
    let names = || container.environment.iter().map(|(name, _)| name);
    for (name, _) in &container.secrets {
        if names().any(|known| known == name) {
            report_both(scope, name);
        }
    }
    let empty = |name: &String| name.is_empty() || name.contains('=');
    if let Some(name) = names().chain(container.secrets.iter().map(|(name, _)| name)).find(|name| empty(name)) {
        let message = format!("`{name}` is no name of an environment variable");
        scope.error(RULE.code, message).help("write a name like `LOG_FORMAT`");
    }
}

/// A variable that is set from a value and from a secret.
#[track_caller]
pub(in crate::compute) fn report_both(scope: Scope<'_>, name: &str) {
    scope.error(RULE.code, format!("`{name}` is set from a value and from a secret")).help("leave the value out");
}
