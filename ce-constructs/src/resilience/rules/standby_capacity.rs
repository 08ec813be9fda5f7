//! How much the standby runs.

use ce_synth::{App, Percent};

rule!(
    "CE8402",
    "nothing runs in the standby",
    "With a share of nothing the first task starts when it is needed: capacity may be short in that hour, and what never \
     ran may not run."
);

#[track_caller]
pub(crate) fn check(app: &App, share: Percent) {
    if share.value() == 0 {
        let finding = app.root().warning(RULE.code, format!("the standby's capacity is `{share}`"));
        finding.help("write `.standby_capacity(Percent::new(25))`");
    }
}
