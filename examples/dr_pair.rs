//! A second region that stands by: one definition, two sites, and the plan that moves from one to the other.
//!
//! ```text
//! cargo run --example dr_pair -- --no-lock
//! ```
//!
//! No stack of the standby refers to a stack of the primary's region: what it has to know of it is kept in parameters.
//! So it can be changed while that region is down, and a reference that would break this is a finding.

use std::process::ExitCode;

use ce::observe::Canary;
use ce::prelude::*;
use ce::resilience::{DrPair, FailureDetector, RegionSwitch, ReplicatedKey, ReplicationLag, Site, SwitchStep};

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

fn main() -> ExitCode {
    ce::run(dr_pair)
}

/// What both sites have.
struct Shop<'a> {
    orders: AuroraCluster<'a>,
    api: FargateService<'a>,
}

/// ```text
///   us-east-1               us-west-2
///   Network ... Api (4)     StandbyNetwork ... Api (1)
///   Data: Orders ───lag───► StandbyData: Orders
///                    ▲      StandbyFailover: detector, plan
///                    └──────────┘
/// ```
pub fn dr_pair(app: &App) {
    let global = AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(app.stack("Global", PROD), "Orders");
    let pair = DrPair::builder(PROD, Region::US_WEST_2)
        .standby_capacity(Percent::new(25))
        .build(app, |site| Shop::new(site, &global));

    let site = pair.standby_site();
    let stack = site.stack("Failover");
    let oncall = Topic::builder(&Key::builder().build(stack, "Key")).build(stack, "Oncall");
    ReplicationLag::builder()
        .aurora("Orders", &pair.standby.orders)
        .critical_at(Duration::minutes(15))
        .notify(&oncall)
        .build(stack, "Lag");
    let asks = Canary::builder("shop-primary", "https://primary.example.com/health");
    let detector = FailureDetector::builder(site.primary_region(), asks).notify(&oncall).build(stack, "Detector");
    let database = SwitchStep::promote("Database", &global, &pair.primary.orders, &pair.standby.orders);
    let tasks = SwitchStep::scale("Tasks", [(&pair.primary.api, &pair.standby.api)]);
    RegionSwitch::builder("shop")
        .recovery_time(Duration::hours(1))
        .step(SwitchStep::parallel("Promote", [database, tasks]))
        .triggered_by(detector.alarm())
        .build(site, stack, "Plan");
}

impl<'a> Shop<'a> {
    fn new(site: &Site<'a>, global: &AuroraGlobal<'a>) -> Self {
        let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(site.stack("Network"), "Vpc");
        let key = ReplicatedKey::builder().alias("alias/shop").build(site, site.stack("Keys"), "Key");
        let orders = AuroraCluster::builder(&network)
            .global(global)
            .secret_encrypted_by(&key)
            .build(site.stack("Data"), "Orders");

        let stack = site.stack("Api");
        let cluster = EcsCluster::builder().named(site.name("cluster")).build(stack, "Cluster");
        let image = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
        let api = FargateService::builder(&cluster, &network, image, TaskSize::new::<256, 512>())
            .named(site.name("api"))
            .port(8080)
            .desired_count(site.capacity(4))
            .env("DATABASE_HOST", orders.endpoint())
            .build(stack, "Api");
        api.connections().allow_to_default_port(&orders);
        Self { orders, api }
    }
}
