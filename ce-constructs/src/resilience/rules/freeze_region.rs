//! Where the flag that stops deployments lies.

use ce_synth::{Region, Scope};

use crate::delivery::DeployFreeze;

rule!(
    "CE8420",
    "the flag that stops deployments lies in the region that fails",
    "It is put up when that region does not answer: there it could be neither put up nor seen. Parameter Store keeps a \
     parameter in one region. \
     Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, freeze: Option<&DeployFreeze>, primary: Region) {
    let Some(freeze) = freeze.filter(|freeze| freeze.region() == primary) else { return };
    let finding = scope.error(RULE.code, format!("`{}` lies in `{primary}`, the plan's primary region", freeze.name()));
    finding.help(format!("put it into the standby's: `DeployFreeze::new(\"{}\", ..)`", freeze.name()));
}
