//! Jobs that wait for others.

use std::collections::BTreeMap;

use ce_synth::{Code, Rule, Scope};

use crate::delivery::{Job, Workflow};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8507"),
    title: "a job waits for one that never comes",
    about: "A job that needs one that is not there, or that needs itself over others, makes GitHub refuse the workflow.",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, workflow: &Workflow) {
    let jobs: BTreeMap<&str, &Job> = workflow.jobs().iter().map(|(id, job)| (id.as_str(), job)).collect();
    for (id, job) in workflow.jobs() {
        for needed in job.needed().iter().filter(|needed| !jobs.contains_key(needed.as_str())) {
            let finding =
                scope.error(RULE.code, format!("the job `{id}` needs `{needed}`, which is no job of the workflow"));
            finding.help(format!("add `.job(\"{needed}\", ..)`, or need another one"));
        }
    }
    if let Some((id, _)) = workflow.jobs().iter().find(|(id, _)| reaches(&jobs, id, id)) {
        let finding = scope.error(RULE.code, format!("the job `{id}` needs itself, directly or over others"));
        finding.help("take out one of the needs on the way");
    }
}

fn reaches(jobs: &BTreeMap<&str, &Job>, from: &str, to: &str) -> bool {
    let mut open = vec![from];
    let mut seen = Vec::new();
    while let Some(here) = open.pop() {
        let needed = jobs.get(here).map(|job| job.needed()).unwrap_or_default();
        if needed.iter().any(|needed| needed == to) {
            return true;
        }
        for next in needed {
            if !seen.contains(&next.as_str()) {
                seen.push(next);
                open.push(next);
            }
        }
    }
    false
}
