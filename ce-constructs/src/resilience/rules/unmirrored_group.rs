//! Security groups that differ between the sites.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::value::Token;
use ce_synth::{Expr, Found, NodeId, Report};

use super::super::SiteRole;
use super::super::comparison::Comparison;

rule!(
    "CE8404",
    "a security group of the standby does not mirror the primary's",
    "A rule that the standby lacks is found on the day it is needed. Groups are compared by their path: protocol, ports, \
     and who the peer is; blocks of addresses count as blocks, since the sites may have other ones."
);

pub(in crate::resilience) fn check(comparison: &Comparison<'_>, report: &mut Report<'_>) {
    let primary = groups(comparison, SiteRole::Primary);
    let standby = groups(comparison, SiteRole::Standby);
    for (path, group) in &primary {
        let Some(copy) = standby.get(path) else {
            let message = format!("the standby has no security group like `{path}`");
            report.warning(group.node, RULE.code, message).help = Some(HELP.to_owned());
            continue;
        };
        let lacking: Vec<_> = group.rules.difference(&copy.rules).map(|rule| format!("`{rule}`")).collect();
        let more: Vec<_> = copy.rules.difference(&group.rules).map(|rule| format!("`{rule}`")).collect();
        for (verb, rules) in [("lacks", lacking), ("has more:", more)] {
            if !rules.is_empty() {
                let message = format!("the standby's `{path}` {verb} {}", rules.join(", "));
                report.warning(copy.node, RULE.code, message).help = Some(HELP.to_owned());
            }
        }
    }
}

const HELP: &str = "build both in the closure of the pair, without asking `is_primary()`";

struct Group {
    node: NodeId,
    rules: BTreeSet<String>,
}

fn groups(comparison: &Comparison<'_>, role: SiteRole) -> BTreeMap<String, Group> {
    let mut groups = BTreeMap::new();
    for found in comparison.of_type(role, "AWS::EC2::SecurityGroup") {
        let mut rules = BTreeSet::new();
        for (direction, list) in [("in", "SecurityGroupIngress"), ("out", "SecurityGroupEgress")] {
            let inline = found.at_path(list).and_then(Expr::as_list).unwrap_or_default();
            rules.extend(inline.iter().map(|rule| described(comparison, direction, &|key| rule.at(key))));
        }
        groups.insert(comparison.shared_path(found.node()), Group { node: found.node(), rules });
    }
    for (direction, kind) in [("in", "AWS::EC2::SecurityGroupIngress"), ("out", "AWS::EC2::SecurityGroupEgress")] {
        for rule in comparison.of_type(role, kind) {
            let owner = rule.at_path("GroupId").and_then(node_of).map(|node| comparison.shared_path(node));
            if let Some(group) = owner.and_then(|owner| groups.get_mut(&owner)) {
                group.rules.insert(standalone(comparison, direction, &rule));
            }
        }
    }
    groups
}

fn standalone(comparison: &Comparison<'_>, direction: &str, rule: &Found<'_, ()>) -> String {
    described(comparison, direction, &|key| rule.at_path(key))
}

/// `in tcp 5432-5432 of Data/Orders/SecurityGroup/Resource`
fn described<'e>(comparison: &Comparison<'_>, direction: &str, at: &dyn Fn(&str) -> Option<&'e Expr>) -> String {
    let text = |key| at(key).map_or_else(|| "any".to_owned(), |value| value.to_json().trim_matches('"').to_owned());
    let peer = ["SourceSecurityGroupId", "DestinationSecurityGroupId"].into_iter().find_map(at);
    let list = ["SourcePrefixListId", "DestinationPrefixListId"].into_iter().find_map(at);
    let peer = match (peer, list, at("CidrIp").or_else(|| at("CidrIpv6"))) {
        (Some(group), _, _) => node_of(group).map_or_else(|| "a group".to_owned(), |node| comparison.shared_path(node)),
        (_, Some(_), _) => "a prefix list".to_owned(),
        (_, _, Some(block)) => match block.as_text() {
            Some(known @ ("0.0.0.0/0" | "::/0" | "127.0.0.1/32")) => known.to_owned(),
            _ => "a block".to_owned(),
        },
        _ => "nobody".to_owned(),
    };
    format!("{direction} {} {}-{} {peer}", text("IpProtocol"), text("FromPort"), text("ToPort"))
}

fn node_of(expr: &Expr) -> Option<NodeId> {
    let mut node = None;
    expr.tokens(&mut |token| {
        if let Token::Ref(known) | Token::Att(known, _) = token {
            node.get_or_insert(*known);
        }
    });
    node
}
