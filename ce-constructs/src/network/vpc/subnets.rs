//! The subnets of a VPC, once they are added.

use ce_cfn::ec2;
use ce_synth::{Scope, Value};

use super::super::{Cidr, SubnetTier};
use super::zone::Zone;

/// A subnet and the route table it uses.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) tier: SubnetTier,
    pub(super) zone: Zone,
    pub(super) cidr: Cidr,
    pub(super) resource: ec2::SubnetRef<'a>,
    pub(super) table: ec2::RouteTableRef<'a>,
}

#[derive(Clone)]
pub(super) struct Subnets<'a> {
    vpc: Cidr,
    all: Vec<Placed<'a>>,
}

impl<'a> Subnets<'a> {
    pub(super) fn of_vpc(vpc: Cidr) -> Self {
        Self { vpc, all: Vec::new() }
    }

    pub(super) fn push(&mut self, subnet: Placed<'a>) {
        self.all.push(subnet);
    }

    pub(super) fn vpc(&self) -> Cidr {
        self.vpc
    }

    /// The subnets of a tier, in the order of the zones.
    pub(super) fn of(&self, tier: SubnetTier) -> impl Iterator<Item = &Placed<'a>> {
        self.all.iter().filter(move |subnet| subnet.tier == tier)
    }

    /// The route tables of a tier: one for each zone in the private tier, else one.
    pub(super) fn tables(&self, tier: SubnetTier) -> Vec<ec2::RouteTableRef<'a>> {
        let mut tables: Vec<ec2::RouteTableRef<'a>> = self.of(tier).map(|subnet| subnet.table).collect();
        tables.dedup_by_key(|table| table.node());
        tables
    }

    /// The tier in ids.
    pub(super) const fn word(tier: SubnetTier) -> &'static str {
        match tier {
            SubnetTier::Public => "Public",
            SubnetTier::Private => "Private",
            SubnetTier::Isolated => "Isolated",
        }
    }
}

/// What the subnets of a tier are made of.
pub(super) struct TierParts<'p> {
    pub(super) tier: SubnetTier,
    /// Zones with their blocks.
    pub(super) blocks: Vec<(Zone, Cidr)>,
    pub(super) tags: Vec<(String, Value<String>)>,
    /// The start of `Name` tags.
    pub(super) prefix: &'p str,
}

impl TierParts<'_> {
    /// Adds the subnets of the tier, their route tables, and the associations of both.
    #[track_caller]
    pub(super) fn build<'a>(&self, scope: Scope<'a>, vpc: ec2::VpcRef<'a>, subnets: &mut Subnets<'a>) {
        let word = Subnets::word(self.tier);
        let mut last = None;
        for (zone, cidr) in &self.blocks {
            let (number, label) = (zone.number(), zone.label(scope.region()));
            let table = match last {
                Some(shared) if self.tier != SubnetTier::Private => shared,
                _ => self.add_table(scope, vpc, number, &label),
            };
            last = Some(table);
            let resource = scope
                .add(&format!("{word}Subnet{number}"), self.subnet(vpc, (label, zone.value(scope.region())), *cidr));
            let association = ec2::SubnetRouteTableAssociation::new().subnet_id(resource).route_table_id(table);
            resource.scope().add("RouteTableAssociation", association);
            subnets.push(Placed { tier: self.tier, zone: *zone, cidr: *cidr, resource, table });
        }
    }

    /// Of one zone in the private tier, else of the whole tier.
    #[track_caller]
    fn add_table<'a>(&self, scope: Scope<'a>, vpc: ec2::VpcRef<'a>, number: u8, zone: &str) -> ec2::RouteTableRef<'a> {
        let (word, tier) = (Subnets::word(self.tier), self.tier.as_str());
        let (id, name) = if self.tier == SubnetTier::Private {
            (format!("{word}RouteTable{number}"), format!("{}-{tier}-{zone}", self.prefix))
        } else {
            (format!("{word}RouteTable"), format!("{}-{tier}", self.prefix))
        };
        scope.add(&id, ec2::RouteTable::new().vpc_id(vpc).tags([("Name", name)]))
    }

    fn subnet(&self, vpc: ec2::VpcRef<'_>, (label, zone): (String, Value<String>), cidr: Cidr) -> ec2::Subnet {
        let name = format!("{}-{}-{label}", self.prefix, self.tier.as_str());
        let mut tags = vec![("Name".to_owned(), Value::from_expr(name.into()))];
        tags.extend(self.tags.iter().cloned());
        ec2::Subnet::new().vpc_id(vpc).availability_zone(zone).cidr_block(cidr.to_string()).tags(tags)
    }
}
