//! What steps use, and what they go on with.

use ce_synth::{Code, Rule, Scope};

use crate::operations::automation::{DocumentParameter, Step};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8304"),
    title: "a step uses or goes on with something that is not there",
    about: "`{{ Name }}` is a parameter of the document, `{{ Step.Output }}` what an earlier step leaves; Automation refuses \
            a document with others, or fails in the middle. Source: \
            https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-documents.html",
};

/// What Automation itself knows.
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html>
const VARIABLES: [&str; 3] = ["global:", "automation:", "variable:"];

#[track_caller]
pub(in crate::operations) fn check(
    scope: Scope<'_>,
    parameters: &[DocumentParameter],
    steps: &[Step],
    outputs: &[String],
) {
    for (place, step) in steps.iter().enumerate() {
        for next in step.next_steps() {
            if !steps.iter().any(|other| other.name() == next) {
                scope
                    .error(RULE.code, format!("step `{}` goes on with `{next}`, which is not there", step.name()))
                    .help(format!("the steps are {}", listed(steps)));
            }
        }
        for name in step.references() {
            check_one(scope, &format!("step `{}`", step.name()), &name, parameters, &steps[..place]);
        }
    }
    for name in outputs {
        check_one(scope, "the document's output", name, parameters, steps);
    }
}

#[track_caller]
fn check_one(scope: Scope<'_>, user: &str, name: &str, parameters: &[DocumentParameter], before: &[Step]) {
    if VARIABLES.iter().any(|start| name.starts_with(start)) {
        return;
    }
    let known = match name.split_once('.') {
        None => parameters.iter().any(|parameter| parameter.name() == name),
        Some((step, output)) => before.iter().any(|other| other.name() == step && other.may_have_output(output)),
    };
    if !known {
        let help = if name.contains('.') {
            "name an output of an earlier step: `.output(\"Name\", \"$.Path\", ValueType::Text)`"
        } else {
            "add it: `.parameter(DocumentParameter::text(..))`"
        };
        scope.error(RULE.code, format!("{user} uses `{name}`, which is not there")).help(help);
    }
}

fn listed(steps: &[Step]) -> String {
    let names: Vec<String> = steps.iter().map(|step| format!("`{}`", step.name())).collect();
    names.join(", ")
}
