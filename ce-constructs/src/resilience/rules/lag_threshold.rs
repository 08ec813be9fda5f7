//! When a lag is worth a word.

use ce_synth::{Duration, Scope};

rule!(
    "CE8414",
    "the warning about a lag comes after the alarm",
    "The first line is the one that still leaves time to act, the second is the recovery point objective itself."
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, warning: Duration, critical: Duration) {
    if warning.as_seconds() == 0 || warning.as_seconds() >= critical.as_seconds() {
        let finding = scope.error(RULE.code, format!("the warning is at `{warning}`, the alarm at `{critical}`"));
        finding.help("write `.warning_at(Duration::minutes(1)).critical_at(Duration::minutes(15))`");
    }
}
