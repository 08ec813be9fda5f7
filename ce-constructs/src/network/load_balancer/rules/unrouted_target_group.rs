//! A service behind a target group that nothing routes to.

use std::collections::BTreeSet;

use ce_cfn::ecs::Service;
use ce_cfn::elasticloadbalancingv2::{Listener, ListenerRule, TargetGroup};
use ce_synth::{Code, NodeId, Report, Rule, Tree};

use crate::network::load_balancer::waiting::nodes;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1059"),
    title: "a service is behind a target group that no listener routes to",
    about: "ECS refuses to create a service whose target group has no load balancer: the group gets one from the \
            listener or rule that forwards to it. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
};

pub(crate) fn check(tree: &Tree, report: &mut Report<'_>) {
    let mut routed: BTreeSet<NodeId> = BTreeSet::new();
    for listener in tree.resources::<Listener>() {
        routed.extend(listener.at_path("DefaultActions").map(nodes).unwrap_or_default());
    }
    for rule in tree.resources::<ListenerRule>() {
        routed.extend(rule.at_path("Actions").map(nodes).unwrap_or_default());
    }
    let groups: BTreeSet<NodeId> = tree.resources::<TargetGroup>().map(|found| found.node()).collect();
    for service in tree.resources::<Service>() {
        let used = service.at_path("LoadBalancers").map(nodes).unwrap_or_default();
        for group in used.iter().filter(|group| groups.contains(group) && !routed.contains(group)) {
            let message = format!("no listener routes to `{}`", tree.path(*group));
            let finding = report.error(service.node(), RULE.code, message);
            finding.help = Some("route to it: `listener.route(Route::path(\"/*\").priority(10), &targets)`".to_owned());
        }
    }
}
