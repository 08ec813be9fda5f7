//! Whom roles of workflows trust.

use ce_synth::{Code, Rule, Scope};

use crate::delivery::Subject;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8501"),
    title: "a role trusts no run, or more runs than one name says",
    about: "The subject of a token is compared as it is: a pattern fits nothing, and an empty name neither. Name one \
            environment, branch or tag, and make a role for each. Source: \
            https://docs.github.com/en/actions/reference/security/oidc",
};

#[track_caller]
pub(in crate::delivery) fn check(scope: Scope<'_>, subject: &Subject) {
    let Some(name) = subject.name() else { return };
    if name.is_empty() || name.contains(['*', '?']) || name.starts_with("refs/") {
        scope
            .error(RULE.code, format!("`{name}` is not the name of an environment, branch or tag"))
            .help("write it as GitHub shows it: `production`, `main`");
    }
}
