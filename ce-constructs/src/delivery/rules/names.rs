//! Names of jobs and steps.

use std::collections::BTreeSet;

use ce_synth::{Code, Rule, Scope};

use crate::delivery::Workflow;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8503"),
    title: "a job or step has no name of its own that GitHub takes",
    about: "An id is a letter or `_`, then letters, digits, `-` and `_`, 100 at most, and there is one of it: of a job in \
            its workflow, of a step in its job. Source: \
            https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, workflow: &Workflow) {
    check_ids(scope, "job", workflow.jobs().iter().map(|(id, _)| id.as_str()));
    for (_, job) in workflow.jobs() {
        check_ids(scope, "step", job.step_ids());
    }
}

#[track_caller]
fn check_ids<'i>(scope: Scope<'_>, kind: &str, ids: impl Iterator<Item = &'i str>) {
    let mut known = BTreeSet::new();
    for id in ids {
        if !is_id(id) {
            let finding = scope.error(RULE.code, format!("`{id}` is not the id of a {kind}"));
            finding.help("use a letter, then letters, digits, `-` and `_`: `deploy_staging`");
        } else if !known.insert(id.to_ascii_lowercase()) {
            scope.error(RULE.code, format!("two {kind}s have the id `{id}`")).help("rename one of them");
        }
    }
}

pub(super) fn is_id(id: &str) -> bool {
    let begins = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
    let inside = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    id.starts_with(begins) && id.chars().all(inside) && id.len() <= 100
}
