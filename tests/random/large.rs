//! Load balancers, services and databases, in one network.

use ce::compute::{Architecture, ContainerSecret};
use ce::data::{Capacity, Shards};
use ce::prelude::*;

use super::dice::Dice;
use super::sound::{Made, network};

/// A network of its own with the rest in it.
pub(super) fn add<'a>(stack: Scope<'a>, dice: &mut Dice, made: &mut Made<'a>) {
    let stack = stack.child("Large");
    // The others may do without a way out, services do not.
    let cidr = format!("172.{}.0.0/16", dice.of_range(16..=31)).parse().expect("a block");
    let vpc = if dice.chance(20) {
        network(stack, "Other", dice)
    } else {
        MultiAzVpc::builder(cidr).zones(dice.small(2..=3)).build(stack, "Vpc")
    };
    let service = dice.chance(70).then(|| service(stack, &vpc, dice, made));
    if dice.chance(40) {
        let database = aurora(stack, &vpc, dice);
        if let Some(service) = &service {
            service.connections().allow_to_default_port(&database);
            if let Some(login) = database.secret() {
                service.secret("DATABASE_PASSWORD", ContainerSecret::field(login, "password"));
            }
        }
    }
    if dice.chance(40) {
        let cache = redis(stack, &vpc, dice);
        if let Some(service) = &service {
            service.connections().allow_to_default_port(&cache);
            service.env("CACHE", cache.endpoint());
        }
    }
    made.networks.push(vpc);
}

fn service<'a>(stack: Scope<'a>, network: &MultiAzVpc<'a>, dice: &mut Dice, made: &Made<'a>) -> FargateService<'a> {
    let cluster = EcsCluster::builder().build(stack, "Cluster");
    let image = if dice.chance(50) {
        ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"))
    } else {
        ImageSource::repository(&Repository::builder().build(stack, "Images"), ImageVersion::tag(dice.word(1..=8)))
    };
    let sizes =
        [(256, 512), (256, 2_048), (512, 1_024), (1_024, 8_192), (2_048, 4_096), (4_096, 30_720), (16_384, 122_880)];
    let (cpu, memory) = dice.pick(&sizes);
    let size = TaskSize::checked(cpu, memory).expect("a size of Fargate");
    let mut builder = FargateService::builder(&cluster, network, image, size)
        .port(8080)
        .desired_count(dice.short(1..=20))
        .architecture(dice.pick(&[Architecture::X86, Architecture::Arm]));
    let targets = dice.chance(60).then(|| front(stack, network, dice));
    if let Some(targets) = &targets {
        builder = builder.behind(targets);
    }
    for number in 0..dice.of_range(0..=4) {
        builder = builder.env(format!("VARIABLE_{number}"), dice.word(0..=30));
    }
    if let Some(secret) = dice.maybe(50, &made.secrets) {
        builder = builder.secret("SECRET", &secret);
    }
    if let Some(logs) = dice.maybe(30, &made.logs) {
        builder = builder.logs(&logs);
    }
    if dice.chance(20) {
        builder = builder.exec().writable_root();
    }
    let service = builder.build(stack, "Service");
    if let Some(bucket) = dice.maybe(50, &made.buckets) {
        bucket.grants().read_write(&service);
    }
    if dice.chance(60) {
        let least = dice.short(1..=10);
        let scaling = service.scaling(least..=least.saturating_add(dice.short(0..=40)));
        let scaling = scaling.track("Cpu", Tracking::cpu(Percent::new(dice.pick(&[10, 50, 70, 90]))));
        if let Some(targets) = &targets {
            scaling.track("Requests", Tracking::requests_per_target(targets, f64::from(dice.within(1..=5_000))));
        }
    }
    service
}

fn front<'a>(stack: Scope<'a>, network: &MultiAzVpc<'a>, dice: &mut Dice) -> TargetGroup<'a> {
    let zone = HostedZone::existing("Z0123456789ABCDEFGHIJ", "example.com");
    let name = format!("{}.example.com", dice.word(1..=20));
    let certificate = Certificate::builder(&name, &zone).build(stack, "Certificate");
    let mut balancer = ApplicationLoadBalancer::builder(network).https(&certificate);
    if dice.chance(50) {
        balancer = balancer.access_logs(&Bucket::builder().without_access_logs().build(stack, "BalancerLogs"));
    }
    if dice.chance(30) {
        balancer = balancer.exposure(Exposure::Internal);
    }
    if dice.chance(30) {
        balancer = balancer.idle_timeout(Duration::seconds(dice.within(1..=4_000)));
    }
    let balancer = balancer.build(stack, "Balancer");
    Record::builder(&zone, name, &balancer).build(stack, "Name");
    let seconds = dice.within(10..=120);
    let health = TargetHealth::path(format!("/{}", dice.word(1..=10)))
        .interval(Duration::seconds(seconds))
        .timeout(Duration::seconds(dice.within(2..=9.min(seconds.max(3)))))
        .healthy_after(dice.small(2..=10))
        .unhealthy_after(dice.small(2..=10));
    let targets = TargetGroup::builder(&balancer, 8080)
        .health_check(health)
        .deregistration_delay(Duration::seconds(dice.within(0..=3_600)))
        .build(stack, "Targets");
    let listener = balancer.listener();
    if dice.chance(50) {
        listener.default_to(&targets);
    } else {
        for number in 1..=5 {
            listener.route(
                Route::path(format!("/{}/*", dice.word(1..=10))).priority(dice.short(number * 100..=number * 100 + 99)),
                &targets,
            );
        }
    }
    targets
}

fn aurora<'a>(stack: Scope<'a>, network: &MultiAzVpc<'a>, dice: &mut Dice) -> AuroraCluster<'a> {
    let readers = dice.small(0..=3);
    let capacity = if dice.chance(50) {
        Capacity::provisioned(dice.pick(&[InstanceClass::R6G_LARGE, InstanceClass::R7G_LARGE]), readers)
    } else {
        Capacity::serverless(Acu::new(0.5), Acu::new(f64::from(dice.of_range(1..=128))), readers)
    };
    let mut builder = AuroraCluster::builder(network).capacity(capacity);
    if dice.chance(50) {
        builder = builder.database(dice.word(1..=30).replace(|letter: char| letter.is_ascii_digit(), "x"));
    }
    if dice.chance(50) {
        let days = format!("{}d", dice.of_range(1..=35)).parse().expect("1 to 35 days");
        builder = builder.backup_retention(days);
    }
    if dice.chance(30) {
        builder = builder.port(dice.short(1_150..=u16::MAX));
    }
    builder.build(stack, "Database")
}

fn redis<'a>(stack: Scope<'a>, network: &MultiAzVpc<'a>, dice: &mut Dice) -> RedisCluster<'a> {
    let shards = if dice.chance(50) {
        Shards::Single { replicas: dice.small(1..=5) }
    } else {
        Shards::Clustered { shards: dice.short(1..=15), replicas: dice.small(1..=5) }
    };
    let builder = RedisCluster::builder(network).shards(shards);
    let builder = if dice.chance(50) { builder.node_type(NodeType::M7G_LARGE) } else { builder };
    builder.build(stack, "Cache")
}
