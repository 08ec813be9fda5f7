//! The network: three tiers over the zones, and the group that all tasks share.

use ce::prelude::*;

use super::settings::Settings;

pub struct Foundation<'a> {
    pub network: MultiAzVpc<'a>,
    /// The group of the tasks; the load balancer, the databases and the cache know tasks by it.
    pub tasks: SecurityGroup<'a>,
}

impl<'a> Foundation<'a> {
    pub fn new(stack: Scope<'a>, settings: &Settings<'a>) -> Self {
        let network = MultiAzVpc::builder(settings.address_space).named(settings.prefix);
        // Production's zones are the reference's own, by name.
        let network =
            if settings.is_production() { network.zone_letters("abc") } else { network.zones(settings.zones) };
        let network = network
            .nat(if settings.is_production() { Nat::PerZone } else { Nat::Single })
            .endpoints([AwsService::S3, AwsService::ECR_API, AwsService::ECR_DKR, AwsService::SECRETS_MANAGER])
            .standard_network_acls()
            .build(stack, "Vpc");
        let tasks = SecurityGroup::builder(&network, "Tasks of all services")
            .named(settings.name("ecs"))
            .build(stack, "TasksGroup");
        // AWS's own services that have no endpoint here, and the images' own calls.
        tasks.connections().allow_to(Cidr::ANYWHERE, Port::HTTPS);
        // Service Connect: tasks call each other with TLS.
        tasks.connections().allow_to(&tasks, Port::tcp(8443));
        Self { network, tasks }
    }
}
