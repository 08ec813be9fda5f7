//! A VPC over several zones.

use ce_cfn::{ec2, ids};
use ce_synth::{Region, Value};

use super::super::{Cidr, Network, SecurityGroup, Subnet, SubnetTier};
use super::builder::MultiAzVpcBuilder;
use super::endpoints::Endpoints;
use super::routing::Routing;
use super::subnets::Subnets;
use super::{AwsService, Zone};
use crate::observe::LogGroup;

/// A VPC with subnets in several zones and up to three tiers.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::cidr;
/// use ce_constructs::network::{MultiAzVpc, Network, SubnetTier};
///
/// # let app = App::new();
/// # let scope = app.stack("Network", PROD);
/// let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(scope, "Vpc");
/// let private: Vec<_> = vpc.subnets(SubnetTier::Private).iter().map(|subnet| subnet.cidr()).collect();
/// assert_eq!(private, [cidr!("10.0.11.0/24"), cidr!("10.0.12.0/24"), cidr!("10.0.13.0/24")]);
/// # app.synth().unwrap();
/// ```
///
/// By default: three zones in production, else two; public, private and isolated subnets of 251 addresses each; a NAT
/// gateway per zone in production, else one; an endpoint for S3; flow logs of all traffic. Addresses are planned to
/// grow: another zone, tier or size of subnets moves none of the others.
///
/// It has no IPv6, no VPN and no peering; the default security group is left as EC2 makes it, which takes a custom
/// resource to change: nothing uses it.
#[derive(Clone)]
pub struct MultiAzVpc<'a> {
    pub(super) vpc: ec2::VpcRef<'a>,
    pub(super) region: Region,
    pub(super) subnets: Subnets<'a>,
    pub(super) routing: Routing<'a>,
    pub(super) endpoints: Endpoints<'a>,
    pub(super) flow_log_group: Option<LogGroup<'a>>,
}

impl<'a> MultiAzVpc<'a> {
    /// A VPC with these addresses, /16 to /28; its subnets need a /24 or larger.
    pub fn builder(cidr: Cidr) -> MultiAzVpcBuilder {
        MultiAzVpcBuilder::new(cidr)
    }

    /// The VPC.
    pub fn vpc(&self) -> ec2::VpcRef<'a> {
        self.vpc
    }

    /// The internet gateway, if there is a public tier.
    pub fn internet_gateway(&self) -> Option<ec2::InternetGatewayRef<'a>> {
        self.routing.internet_gateway
    }

    /// The NAT gateways, in the order of the zones.
    pub fn nat_gateways(&self) -> &[ec2::NatGatewayRef<'a>] {
        &self.routing.nat_gateways
    }

    /// The subnets of a tier as resources, in the order of the zones.
    pub fn subnet_resources(&self, tier: SubnetTier) -> Vec<ec2::SubnetRef<'a>> {
        self.subnets.of(tier).map(|subnet| subnet.resource).collect()
    }

    /// The route tables of a tier: one for each zone in the private tier, else one.
    pub fn route_tables(&self, tier: SubnetTier) -> Vec<ec2::RouteTableRef<'a>> {
        self.subnets.tables(tier)
    }

    /// The routes from a tier to the internet: what must reach it from its first moment on depends on them.
    pub fn default_routes(&self, tier: SubnetTier) -> Vec<ec2::RouteRef<'a>> {
        self.routing.routes.iter().filter(|(of, _)| *of == tier).map(|(_, route)| *route).collect()
    }

    /// The endpoint of a service, if it has one.
    pub fn endpoint(&self, service: &AwsService) -> Option<ec2::VpcEndpointRef<'a>> {
        self.endpoints.all.iter().find(|(known, _)| known == service).map(|(_, endpoint)| *endpoint)
    }

    /// The security group of the interface endpoints, if there is one. It takes HTTPS from the whole VPC; what may send
    /// to listed peers only still has to be allowed to: `service.connections().allow_to_default_port(&group)`.
    pub fn endpoint_security_group(&self) -> Option<SecurityGroup<'a>> {
        self.endpoints.group
    }

    /// The log group of the flow logs, if it is the VPC's own.
    pub fn flow_log_group(&self) -> Option<LogGroup<'a>> {
        self.flow_log_group
    }

    fn zone_name(&self, zone: Zone) -> String {
        zone.name(self.region)
    }
}

impl Network for MultiAzVpc<'_> {
    fn vpc_id(&self) -> Value<ids::Ec2Vpc> {
        self.vpc.ref_()
    }

    fn cidr(&self) -> Cidr {
        self.subnets.vpc()
    }

    fn region(&self) -> Region {
        self.region
    }

    fn subnets(&self, tier: SubnetTier) -> Vec<Subnet> {
        let subnets = self.subnets.of(tier);
        subnets.map(|subnet| Subnet::new(subnet.resource.ref_(), self.zone_name(subnet.zone), subnet.cidr)).collect()
    }
}
