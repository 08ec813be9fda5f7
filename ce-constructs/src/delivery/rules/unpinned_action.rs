//! Actions whose code may change.

use ce_synth::{Code, Rule, Scope};

use crate::delivery::Workflow;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8504"),
    title: "an action is not pinned to a commit",
    about: "Whoever owns an action may move its tags to other code, which then runs with the rights of the job. A commit \
            stays what it is. Source: https://docs.github.com/en/actions/reference/security/secure-use",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, workflow: &Workflow) {
    let steps = workflow.jobs().iter().flat_map(|(_, job)| job.all_steps());
    for action in steps.filter_map(|step| step.action()).filter(|action| !action.is_pinned()) {
        scope
            .warning(RULE.code, format!("`{action}` is whatever its owner makes of it"))
            .help("name the commit of the version: `owner/name@<40 hex digits>`");
    }
}
