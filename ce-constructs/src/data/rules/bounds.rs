//! A number that a service does not take.

use ce_synth::{Code, Rule, Scope};
use std::fmt::Display;
use std::ops::RangeInclusive;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3009"),
    title: "a number is out of its bounds",
    about: "Limits of the services: 15 readers in a cluster and 16 instances in a secondary, 0 to 256 ACU with a \
            maximum of at least 1, 1 to 500 shards with 0 to 5 replicas and 500 nodes in all, scaling targets of 35 \
            to 70 % for shards, 20 to 65,536 GiB of storage. Sources: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html, \
            https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html",
};

#[track_caller]
pub(in crate::data) fn check(scope: Scope<'_>, what: &str, given: u64, bounds: RangeInclusive<u64>) {
    if !bounds.contains(&given) {
        scope.error(RULE.code, format!("`{given}` {what} cannot be had")).help(format!(
            "choose {} to {}",
            bounds.start(),
            bounds.end()
        ));
    }
}

#[track_caller]
pub(in crate::data) fn check_order<T: Display + PartialOrd>(scope: Scope<'_>, what: &str, least: &T, most: &T) {
    if least > most {
        scope
            .error(RULE.code, format!("the least {what}, `{least}`, is over the most, `{most}`"))
            .help("give the smaller number first");
    }
}
