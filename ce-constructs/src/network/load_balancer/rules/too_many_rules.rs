//! More rules than a load balancer has by default.

use std::collections::BTreeMap;

use ce_cfn::elasticloadbalancingv2::ListenerRule;
use ce_synth::{Code, NodeId, Report, Rule, Tree};

use super::duplicate_priority::place;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1056"),
    title: "a listener has more than 100 rules",
    about: "The quota of rules for a load balancer is 100, without default actions; AWS raises it on request. Source: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
};

/// The quota of an account that asked for nothing.
const QUOTA: usize = 100;

pub(crate) fn check(tree: &Tree, report: &mut Report<'_>) {
    let mut rules: BTreeMap<NodeId, usize> = BTreeMap::new();
    for (listener, _) in tree.resources::<ListenerRule>().filter_map(|rule| place(&rule)) {
        *rules.entry(listener).or_default() += 1;
    }
    for (listener, rules) in rules.into_iter().filter(|(_, rules)| *rules > QUOTA) {
        let finding = report.warning(listener, RULE.code, format!("`{rules}` rules: the quota is {QUOTA}"));
        finding.help = Some("put several paths into one rule, or ask AWS for a higher quota first".to_owned());
    }
}
