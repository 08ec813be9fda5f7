//! VPCs that are joined and have addresses in common.

use std::collections::BTreeMap;

use ce_cfn::ec2;
use ce_synth::value::Token;
use ce_synth::{Code, Expr, NodeId, Report, Rule, Tree};

use crate::network::Cidr;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1010"),
    title: "VPCs with overlapping addresses are joined",
    about: "A peering connection between VPCs with addresses in common is refused, and a transit gateway routes to one of \
            them only. A standby region may have the primary's addresses as long as nothing routes between them. Source: \
            https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
};

const HELP: &str = "give one of them other addresses";

/// Joints whose ends are both in the app.
pub(in crate::network) fn check(tree: &Tree, report: &mut Report<'_>) {
    let vpcs = blocks(tree);
    for peering in tree.resources::<ec2::VpcPeeringConnection>() {
        let ends = (end(peering.at_path("VpcId"), &vpcs), end(peering.at_path("PeerVpcId"), &vpcs));
        if let (Some(here), Some(there)) = ends {
            join(peering.node(), here, there, tree, report);
        }
    }
    let mut gateways: BTreeMap<String, Vec<(NodeId, End)>> = BTreeMap::new();
    for attachment in tree.all_resources().filter(|resource| is_attachment(resource.type_name())) {
        let vpc = end(attachment.at_path("VpcId"), &vpcs);
        if let (Some(gateway), Some(vpc)) = (attachment.at_path("TransitGatewayId"), vpc) {
            gateways.entry(format!("{gateway:?}")).or_default().push((attachment.node(), vpc));
        }
    }
    for attached in gateways.values() {
        for (place, (node, vpc)) in attached.iter().enumerate() {
            for (_, other) in &attached[..place] {
                join(*node, *vpc, *other, tree, report);
            }
        }
    }
}

#[derive(Clone, Copy)]
struct End {
    vpc: NodeId,
    block: Cidr,
}

fn blocks(tree: &Tree) -> BTreeMap<NodeId, Cidr> {
    let blocks = tree.resources::<ec2::Vpc>().filter_map(|vpc| {
        let text = vpc.at_path("CidrBlock").and_then(Expr::as_text)?;
        Some((vpc.node(), text.parse().ok()?))
    });
    blocks.collect()
}

fn end(vpc: Option<&Expr>, blocks: &BTreeMap<NodeId, Cidr>) -> Option<End> {
    let Some(Expr::Token(token)) = vpc else { return None };
    let (Token::Ref(vpc) | Token::Att(vpc, _)) = &**token else { return None };
    blocks.get(vpc).map(|block| End { vpc: *vpc, block: *block })
}

fn is_attachment(type_name: &str) -> bool {
    matches!(type_name, "AWS::EC2::TransitGatewayAttachment" | "AWS::EC2::TransitGatewayVpcAttachment")
}

fn join(joint: NodeId, one: End, other: End, tree: &Tree, report: &mut Report<'_>) {
    if one.vpc != other.vpc && one.block.overlaps(other.block) {
        let message = format!("`{}` and `{}` are joined and overlap", one.block, other.block);
        let finding = report.error(joint, RULE.code, message);
        finding.notes.push(format!("the VPCs are `{}` and `{}`", tree.path(one.vpc), tree.path(other.vpc)));
        finding.help = Some(HELP.to_owned());
    }
}
