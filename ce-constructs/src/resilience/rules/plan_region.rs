//! Where a plan is kept.

use ce_synth::{Region, Scope};

rule!(
    "CE8409",
    "the plan is in a stack of the region it leaves",
    "Region switch runs a plan from the region it activates, but a stack in the lost region cannot be changed: the plan \
     could be run, not mended. \
     Source: https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, primary: Region) {
    if scope.region() == primary {
        let finding = scope.warning(RULE.code, format!("the plan is in a stack in `{primary}`"));
        finding.help("add it to a stack of the standby: `pair.standby_site().stack(..)`");
    }
}
