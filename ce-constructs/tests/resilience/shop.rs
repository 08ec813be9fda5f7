//! A whole pair: network, keys, secrets, databases, caches, buckets, images, services, plan, detector, names.

use ce_constructs::cidr;
use ce_constructs::compute::{
    EcsCluster, FargateService, ImageSource, ImageVersion, LambdaFunction, TaskSize, Tracking,
};
use ce_constructs::data::{
    AccessToken, AuroraCluster, AuroraEngine, AuroraGlobal, Login, RedisCluster, RedisGlobal, Shards,
};
use ce_constructs::edge::{Certificate, HostedZone};
use ce_constructs::network::load_balancer::{ApplicationLoadBalancer, Route, TargetGroup};
use ce_constructs::network::{Connect, MultiAzVpc, Nat, Port};
use ce_constructs::observe::{Canary, Topic};
use ce_constructs::resilience::{
    CachePromotion, DrPair, FailoverRecord, FailureDetector, RegionSwitch, ReplicatedBucket, ReplicatedKey,
    ReplicatedRegistry, ReplicatedSecret, ReplicationLag, Site, SwitchStep,
};
use ce_constructs::security::{Key, Password};
use ce_constructs::storage::{BucketBuilder, BucketName};
use ce_synth::{App, Duration, Percent};

use super::{PROD, WEST};

pub(super) const UPLOADS: BucketName = BucketName::new("shop-prod-uploads");
pub(super) const COPIES: BucketName = BucketName::new("shop-dr-uploads");

#[derive(Clone)]
pub(super) struct Shop<'a> {
    pub(super) key: Key<'a>,
    pub(super) orders: AuroraCluster<'a>,
    pub(super) sessions: RedisCluster<'a>,
    pub(super) api: FargateService<'a>,
    pub(super) balancer: ApplicationLoadBalancer<'a>,
    pub(super) promotion: LambdaFunction<'a>,
}

pub(super) struct Globals<'a> {
    pub(super) orders: AuroraGlobal<'a>,
    pub(super) sessions: RedisGlobal<'a>,
}

pub(super) fn zone<'a>() -> HostedZone<'a> {
    HostedZone::existing("Z0123456789ABCDEFGHIJ", "example.com")
}

/// The shop in both regions, and what is one for both.
pub(super) fn shops(app: &App) -> (DrPair<'_, Shop<'_>>, Globals<'_>) {
    let sites = DrPair::builder(PROD, WEST).names("shop-prod", "shop-dr").open(app);
    let stack = sites.primary().stack("Data");
    let globals = Globals {
        orders: AuroraGlobal::builder("shop", AuroraEngine::postgresql("15.17")).build(stack, "GlobalOrders"),
        sessions: RedisGlobal::builder("shop").build(stack, "GlobalSessions"),
    };
    (sites.build(|site| shop(site, &globals)), globals)
}

/// One site of the shop.
fn shop<'a>(site: &Site<'a>, globals: &Globals<'a>) -> Shop<'a> {
    let security = site.stack("Security");
    let key = ReplicatedKey::builder().alias("alias/shop").build(site, site.stack("Keys"), "Key");
    ReplicatedSecret::builder("shop/api-key", &key)
        .contents(|secret| secret.generated(Password::new()))
        .build(site, security, "ApiKey");
    ReplicatedRegistry::builder().prefix("shop/").build(site, site.stack("Images"), "Registry");
    ReplicatedBucket::builder(UPLOADS, COPIES).bucket(BucketBuilder::without_access_logs).encrypted_by(&key).build(
        site,
        site.stack("Storage"),
        "Uploads",
    );

    let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).nat(Nat::PerZone).build(site.stack("Network"), "Vpc");
    let data = site.stack("Data");
    let login = Login::new("shop").secret_named("shop/db").replicated_to([WEST]);
    let orders = AuroraCluster::builder(&vpc)
        .global(&globals.orders)
        .credentials(login)
        .secret_encrypted_by(&key)
        .build(data, "Orders");
    let token = site.choose(
        AccessToken::generated().secret_named("shop/cache").replicated_to([WEST]),
        AccessToken::of_secret("shop/cache"),
    );
    let sessions = RedisCluster::builder(&vpc)
        .global(&globals.sessions)
        .shards(Shards::Clustered { shards: 2, replicas: 1 })
        .access(token)
        .secret_encrypted_by(&key)
        .build(data, "Sessions");

    let compute = site.stack("Compute");
    let certificate = Certificate::builder("origin.example.com", &zone()).build(compute, "Certificate");
    let balancer = ApplicationLoadBalancer::builder(&vpc).https(&certificate).build(compute, "Balancer");
    let targets = TargetGroup::builder(&balancer, 8080).build(compute, "Targets");
    balancer.listener().route(Route::path("/api/*").priority(10), &targets);
    let cluster = EcsCluster::builder().named(site.prefix()).build(compute, "Cluster");
    let image = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
    let api = FargateService::builder(&cluster, &vpc, image, TaskSize::new::<1024, 2048>())
        .behind(&targets)
        .build(compute, "Api");
    api.scaling(site.capacity_range(3..=15)).track("Cpu", Tracking::cpu(Percent::new(70)));
    api.connections().allow_to_default_port(&orders);
    api.connections().allow_to(&sessions, Port::tcp(6379));
    let promotion = CachePromotion::builder(&globals.sessions, &sessions).build(data, "PromoteCache");
    Shop { key, orders, sessions, api, balancer, promotion }
}

pub(super) struct Failover<'a> {
    pub(super) plan: RegionSwitch<'a>,
}

/// What moves from one site to the other.
pub(super) fn failover<'a>(pair: &DrPair<'a, Shop<'a>>, globals: &Globals<'a>) -> Failover<'a> {
    let (primary, standby) = (&pair.primary, &pair.standby);
    let site = pair.standby_site();
    let stack = site.stack("Failover");
    let oncall = Topic::builder(&standby.key).build(stack, "Oncall");
    ReplicationLag::builder()
        .aurora("Orders", &standby.orders)
        .redis("Sessions", &standby.sessions)
        .bucket("Uploads", &UPLOADS, &COPIES, "rule-1")
        .notify(&oncall)
        .build(stack, "Lag");
    let url = "https://primary.example.com/health";
    let detector = FailureDetector::builder(site.primary_region(), Canary::builder("shop-primary", url))
        .notify(&oncall)
        .build(stack, "Detector");
    let promote = SwitchStep::parallel(
        "Promote",
        [
            SwitchStep::promote("Database", &globals.orders, &primary.orders, &standby.orders),
            SwitchStep::scale("Tasks", [(&primary.api, &standby.api)]).until_healthy(),
            SwitchStep::function("Cache", primary.promotion.arn(), standby.promotion.arn()),
        ],
    );
    let plan = RegionSwitch::builder("shop")
        .recovery_time(Duration::hours(4))
        .step(promote)
        .step(SwitchStep::traffic("Traffic", &zone(), "origin.example.com"))
        .triggered_by(detector.alarm())
        .build(site, stack, "Plan");
    for (site, shop) in [(pair.primary_site(), primary), (pair.standby_site(), standby)] {
        FailoverRecord::builder(&zone(), "origin.example.com", &shop.balancer).switched_by(&plan).build(
            site,
            site.stack("Dns"),
            "Origin",
        );
    }
    Failover { plan }
}

/// All of it.
pub(super) fn whole(app: &App) {
    let (pair, globals) = shops(app);
    failover(&pair, &globals);
}
