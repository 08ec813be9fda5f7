//! A size that an engine does not run on, or that does not exist.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3002"),
    title: "an engine does not run on an instance class or node type",
    about: "Each engine runs on some families and sizes only; CloudFormation fails when the instance is made. The \
            lists are those of cfn-lint 1.58.0 (E3025, E3647), taken from the AWS price list. Not every region has \
            every size.",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, engine: &str, class: &str, example: &str) {
    scope
        .error(RULE.code, format!("`{engine}` does not run on `{class}`"))
        .help(format!("choose a class that it runs on, such as `{example}`"));
}
