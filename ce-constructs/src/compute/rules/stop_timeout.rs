//! How long containers may take to end.

use ce_synth::{Code, Duration, Rule, Scope};

use crate::compute::Container;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2006"),
    title: "a container takes longer to end than Fargate waits",
    about: "Fargate waits at most 120 seconds before it ends a container by force. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
};

const MOST: Duration = Duration::seconds(120);

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, container: &Container<'_>) {
    if let Some(timeout) = container.stop_timeout.filter(|timeout| *timeout > MOST) {
        scope
            .error(RULE.code, format!("container `{}` may take `{timeout}` to end", container.name))
            .help("write at most `Duration::seconds(120)`");
    }
}
