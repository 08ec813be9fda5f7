//! Copies without an original.

use ce_synth::Scope;

rule!(
    "CE8415",
    "the standby copies something that the primary has not",
    "A copy is found by its path: a stack of the same id, and below it the same ids. Where the closure of a pair asks \
     `is_primary()`, the paths may differ."
);

#[track_caller]
pub(crate) fn report(scope: Scope<'_>, what: &str) {
    let finding = scope.error(RULE.code, format!("the primary has no {what} like `{}`", scope.path()));
    finding.help("build it at the same path in both sites, in a stack of `site.stack(..)`");
}
