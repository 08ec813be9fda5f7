//! The ways out of a VPC: internet gateway, NAT gateways, default routes.

use ce_cfn::ec2;
use ce_cfn::ec2::nat_gateway::AvailabilityMode;
use ce_synth::Scope;

use super::super::{Cidr, SubnetTier};
use super::Nat;
use super::subnets::Subnets;

/// What routes lead to.
#[derive(Clone)]
pub(super) struct Routing<'a> {
    pub(super) internet_gateway: Option<ec2::InternetGatewayRef<'a>>,
    pub(super) nat_gateways: Vec<ec2::NatGatewayRef<'a>>,
    /// Default routes with the tier they serve.
    pub(super) routes: Vec<(SubnetTier, ec2::RouteRef<'a>)>,
}

impl<'a> Routing<'a> {
    #[track_caller]
    pub(super) fn build(scope: Scope<'a>, vpc: ec2::VpcRef<'a>, subnets: &Subnets<'a>, nat: Nat, prefix: &str) -> Self {
        let mut routing = Self { internet_gateway: None, nat_gateways: Vec::new(), routes: Vec::new() };
        if subnets.of(SubnetTier::Public).next().is_none() && nat != Nat::Regional {
            return routing;
        }
        let attachment = routing.open(scope, vpc, subnets, prefix);
        match nat {
            Nat::PerZone => routing.add_zonal(scope, subnets, usize::MAX, attachment, prefix),
            Nat::Single => routing.add_zonal(scope, subnets, 1, attachment, prefix),
            Nat::Regional => routing.add_regional(scope, vpc, attachment, prefix),
            Nat::None => {}
        }
        routing.route_private(subnets);
        routing
    }

    /// The internet gateway, and the public tier's way to it.
    #[track_caller]
    fn open(
        &mut self,
        scope: Scope<'a>,
        vpc: ec2::VpcRef<'a>,
        subnets: &Subnets<'a>,
        prefix: &str,
    ) -> ec2::VpcGatewayAttachmentRef<'a> {
        let gateway = scope.add("InternetGateway", ec2::InternetGateway::new().tags([("Name", prefix)]));
        let attachment = ec2::VpcGatewayAttachment::new().vpc_id(vpc).internet_gateway_id(gateway);
        let attachment = scope.add("InternetGatewayAttachment", attachment);
        self.internet_gateway = Some(gateway);
        for table in subnets.tables(SubnetTier::Public) {
            let route = table.scope().add("DefaultRoute", default_route(table).gateway_id(gateway));
            // No reference says so, and EC2 refuses a route to a gateway that is not attached.
            route.depends_on(*attachment);
            self.routes.push((SubnetTier::Public, route));
        }
        attachment
    }

    #[track_caller]
    fn add_zonal(
        &mut self,
        scope: Scope<'a>,
        subnets: &Subnets<'a>,
        most: usize,
        attachment: ec2::VpcGatewayAttachmentRef<'a>,
        prefix: &str,
    ) {
        for subnet in subnets.of(SubnetTier::Public).take(most) {
            let name = format!("{prefix}-nat-{}", subnet.zone.label(scope.region()));
            let id = format!("NatGateway{}", subnet.zone.number());
            let address = ec2::Eip::new().domain(ec2::eip::Domain::VPC).tags([("Name", name.as_str())]);
            let address = scope.add(&format!("{id}Address"), address);
            address.depends_on(*attachment);
            let gateway = ec2::NatGateway::new()
                .subnet_id(subnet.resource)
                .allocation_id(address.allocation_id().into_expr())
                .tags([("Name", name.as_str())]);
            let gateway = scope.add(&id, gateway);
            // Neither a gateway that cannot get out, nor one that loses its way before its users are gone.
            gateway.depends_on(*attachment);
            for (_, route) in self.routes.iter().filter(|(tier, _)| *tier == SubnetTier::Public) {
                gateway.depends_on(**route);
            }
            self.nat_gateways.push(gateway);
        }
    }

    #[track_caller]
    fn add_regional(
        &mut self,
        scope: Scope<'a>,
        vpc: ec2::VpcRef<'a>,
        attachment: ec2::VpcGatewayAttachmentRef<'a>,
        prefix: &str,
    ) {
        let gateway = ec2::NatGateway::new()
            .availability_mode(AvailabilityMode::REGIONAL)
            .vpc_id(vpc)
            .tags([("Name", format!("{prefix}-nat"))]);
        let gateway = scope.add("NatGateway", gateway);
        gateway.depends_on(*attachment);
        self.nat_gateways.push(gateway);
    }

    /// Each private table to the gateway of its zone, or to the only one.
    #[track_caller]
    fn route_private(&mut self, subnets: &Subnets<'a>) {
        let Some(first) = self.nat_gateways.first().copied() else { return };
        for (place, subnet) in subnets.of(SubnetTier::Private).enumerate() {
            let gateway = self.nat_gateways.get(place).copied().unwrap_or(first);
            let route = default_route(subnet.table).nat_gateway_id(gateway);
            self.routes.push((SubnetTier::Private, subnet.table.scope().add("DefaultRoute", route)));
        }
    }
}

fn default_route(table: ec2::RouteTableRef<'_>) -> ec2::Route {
    ec2::Route::new().route_table_id(table).destination_cidr_block(Cidr::ANYWHERE.to_string())
}
