//! Jobs that cannot sign in.

use ce_synth::{Code, Rule, Scope};

use crate::delivery::Workflow;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8509"),
    title: "a job signs in to AWS without a token",
    about: "AWS trusts a token that GitHub makes for the run, if the job may ask for it: `id-token: write`. Source: \
            https://docs.github.com/en/actions/reference/security/oidc",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, workflow: &Workflow) {
    for (id, _) in workflow.jobs().iter().filter(|(_, job)| job.lacks_token()) {
        scope
            .error(RULE.code, format!("the job `{id}` signs in to AWS, and may not write its token"))
            .help("add `.write(PermissionScope::IdToken)` to its permissions, or give it none of its own");
    }
}
