//! Runbooks in which nothing is done.

use ce_synth::{Code, Rule, Scope};

use crate::runbooks::RunbookBuilder;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8601"),
    title: "a runbook has no steps, or a step has no title",
    about: "Whoever opens a runbook wants to know what to do.",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, runbook: &RunbookBuilder) {
    if runbook.steps.is_empty() {
        let finding = scope.error(RULE.code, format!("`{}` has no steps", runbook.title));
        finding.help("add one with `.step(RunbookStep::new(\"..\"))`");
    }
    let named = |title: &str| title.chars().any(char::is_alphanumeric) && !title.contains('\n');
    let titles = runbook.all_steps().map(|step| step.title.as_str()).chain([runbook.title.as_str()]);
    for title in titles.filter(|title| !named(title)) {
        scope.error(RULE.code, format!("`{}` is no title", title.escape_debug())).help("say in one line what is done");
    }
}
