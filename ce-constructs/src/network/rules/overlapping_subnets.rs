//! Subnets of one VPC with addresses in common.

use std::collections::BTreeMap;

use ce_cfn::ec2;
use ce_synth::{Code, Expr, NodeId, Report, Rule, Scope, Tree};

use crate::network::Cidr;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1009"),
    title: "two subnets of a VPC overlap",
    about: "EC2 refuses a subnet that shares addresses with another one of its VPC. Source: \
            https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
};

const HELP: &str = "give each subnet a block of its own";

/// Blocks of subnets that are in no template.
#[track_caller]
pub(in crate::network) fn check_blocks(scope: Scope<'_>, blocks: impl Iterator<Item = Cidr>) {
    let mut blocks: Vec<Cidr> = blocks.collect();
    blocks.sort_unstable();
    for pair in overlaps(&blocks, |block| *block) {
        scope.error(RULE.code, format!("subnets `{}` and `{}` overlap", pair.1, pair.0)).help(HELP);
    }
}

/// Subnets of the app, whoever made them.
pub(in crate::network) fn check(tree: &Tree, report: &mut Report<'_>) {
    let mut vpcs: BTreeMap<String, Vec<(Cidr, NodeId)>> = BTreeMap::new();
    for subnet in tree.resources::<ec2::Subnet>() {
        let block = subnet.at_path("CidrBlock").and_then(Expr::as_text).and_then(|text| text.parse().ok());
        if let (Some(block), Some(vpc)) = (block, subnet.at_path("VpcId")) {
            // Two references to one VPC are the same expression.
            vpcs.entry(format!("{vpc:?}")).or_default().push((block, subnet.node()));
        }
    }
    for mut subnets in vpcs.into_values() {
        subnets.sort_unstable();
        for ((first, at), (second, node)) in overlaps(&subnets, |(block, _)| *block) {
            let message = format!("subnet `{second}` overlaps `{first}`");
            let finding = report.error(*node, RULE.code, message);
            finding.notes.push(format!("the other one is `{}`", tree.path(*at)));
            finding.help = Some(HELP.to_owned());
        }
    }
}

/// Pairs with addresses in common, of items sorted by block: a block overlaps only what contains it and comes before.
fn overlaps<T>(sorted: &[T], block: impl Fn(&T) -> Cidr) -> Vec<(&T, &T)> {
    let mut found = Vec::new();
    let mut widest: Option<&T> = None;
    for item in sorted {
        match widest {
            Some(wide) if block(wide).contains(block(item)) => found.push((wide, item)),
            _ => widest = Some(item),
        }
    }
    found
}
