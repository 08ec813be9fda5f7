//! The endpoints of a VPC: AWS services without a way through the internet.

use ce_cfn::ec2;
use ce_cfn::ec2::vpc_endpoint::VpcEndpointType;
use ce_synth::Scope;

use super::super::{Connect, Network, Port, SecurityGroup, SubnetTier};
use super::AwsService;
use super::subnets::Subnets;

#[derive(Clone)]
pub(super) struct Endpoints<'a> {
    pub(super) all: Vec<(AwsService, ec2::VpcEndpointRef<'a>)>,
    pub(super) group: Option<SecurityGroup<'a>>,
}

impl<'a> Endpoints<'a> {
    /// Adds an endpoint for each service: gateways into the private route tables, interfaces into the private subnets,
    /// or the nearest tier there is.
    #[track_caller]
    pub(super) fn build(
        scope: Scope<'a>,
        network: &dyn Network,
        subnets: &Subnets<'a>,
        services: &[AwsService],
        prefix: &str,
    ) -> Self {
        let mut endpoints = Self { all: Vec::new(), group: None };
        for service in services {
            let endpoint = ec2::VpcEndpoint::new()
                .vpc_id(network.vpc_id())
                .service_name(service.service_name(scope.region()))
                .tags([("Name", format!("{prefix}-{}", service.name()))]);
            let endpoint = if service.is_gateway() {
                let tables = nearest(subnets, [SubnetTier::Private, SubnetTier::Public, SubnetTier::Isolated]);
                endpoint.vpc_endpoint_type(VpcEndpointType::GATEWAY).route_table_ids(subnets.tables(tables))
            } else {
                let tier = nearest(subnets, [SubnetTier::Private, SubnetTier::Isolated, SubnetTier::Public]);
                let group = match endpoints.group {
                    Some(group) => group,
                    None => security_group(scope, network),
                };
                endpoints.group = Some(group);
                endpoint
                    .vpc_endpoint_type(VpcEndpointType::INTERFACE)
                    .private_dns_enabled(true)
                    .subnet_ids(subnets.of(tier).map(|subnet| subnet.resource).collect::<Vec<_>>())
                    .security_group_ids([group.id()])
            };
            endpoints.all.push((service.clone(), scope.add(&service.node_id(), endpoint)));
        }
        endpoints
    }
}

fn nearest(subnets: &Subnets<'_>, tiers: [SubnetTier; 3]) -> SubnetTier {
    tiers.into_iter().find(|tier| subnets.of(*tier).next().is_some()).unwrap_or(tiers[0])
}

/// One group for all: which of the VPC may call a service is a matter of IAM.
#[track_caller]
fn security_group<'a>(scope: Scope<'a>, network: &dyn Network) -> SecurityGroup<'a> {
    let group = SecurityGroup::builder(network, "endpoints of AWS services")
        .default_port(Port::HTTPS)
        .build(scope, "EndpointSecurityGroup");
    group.connections().allow_from(network.cidr(), Port::HTTPS);
    group
}
