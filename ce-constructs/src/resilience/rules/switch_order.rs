//! The order of a plan's steps.

use ce_synth::Scope;

rule!(
    "CE8410",
    "a plan moves traffic before it promotes",
    "Requests that arrive before the database takes writes fail. Databases are promoted and tasks are started first, \
     then traffic moves."
);

#[track_caller]
pub(crate) fn report(scope: Scope<'_>, traffic: &str, promotion: &str) {
    let finding = scope.error(RULE.code, format!("the step `{traffic}` moves traffic before `{promotion}` is done"));
    finding.help(format!("put `{traffic}` behind `{promotion}`"));
}
