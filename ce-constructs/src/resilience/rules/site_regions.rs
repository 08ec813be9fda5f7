//! Where the two sites are.

use ce_synth::{App, Region};

rule!(
    "CE8401",
    "the standby is no other region of the same partition",
    "A standby in the primary's own region is lost with it, and nothing replicates between partitions of AWS."
);

#[track_caller]
pub(crate) fn check(app: &App, primary: Region, standby: Region) {
    if primary == standby {
        let finding = app.root().error(RULE.code, format!("primary and standby are both in `{primary}`"));
        finding.help("give `DrPair::builder` another region");
    } else if primary.partition() != standby.partition() {
        let message =
            format!("`{primary}` is in partition `{}`, `{standby}` in `{}`", primary.partition(), standby.partition());
        app.root().error(RULE.code, message).help("give `DrPair::builder` a region of the primary's partition");
    }
}
