//! What a VPC over several zones can be told.

use ce_cfn::{ec2, ids};
use ce_synth::{IntoValue, Region, Scope, Tier, Value};

use super::super::rules::{self, duplicate_endpoint, missing_endpoint, nat_placement, vpc_prefix, zones};
use super::super::{Cidr, Network, Subnet, SubnetTier};
use super::endpoints::Endpoints;
use super::layout::Sizes;
use super::multi_az_vpc::MultiAzVpc;
use super::routing::Routing;
use super::subnets::{Subnets, TierParts};
use super::zone::ZoneChoice;
use super::{AwsService, FlowLogs, Nat, NetworkAcl};

/// Makes a [`MultiAzVpc`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct MultiAzVpcBuilder {
    cidr: Cidr,
    name: Option<String>,
    tiers: Vec<SubnetTier>,
    zones: ZoneChoice,
    sizes: Sizes,
    nat: Option<Nat>,
    endpoints: Vec<AwsService>,
    flow_logs: FlowLogs,
    acls: Vec<(SubnetTier, NetworkAcl)>,
    standard_acls: bool,
    tags: Vec<(SubnetTier, String, Value<String>)>,
}

impl MultiAzVpcBuilder {
    pub(super) fn new(cidr: Cidr) -> Self {
        Self {
            cidr,
            name: None,
            tiers: SubnetTier::ALL.to_vec(),
            zones: ZoneChoice::ByTier,
            sizes: Sizes::default(),
            nat: None,
            endpoints: Vec::new(),
            flow_logs: FlowLogs::LogGroup,
            acls: Vec::new(),
            standard_acls: false,
            tags: Vec::new(),
        }
    }

    /// The start of the `Name` tags: `shop` gives `shop-public-eu-west-1a`. Default: the construct's path.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The tiers that have subnets. Default: all three.
    pub fn tiers(mut self, tiers: impl IntoIterator<Item = SubnetTier>) -> Self {
        self.tiers = tiers.into_iter().collect();
        self.tiers.sort_unstable();
        self.tiers.dedup();
        self
    }

    /// How many zones have subnets: the first that the account sees (`Fn::GetAZs`), as the letters of zones differ
    /// between accounts. Default: three in production, else two.
    pub fn zones(mut self, zones: u8) -> Self {
        self.zones = ZoneChoice::Count(zones);
        self
    }

    /// Which zones have subnets, by letter: `"abd"`. Their names stand in the template. Default: the first that the
    /// account sees.
    pub fn zone_letters(mut self, letters: impl Into<String>) -> Self {
        self.zones = ZoneChoice::Letters(letters.into());
        self
    }

    /// The prefix length of a tier's subnets, at most 28. Default: 24 in a VPC of /16 to /19, else four more than the
    /// VPC's.
    pub fn subnet_prefix(mut self, tier: SubnetTier, prefix: u8) -> Self {
        self.sizes.set_prefix(tier, prefix);
        self
    }

    /// The blocks of a tier's subnets, one for each zone, in their order. Default: by the plan of addresses.
    pub fn subnet_blocks(mut self, tier: SubnetTier, blocks: impl IntoIterator<Item = Cidr>) -> Self {
        self.sizes.set_blocks(tier, blocks.into_iter().collect());
        self
    }

    /// What private subnets reach the internet through. Default: [`Nat::PerZone`] in production, else
    /// [`Nat::Single`]; [`Nat::None`] without a public and a private tier.
    pub fn nat(mut self, nat: Nat) -> Self {
        self.nat = Some(nat);
        self
    }

    /// Adds endpoints for AWS services. An interface endpoint is paid by the hour and zone. Default:
    /// [`AwsService::S3`] alone, which is always there when there is a private tier.
    pub fn endpoints(mut self, services: impl IntoIterator<Item = AwsService>) -> Self {
        self.endpoints.extend(services);
        self
    }

    /// Where the records of all traffic go. Default: [`FlowLogs::LogGroup`].
    pub fn flow_logs(mut self, to: impl Into<FlowLogs>) -> Self {
        self.flow_logs = to.into();
        self
    }

    /// The network ACL of a tier. Default: the VPC's own, which lets everything through; security groups are stateful
    /// and easier to get right.
    pub fn network_acl(mut self, tier: SubnetTier, acl: NetworkAcl) -> Self {
        self.acls.retain(|(known, _)| *known != tier);
        self.acls.push((tier, acl));
        self
    }

    /// Gives every tier without an ACL of its own the [standard](NetworkAcl::standard) one. Default: none has one.
    pub fn standard_network_acls(mut self) -> Self {
        self.standard_acls = true;
        self
    }

