//! A subnet group that one outage of a zone takes away.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3006"),
    title: "a subnet group is in a single zone",
    about: "RDS refuses a subnet group of fewer than two zones; a cache in one zone has nowhere to fail over to. \
            Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, zone: &str) {
    scope
        .error(RULE.code, format!("every subnet is in `{zone}`"))
        .help("give the network two zones or more: `.zones(2)`");
}
