//! Failover records that cannot fail over.

use ce_synth::{Code, Rule, Scope};

use crate::edge::{RecordTarget, Routing};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6004"),
    title: "a primary record has nothing that tells when it fails",
    about: "Route 53 answers with the secondary record when the primary's health check fails, or, for an alias, when \
            its target is unhealthy. A primary without either stays the answer for good, and Route 53 refuses it. \
            Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-failover.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, routing: &Routing, checked: bool, target: &RecordTarget) {
    let evaluates = matches!(target, RecordTarget::Alias { evaluates_health: true, .. });
    if matches!(routing, Routing::Primary) && !checked && !evaluates {
        scope.error(RULE.code, "a primary record without a health check").help("give it one: `.health_check(&check)`");
    }
}
