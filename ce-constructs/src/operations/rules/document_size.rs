//! How much a document may say.

use ce_synth::{Code, Expr, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8303"),
    title: "a document has no steps, or is too long",
    about: "A document has one step or more and at most 64 KB of text. Source: \
            https://docs.aws.amazon.com/general/latest/gr/ssm.html",
};

const LIMIT: usize = 64 * 1024;

#[track_caller]
pub(in crate::operations) fn check_steps(scope: Scope<'_>, steps: usize) {
    if steps == 0 {
        scope.error(RULE.code, "the document has no steps").help("add one: `.step(Step::call(..))`");
    }
}

/// References count as little; most are shorter than the text that calls the function.
#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, content: &Expr) {
    let size = content.to_json().len();
    if size > LIMIT {
        scope
            .error(RULE.code, format!("the document has {size} bytes, {LIMIT} are the limit"))
            .help("move some of the steps to a document that this one starts");
    }
}
