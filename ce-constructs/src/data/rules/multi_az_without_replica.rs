//! Multi-AZ with nothing to fail over to.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3011"),
    title: "a cache is to survive a zone without a replica",
    about: "Multi-AZ moves the primary of a shard to a replica in another zone; ElastiCache refuses it without one, \
            and automatic failover too unless cluster mode is on. Source: \
            https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>) {
    scope
        .error(RULE.code, "multi-AZ needs a replica in each shard, there is none")
        .help("write `replicas: 1` or more, or `.multi_az(false)`");
}
