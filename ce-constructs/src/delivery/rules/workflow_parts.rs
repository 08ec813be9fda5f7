//! What every workflow has.

use ce_synth::{Code, Duration, Rule, Scope};

use crate::delivery::Workflow;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8502"),
    title: "a workflow lacks what GitHub asks for",
    about: "A workflow has something that starts it and at least one job; a job has steps and takes a minute to six hours. \
            Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, workflow: &Workflow) {
    let name = workflow.name();
    if !workflow.is_started() {
        scope
            .error(RULE.code, format!("nothing starts the workflow `{name}`"))
            .help("add `.on(Trigger::push([\"main\"]))`");
    }
    if workflow.jobs().is_empty() {
        scope.error(RULE.code, format!("the workflow `{name}` has no jobs")).help("add one with `.job(\"test\", job)`");
    }
    for (id, job) in workflow.jobs() {
        if job.all_steps().is_empty() {
            scope.error(RULE.code, format!("the job `{id}` has no steps")).help("add one with `.step(..)`");
        }
        if !(Duration::minutes(1)..=Duration::hours(6)).contains(&job.time()) {
            scope
                .error(RULE.code, format!("the job `{id}` may take `{}`", job.time()))
                .help("give it a minute to six hours: `Duration::minutes(30)`");
        }
    }
}
