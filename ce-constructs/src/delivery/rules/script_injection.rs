//! Scripts made of what others say.

use ce_synth::{Code, Rule, Scope};

use super::expressions::expressions;
use crate::delivery::Workflow;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8505"),
    title: "a script runs what others say",
    about: "GitHub puts the value of an expression into the script before the shell reads it: a branch or a pull request \
            named `$(..)` would run, with the rights of the job. A variable is never read as code. Source: \
            https://docs.github.com/en/actions/concepts/security/script-injections",
};

/// What somebody without rights may choose: names of branches, titles, texts, and inputs of whoever starts a run.
const FOREIGN: [&str; 5] = ["github.event.", "github.head_ref", "github.base_ref", "github.ref_name", "inputs."];

#[track_caller]
pub(super) fn check(scope: Scope<'_>, workflow: &Workflow) {
    for step in workflow.jobs().iter().flat_map(|(_, job)| job.all_steps()) {
        let texts = step.script().into_iter().flat_map(|script| script.texts());
        for expression in texts.flat_map(expressions) {
            if let Some(foreign) = FOREIGN.into_iter().find(|foreign| expression.contains(foreign)) {
                let name = step.name();
                let shown = foreign.trim_end_matches('.');
                scope
                    .error(
                        RULE.code,
                        format!("the script of `{name}` contains `{expression}`, and `{shown}` is for others to say"),
                    )
                    .help("hand it over as a variable: `.env(\"TITLE\", \"${{ .. }}\")`, and write `\"$TITLE\"`");
            }
        }
    }
}
