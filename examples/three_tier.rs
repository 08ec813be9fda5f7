//! A web application in three tiers: a load balancer, a service, a database; and what watches them.
//!
//! ```text
//! cargo run --example three_tier -- --no-lock
//! ```
//!
//! Four stacks, so that a new version of the service touches neither the network nor the data. References between
//! them are plain values: ce makes outputs of them, and orders the stacks.

use std::process::ExitCode;

use ce::compute::ContainerSecret;
use ce::prelude::*;
use ce::storage::LifecycleRule;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() -> ExitCode {
    ce::run(three_tier)
}

/// ```text
/// internet ─443─► LoadBalancer ─8080─► Orders ─5432─► Database
///                 public subnets       private        isolated
/// ```
pub fn three_tier(app: &App) {
    let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(app.stack("Network", PROD), "Vpc");
    let database = AuroraCluster::builder(&network).database("orders").build(app.stack("Data", PROD), "Database");

    let web = app.stack("Web", PROD);
    let targets = front(web, &network);

    let cluster = EcsCluster::builder().build(web, "Cluster");
    let repository = Repository::builder().build(web, "Images");
    let image = ImageSource::repository(&repository, ImageVersion::tag("1.4.0"));
    let mut orders = FargateService::builder(&cluster, &network, image, TaskSize::new::<512, 1024>())
        .port(8080)
        .behind(&targets)
        .env("DATABASE_HOST", database.endpoint());
    // ECS reads the secret when a task starts; the execution role may, and nobody else.
    if let Some(login) = database.secret() {
        orders = orders
            .secret("DATABASE_USER", ContainerSecret::field(login, "username"))
            .secret("DATABASE_PASSWORD", ContainerSecret::field(login, "password"));
    }
    let orders = orders.build(web, "Orders");
    // Both sides of the connection, and nothing but the database's port.
    orders.connections().allow_to_default_port(&database);
    orders
        .scaling(2..=10)
        .track("Cpu", Tracking::cpu(Percent::new(70)))
        .track("Requests", Tracking::requests_per_target(&targets, 1_000.0));
    watch(app.stack("Watch", PROD), &[&targets, &orders, &database]);
}

/// The alarms that each recommends, told by mail, and a dashboard of all.
fn watch(stack: Scope<'_>, parts: &[&dyn Watched]) {
    let key = Key::builder().build(stack, "Key");
    let mail = || Channel::email("orders@example.com");
    let oncall = Escalation::builder("orders", &key).page(mail()).warn(mail()).build(stack, "Oncall");
    let watch = Watch::builder(&oncall).named("orders");
    parts.iter().fold(watch, |watch, part| watch.over(part)).build(stack, "Watch");
}

/// The load balancer, its certificate, its name and its logs.
fn front<'a>(stack: Scope<'a>, network: &MultiAzVpc<'a>) -> TargetGroup<'a> {
    // Asked for when the stack is deployed: `cdk deploy --parameters Web:HostedZoneId=Z0123456789ABCDEFGHIJ`.
    let zone = Parameter::aws("AWS::Route53::HostedZone::Id").description("The hosted zone of example.com");
    let zone = HostedZone::existing(stack.parameter("HostedZoneId", zone).value(), "example.com");
    let certificate = Certificate::builder("orders.example.com", &zone).build(stack, "Certificate");
    let logs = Bucket::builder()
        .lifecycle(LifecycleRule::new().expire_after(Duration::days(90)))
        .without_access_logs()
        .build(stack, "Logs");
    let balancer =
        ApplicationLoadBalancer::builder(network).https(&certificate).access_logs(&logs).build(stack, "LoadBalancer");
    Record::builder(&zone, "orders.example.com", &balancer).build(stack, "Name");
    let targets =
        TargetGroup::builder(&balancer, 8080).health_check(TargetHealth::path("/health")).build(stack, "Targets");
    balancer.listener().default_to(&targets);
    targets
}
