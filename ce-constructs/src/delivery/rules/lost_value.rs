//! Values of jobs and steps that are not there.

use ce_synth::{Code, Rule, Scope};

use super::expressions::{expressions, named};
use crate::delivery::{Job, Workflow};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8508"),
    title: "an expression reads a value that is not there",
    about: "GitHub reads what it does not know as an empty text: a deployment of no version, or a condition that never \
            holds. An expression may read the jobs that its job needs, their outputs, and the steps of its own job.",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, workflow: &Workflow) {
    for (id, job) in workflow.jobs() {
        for text in job.expressions() {
            for expression in expressions(&text) {
                check_needs(scope, workflow, (id.as_str(), job), expression);
                check_steps(scope, (id.as_str(), job), expression);
            }
        }
    }
}

#[track_caller]
fn check_needs(scope: Scope<'_>, workflow: &Workflow, (id, job): (&str, &Job), expression: &str) {
    for (name, rest) in named(expression, "needs") {
        if !job.needed().iter().any(|needed| needed == name) {
            let finding =
                scope.error(RULE.code, format!("the job `{id}` reads `{expression}`, and does not need `{name}`"));
            finding.help(format!("add `.needs(\"{name}\")`"));
            continue;
        }
        let other = workflow.jobs().iter().find(|(known, _)| known == name).map(|(_, job)| job);
        if let (Some(output), Some(other)) = (rest.strip_prefix("outputs."), other)
            && !other.output_names().any(|known| known == output)
        {
            let finding =
                scope.error(RULE.code, format!("the job `{name}` has no output `{output}`, which `{id}` reads"));
            finding.help(format!("add `.output(\"{output}\", ..)` to it"));
        }
    }
}

#[track_caller]
fn check_steps(scope: Scope<'_>, (id, job): (&str, &Job), expression: &str) {
    for (name, _) in named(expression, "steps") {
        if !job.step_ids().any(|known| known == name) {
            let finding =
                scope.error(RULE.code, format!("the job `{id}` reads `{expression}`, and has no step `{name}`"));
            finding.help(format!("give the step its id: `.id(\"{name}\")`"));
        }
    }
}
