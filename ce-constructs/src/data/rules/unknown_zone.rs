//! A zone that the subnet group does not cover.

use ce_synth::{Code, Rule, Scope};

use crate::network::Subnet;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3016"),
    title: "an instance is put into a zone without subnet",
    about: "An instance goes to a zone that its subnet group covers; RDS refuses others.",
};

#[track_caller]
pub(in crate::data) fn check(scope: Scope<'_>, zone: &str, subnets: &[Subnet]) {
    if !subnets.is_empty() && !subnets.iter().any(|subnet| subnet.zone() == zone) {
        let known: Vec<&str> = subnets.iter().map(Subnet::zone).collect();
        scope
            .error(RULE.code, format!("there is no subnet in `{zone}`"))
            .help(format!("take one of `{}`", known.join("`, `")));
    }
}
