//! A VPC that is there already.

use ce_cfn::ids;
use ce_synth::{IntoValue, Region, Scope, Value};

use super::super::rules::{overlapping_subnets, subnet_blocks};
use super::super::{Cidr, Network, Subnet, SubnetTier};

/// A VPC that something else made; it adds nothing to the app.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::cidr;
/// use ce_constructs::network::{ExistingVpc, Network, SubnetTier};
///
/// # let app = App::new();
/// # let scope = app.stack("Shop", PROD);
/// let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.8.0.0/16"))
///     .subnet(SubnetTier::Private, 'a', "subnet-0a1b2c3d", cidr!("10.8.1.0/24"))
///     .subnet(SubnetTier::Private, 'b', "subnet-1a2b3c4d", cidr!("10.8.2.0/24"))
///     .build(scope);
/// assert_eq!(vpc.subnets(SubnetTier::Private)[1].zone(), "eu-west-1b");
/// ```
///
/// By default it has no subnets. It is not looked up: what is said of it has to be true.
#[derive(Clone, Debug)]
pub struct ExistingVpc {
    id: Value<ids::Ec2Vpc>,
    cidr: Cidr,
    region: Region,
    subnets: Vec<(SubnetTier, Subnet)>,
}

impl ExistingVpc {
    /// A VPC by its id and addresses.
    pub fn builder(id: impl IntoValue<ids::Ec2Vpc>, cidr: Cidr) -> ExistingVpcBuilder {
        ExistingVpcBuilder { id: id.into_value(), cidr, subnets: Vec::new() }
    }
}

impl Network for ExistingVpc {
    fn vpc_id(&self) -> Value<ids::Ec2Vpc> {
        self.id.clone()
    }

    fn cidr(&self) -> Cidr {
        self.cidr
    }

    fn region(&self) -> Region {
        self.region
    }

    fn subnets(&self, tier: SubnetTier) -> Vec<Subnet> {
        self.subnets.iter().filter(|(of, _)| *of == tier).map(|(_, subnet)| subnet.clone()).collect()
    }
}

/// Makes an [`ExistingVpc`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ExistingVpcBuilder {
    id: Value<ids::Ec2Vpc>,
    cidr: Cidr,
    subnets: Vec<(SubnetTier, char, Value<ids::Ec2Subnet>, Cidr)>,
}

impl ExistingVpcBuilder {
    /// Adds a subnet of a tier, in the zone with a letter. Default: none.
    pub fn subnet(mut self, tier: SubnetTier, zone: char, id: impl IntoValue<ids::Ec2Subnet>, cidr: Cidr) -> Self {
        self.subnets.push((tier, zone, id.into_value(), cidr));
        self
    }

    /// The VPC, in the region of the scope; what cannot be true is reported there.
    #[track_caller]
    pub fn build(mut self, scope: Scope<'_>) -> ExistingVpc {
        let region = scope.region();
        self.subnets.sort_by_key(|(tier, zone, ..)| (*tier, *zone));
        for tier in SubnetTier::ALL {
            let blocks: Vec<Cidr> =
                self.subnets.iter().filter(|(of, ..)| *of == tier).map(|(.., cidr)| *cidr).collect();
            subnet_blocks::check(scope, self.cidr, tier, blocks.len(), &blocks);
        }
        overlapping_subnets::check_blocks(scope, self.subnets.iter().map(|(.., cidr)| *cidr));
        let subnets = self.subnets.into_iter();
        let subnets = subnets.map(|(tier, zone, id, cidr)| (tier, Subnet::new(id, region.zone(zone), cidr))).collect();
        ExistingVpc { id: self.id, cidr: self.cidr, region, subnets }
    }
}