    /// Tags the subnets of a tier, as Kubernetes asks for: `kubernetes.io/role/elb`. Default: `Name` alone.
    pub fn subnet_tag(mut self, tier: SubnetTier, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.tags.push((tier, key.into(), value.into_value()));
        self
    }

    /// Adds the VPC and all that belongs to it.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> MultiAzVpc<'a> {
        let scope = scope.child(id);
        rules::check_at_synth(scope.app());
        vpc_prefix::check(scope, self.cidr);
        zones::check_tiers(scope, &self.tiers);
        let nat = self.settle_nat(scope);
        let prefix = self.name.clone().unwrap_or_else(|| scope.path().replace('/', "-"));
        let vpc = ec2::Vpc::new()
            .cidr_block(self.cidr.to_string())
            .enable_dns_support(true)
            .enable_dns_hostnames(true)
            .tags([("Name", prefix.as_str())]);
        let vpc = scope.add("Vpc", vpc);
        let subnets = self.add_subnets(scope, vpc, &prefix);
        let routing = Routing::build(scope, vpc, &subnets, nat, &prefix);
        self.add_acls(scope, vpc, &subnets, &prefix);
        let bare = Bare { vpc: vpc.ref_(), cidr: self.cidr, region: scope.region() };
        let services = self.services(scope, nat);
        let endpoints = Endpoints::build(scope, &bare, &subnets, &services, &prefix);
        let flow_log_group = self.flow_logs.build(scope, vpc, &prefix);
        MultiAzVpc { vpc, region: scope.region(), subnets, routing, endpoints, flow_log_group }
    }

    fn has(&self, tier: SubnetTier) -> bool {
        self.tiers.contains(&tier)
    }

    #[track_caller]
    fn settle_nat(&self, scope: Scope<'_>) -> Nat {
        let (public, private) = (self.has(SubnetTier::Public), self.has(SubnetTier::Private));
        match self.nat {
            Some(nat) => nat_placement::check(scope, nat, public, private),
            None if !(public && private) => Nat::None,
            None if scope.environment().tier == Tier::Production => Nat::PerZone,
            None => Nat::Single,
        }
    }

    #[track_caller]
    fn add_subnets<'a>(&self, scope: Scope<'a>, vpc: ec2::VpcRef<'a>, prefix: &str) -> Subnets<'a> {
        let zones = self.zones.choose(scope);
        let mut subnets = Subnets::of_vpc(self.cidr);
        for tier in self.tiers.iter().copied() {
            let tags = self.tags.iter().filter(|(of, ..)| *of == tier);
            let tags = tags.map(|(_, key, value)| (key.clone(), value.clone())).collect();
            let blocks = self.sizes.blocks(scope, self.cidr, tier, &zones);
            TierParts { tier, blocks, tags, prefix }.build(scope, vpc, &mut subnets);
        }
        subnets
    }

    #[track_caller]
    fn add_acls(&self, scope: Scope<'_>, vpc: ec2::VpcRef<'_>, subnets: &Subnets<'_>, prefix: &str) {
        for tier in self.tiers.iter().copied() {
            let own = self.acls.iter().find(|(of, _)| *of == tier).map(|(_, acl)| acl.clone());
            let standard = || self.standard_acls.then(|| NetworkAcl::standard_beside(tier, &self.tiers));
            if let Some(acl) = own.or_else(standard) {
                acl.build(scope, vpc, subnets, tier, &format!("{prefix}-{}", tier.as_str()));
            }
        }
    }

    /// S3, and what was asked for, each once.
    #[track_caller]
    fn services(&self, scope: Scope<'_>, nat: Nat) -> Vec<AwsService> {
        duplicate_endpoint::check(scope, &self.endpoints);
        if nat == Nat::None && self.has(SubnetTier::Private) {
            missing_endpoint::check(scope, &self.endpoints);
        }
        let always = self.has(SubnetTier::Private).then_some(AwsService::S3);
        let mut services: Vec<AwsService> = Vec::new();
        for service in always.into_iter().chain(self.endpoints.iter().cloned()) {
            if !services.contains(&service) {
                services.push(service);
            }
        }
        services
    }
}

/// The VPC while it has no subnets yet.
struct Bare {
    vpc: Value<ids::Ec2Vpc>,
    cidr: Cidr,
    region: Region,
}

impl Network for Bare {
    fn vpc_id(&self) -> Value<ids::Ec2Vpc> {
        self.vpc.clone()
    }

    fn cidr(&self) -> Cidr {
        self.cidr
    }

    fn region(&self) -> Region {
        self.region
    }

    fn subnets(&self, _: SubnetTier) -> Vec<Subnet> {
        Vec::new()
    }
}
