//! Roles that do not trust the jobs that take them on.

use ce_synth::{Code, Rule, Scope};

use crate::delivery::{AssumedRole, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8513"),
    title: "a role does not trust the jobs that take it on",
    about: "The token of a job that has an environment tells the environment and not the branch: a role that trusts \
            something else refuses it when the pipeline runs. Source: \
            https://docs.github.com/en/actions/reference/security/oidc",
};

#[track_caller]
pub(in crate::delivery) fn check(scope: Scope<'_>, environment: &str, role: &AssumedRole) {
    match role.subject() {
        None => {}
        Some(Subject::Environment(trusted)) if trusted == environment => {}
        Some(other) => {
            let trusts = match other {
                Subject::PullRequest => "pull requests".to_owned(),
                other => format!("`{}`", other.name().unwrap_or_default()),
            };
            scope
                .error(RULE.code, format!("jobs of `{environment}` take on `{}`, which trusts {trusts}", role.arn()))
                .help(format!("make the role for `Subject::environment(\"{environment}\")`"));
        }
    }
}
