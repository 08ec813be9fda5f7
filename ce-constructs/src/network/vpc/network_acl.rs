//! Network ACLs: stateless filters around the subnets of a tier.

use ce_cfn::ec2;
use ce_cfn::ec2::network_acl_entry::{PortRange, RuleAction};
use ce_synth::Scope;

use super::super::{Cidr, Port, SubnetTier};
use super::subnets::Subnets;

/// What a rule of a network ACL lets through to, or from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AclPeer {
    /// A block of addresses.
    Block(Cidr),
    /// The subnets of a tier: one rule for each.
    Tier(SubnetTier),
    /// Every address of the VPC.
    Vpc,
}

impl From<Cidr> for AclPeer {
    fn from(block: Cidr) -> Self {
        Self::Block(block)
    }
}

impl From<SubnetTier> for AclPeer {
    fn from(tier: SubnetTier) -> Self {
        Self::Tier(tier)
    }
}

/// The rules of a network ACL: what it lets through; all else is dropped.
///
/// It is stateless: the answers of what is let through need a rule too, on ports 1024 to 65535.
///
/// ```
/// use ce_constructs::network::{AclPeer, Cidr, NetworkAcl, Port, SubnetTier};
/// let databases = NetworkAcl::new()
///     .allow_in(SubnetTier::Private, Port::tcp(5432))
///     .allow_out(SubnetTier::Private, NetworkAcl::EPHEMERAL);
/// # let _ = databases;
/// ```
///
/// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "rules do nothing until they are given to a VPC"]
pub struct NetworkAcl {
    inward: Vec<(AclPeer, Port)>,
    outward: Vec<(AclPeer, Port)>,
}

impl NetworkAcl {
    /// The ports that answers come back to: those of NAT gateways and load balancers, the widest range in use.
    pub const EPHEMERAL: Port = Port::tcp_range(1024, 65535);

    /// Rules that let nothing through.
    pub const fn new() -> Self {
        Self { inward: Vec::new(), outward: Vec::new() }
    }

    /// Rules that stop no usual traffic of a tier: the VPC's own is free, but isolated subnets talk to private and
    /// isolated ones only; from outside, public subnets take HTTP, HTTPS and answers, private ones answers.
    pub fn standard(tier: SubnetTier) -> Self {
        let answers = |acl: Self| {
            acl.allow_in(Cidr::ANYWHERE, Self::EPHEMERAL).allow_in(Cidr::ANYWHERE, Port::udp_range(1024, 65535))
        };
        let own = Self::new().allow_in(AclPeer::Vpc, Port::ALL_TRAFFIC).allow_out(Cidr::ANYWHERE, Port::ALL_TRAFFIC);
        match tier {
            SubnetTier::Public => {
                answers(own.allow_in(Cidr::ANYWHERE, Port::HTTP).allow_in(Cidr::ANYWHERE, Port::HTTPS))
            }
            SubnetTier::Private => answers(own),
            SubnetTier::Isolated => {
                [SubnetTier::Private, SubnetTier::Isolated].into_iter().fold(Self::new(), |acl, peer| {
                    acl.allow_in(peer, Port::ALL_TRAFFIC).allow_out(peer, Port::ALL_TRAFFIC)
                })
            }
        }
    }

    /// The standard rules of a tier in a VPC with these tiers: without private subnets, isolated ones talk to all.
    pub(super) fn standard_beside(tier: SubnetTier, tiers: &[SubnetTier]) -> Self {
        if tier == SubnetTier::Isolated && !tiers.contains(&SubnetTier::Private) {
            return Self::new().allow_in(AclPeer::Vpc, Port::ALL_TRAFFIC).allow_out(AclPeer::Vpc, Port::ALL_TRAFFIC);
        }
        Self::standard(tier)
    }

    /// Lets traffic in.
    pub fn allow_in(mut self, from: impl Into<AclPeer>, port: Port) -> Self {
        self.inward.push((from.into(), port));
        self
    }

    /// Lets traffic out.
    pub fn allow_out(mut self, to: impl Into<AclPeer>, port: Port) -> Self {
        self.outward.push((to.into(), port));
        self
    }

    /// Adds the ACL of a tier, its entries, and its hold on the tier's subnets.
    #[track_caller]
    pub(super) fn build(
        &self,
        scope: Scope<'_>,
        vpc: ec2::VpcRef<'_>,
        all: &Subnets<'_>,
        tier: SubnetTier,
        name: &str,
    ) {
        let word = Subnets::word(tier);
        let acl = scope.add(&format!("{word}NetworkAcl"), ec2::NetworkAcl::new().vpc_id(vpc).tags([("Name", name)]));
        let entries = acl.scope();
        for (egress, rules) in [(false, &self.inward), (true, &self.outward)] {
            let direction = if egress { "Egress" } else { "Ingress" };
            for (number, block, port) in numbered(rules, all) {
                let entry = entry(acl, egress, number, block, port);
                entries.add(&format!("{direction}{number}"), entry);
            }
        }
        for subnet in all.of(tier) {
            let association = ec2::SubnetNetworkAclAssociation::new().subnet_id(subnet.resource).network_acl_id(acl);
            subnet.resource.scope().add("NetworkAclAssociation", association);
        }
    }
}

/// Rules with their numbers and blocks: hundreds by their order, units by the zone, so that a new zone renumbers none.
fn numbered(rules: &[(AclPeer, Port)], all: &Subnets<'_>) -> Vec<(i64, Cidr, Port)> {
    let mut numbered = Vec::new();
    for (hundred, (peer, port)) in (1_i64..).zip(rules) {
        match peer {
            AclPeer::Block(block) => numbered.push((hundred * 100, *block, *port)),
            AclPeer::Vpc => numbered.push((hundred * 100, all.vpc(), *port)),
            AclPeer::Tier(tier) => numbered.extend(
                all.of(*tier).map(|subnet| (hundred * 100 + i64::from(subnet.zone.number()), subnet.cidr, *port)),
            ),
        }
    }
    numbered
}

fn entry(acl: ec2::NetworkAclRef<'_>, egress: bool, number: i64, block: Cidr, port: Port) -> ec2::NetworkAclEntry {
    let entry = ec2::NetworkAclEntry::new()
        .network_acl_id(acl)
        .egress(egress)
        .rule_number(number)
        .rule_action(RuleAction::ALLOW)
        .cidr_block(block.to_string())
        .protocol(port.protocol_number());
    match (port.first(), port.last()) {
        (Some(first), Some(last)) => entry.port_range(PortRange::new().from(first).to(last)),
        _ => match port.icmp_type() {
            Some(icmp) => entry.icmp(ec2::network_acl_entry::Icmp::new().type_(icmp).code(-1_i64)),
            None => entry,
        },
    }
}
