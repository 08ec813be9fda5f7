//! What a construct asks of the network it is put into.

use ce_cfn::ids;
use ce_synth::{Region, Value};

use super::Cidr;

/// How far subnets reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubnetTier {
    /// Reachable from the internet, and reaching it, through an internet gateway: load balancers.
    Public,
    /// Reaching the internet through a NAT gateway, if there is one; not reachable from it: applications.
    Private,
    /// Without a route out of the VPC: databases.
    Isolated,
}

impl SubnetTier {
    /// Every tier, in the order of their addresses.
    pub const ALL: [Self; 3] = [Self::Public, Self::Private, Self::Isolated];

    /// The tier in a text: `public`, `private`, `isolated`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Isolated => "isolated",
        }
    }
}

/// A subnet of a [`Network`].
#[derive(Clone, Debug, PartialEq)]
pub struct Subnet {
    id: Value<ids::Ec2Subnet>,
    zone: String,
    cidr: Cidr,
}

impl Subnet {
    pub(super) fn new(id: Value<ids::Ec2Subnet>, zone: String, cidr: Cidr) -> Self {
        Self { id, zone, cidr }
    }

    /// Its id.
    pub fn id(&self) -> Value<ids::Ec2Subnet> {
        self.id.clone()
    }

    /// The name of its availability zone, such as `us-east-1a`; of zones that are chosen by number it is the name in an
    /// account that sees every zone of the region.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// Its addresses.
    pub fn cidr(&self) -> Cidr {
        self.cidr
    }
}

/// A VPC that constructs are put into: [`MultiAzVpc`](super::MultiAzVpc), [`ExistingVpc`](super::ExistingVpc), or yours.
pub trait Network {
    /// The VPC's id.
    fn vpc_id(&self) -> Value<ids::Ec2Vpc>;

    /// The VPC's addresses.
    fn cidr(&self) -> Cidr;

    /// The region it is in.
    fn region(&self) -> Region;

    /// The subnets of a tier, one per zone, in the order of the zones; none if the network has no such tier.
    fn subnets(&self, tier: SubnetTier) -> Vec<Subnet>;
}

impl<N: Network + ?Sized> Network for &N {
    fn vpc_id(&self) -> Value<ids::Ec2Vpc> {
        (**self).vpc_id()
    }

    fn cidr(&self) -> Cidr {
        (**self).cidr()
    }

    fn region(&self) -> Region {
        (**self).region()
    }

    fn subnets(&self, tier: SubnetTier) -> Vec<Subnet> {
        (**self).subnets(tier)
    }
}
