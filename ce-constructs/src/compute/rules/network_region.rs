//! The region of a network.

use ce_synth::{Code, Region, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2009"),
    title: "a service is put into a network of another region",
    about: "A service and the subnets of its tasks are in one region.",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, network: Region) {
    let here = scope.region();
    if network != here {
        scope
            .error(RULE.code, format!("the service is in `{here}`, the network in `{network}`"))
            .help(format!("give it a network in `{here}`"));
    }
}
