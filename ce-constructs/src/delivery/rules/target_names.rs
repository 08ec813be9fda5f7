//! Targets and approvals that are one.

use std::collections::BTreeMap;

use ce_synth::{Code, Rule, Scope};

use crate::delivery::{Approval, Target};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8512"),
    title: "two targets, or two approvals, are one",
    about: "Two targets of one name would be one environment with one set of secrets and reviewers. Two approvals that one \
            person may both give are the approval of one person. Source: \
            https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments",
};

#[track_caller]
pub(in crate::delivery) fn check(scope: Scope<'_>, targets: &[Target]) {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for target in targets {
        if let Some(first) = names.insert(target.key(), &target.name) {
            let finding =
                scope.error(RULE.code, format!("the targets `{first}` and `{}` have one name in jobs", target.name));
            finding.help("give each its own letters and digits");
        }
        for (place, approval) in target.approvals.iter().enumerate() {
            for other in &target.approvals[..place] {
                check_pair(scope, other, approval);
            }
        }
    }
}

#[track_caller]
fn check_pair(scope: Scope<'_>, first: &Approval, second: &Approval) {
    if first.environment() == second.environment() {
        let finding = scope.error(RULE.code, format!("two approvals are given in `{}`", first.environment()));
        finding.help("give each an environment of its own");
    }
    if let Some(both) = first.all_reviewers().iter().find(|reviewer| second.all_reviewers().contains(reviewer)) {
        let environments = format!("`{}` and in `{}`", first.environment(), second.environment());
        let finding = scope.error(RULE.code, format!("`{both}` may approve in {environments}"));
        finding.help("let different people review in each");
    }
}
