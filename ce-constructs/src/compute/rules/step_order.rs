//! The steps of a policy.

use ce_synth::{Code, Rule, Scope};

use crate::compute::StepScaling;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2021"),
    title: "the steps of a policy do not follow each other",
    about: "Each step begins further over the alarm's line than the one before, and changes something. Source: \
            https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, steps: &StepScaling) {
    let begins: Vec<f64> = steps.steps.iter().map(|(over, _)| *over).collect();
    if let Some([_, next]) = begins.windows(2).find(|pair| pair[0] >= pair[1] || !pair[1].is_finite()) {
        scope
            .error(RULE.code, format!("a step begins `{next}` over the line, after one that begins there or later"))
            .help("write the steps in the order of where they begin");
    }
    if steps.steps.iter().any(|(_, change)| *change == 0) {
        scope.error(RULE.code, "a step changes the number of tasks by `0`").help("write how much it changes");
    }
}
