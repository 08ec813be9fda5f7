//! Shard scaling where there is none.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3012"),
    title: "shards cannot be scaled",
    about: "Auto scaling of shards works for clusters with cluster mode on, on node types of `large` to `2xlarge` \
            that do not burst. Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, why: &str, help: &str) {
    scope.error(RULE.code, format!("shards cannot be scaled: {why}")).help(help);
}
