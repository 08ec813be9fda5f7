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
            let message = format!("`{name}` of container `{}` is set from a value and from a secret", container.name);
            scope.error(RULE.code, message).help("leave the value out");
        }
    }
    let empty = |name: &String| name.is_empty() || name.contains('=');
    if let Some(name) = names().chain(container.secrets.iter().map(|(name, _)| name)).find(|name| empty(name)) {
        let message = format!("`{name}` is no name of an environment variable");
        scope.error(RULE.code, message).help("write a name like `LOG_FORMAT`");
    }
}
