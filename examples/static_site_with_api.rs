//! A site of files with an API beside it: one distribution before a closed bucket and a service.
//!
//! ```text
//! cargo run --example static_site_with_api -- --no-lock
//! ```
//!
//! All of it is in us-east-1, where CloudFront takes its certificates and firewalls from. Elsewhere the system may be in
//! any region, and only the stack of the distribution is there: a certificate of another region does not compile.

use std::process::ExitCode;

use ce::edge::OriginVerification;
use ce::edge::cdn::{Behavior, CachePolicy, Methods, Origin};
use ce::prelude::*;
use ce::security::Password;
use ce::storage::LogSource;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

fn main() -> ExitCode {
    ce::run(static_site_with_api)
}

/// ```text
/// viewers ─► Cdn ─┬─ /api/* ─► LoadBalancer ─► Api
///                 └─ others ─► Files
/// ```
pub fn static_site_with_api(app: &App) {
    let api = Api::new(app.stack("Api", PROD));
    let stack = app.stack("Site", PROD);
    let logs = Bucket::builder().receives_logs(LogSource::LogDelivery, "").logs_of_buckets().build(stack, "Logs");
    let files = Bucket::builder().access_logs_to(&logs, "files/").build(stack, "Files");

    let zone = zone(stack);
    let certificate = Certificate::builder("www.example.com", &zone).build_global(stack, "Certificate");
    let firewall = WebFirewall::builder().build_global(stack, "Firewall");
    let server = Origin::server("api.example.com").verified_by(&api.verification);
    let cdn = Cdn::builder(Behavior::cached(Origin::bucket(&files), CachePolicy::optimized()))
        .root("index.html")
        .behavior("/api/*", Behavior::dynamic(server).methods(Methods::All))
        .domain(&certificate, ["www.example.com"])
        .firewall(&firewall)
        .access_logs(&logs)
        .build(stack, "Cdn");
    Record::builder(&zone, "www.example.com", &cdn).build(stack, "Name");
}

/// The domain's zone is not made here: its id is asked for when a stack is deployed.
fn zone(stack: Scope<'_>) -> HostedZone<'_> {
    let id = Parameter::aws("AWS::Route53::HostedZone::Id").description("The hosted zone of example.com");
    HostedZone::existing(stack.parameter("HostedZoneId", id).value(), "example.com")
}

/// The API, and what the distribution says to be let in by it.
struct Api {
    verification: OriginVerification,
}

impl Api {
    fn new(stack: Scope<'_>) -> Self {
        let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
        let key = Key::builder().build(stack, "Key");
        let password = Secret::builder(&key).generated(Password::new().length(48).without_punctuation());
        let verification = OriginVerification::new("x-origin-verify", password.build(stack, "Verification").text());

        let zone = zone(stack);
        let certificate = Certificate::builder("api.example.com", &zone).build(stack, "Certificate");
        let logs = Bucket::builder().without_access_logs().build(stack, "Logs");
        let balancer = ApplicationLoadBalancer::builder(&network)
            .https(&certificate)
            .access_logs(&logs)
            .build(stack, "LoadBalancer");
        Record::builder(&zone, "api.example.com", &balancer).build(stack, "Name");
        // Who comes past the distribution does not know the secret, and is turned away.
        WebFirewall::builder().verify_origin(&verification).build(stack, "Firewall").protect(&balancer);
        let targets = TargetGroup::builder(&balancer, 8080).health_check(TargetHealth::path("/api/health"));
        let targets = targets.build(stack, "Targets");
        balancer.listener().route(Route::path("/api/*").priority(10), &targets);

        let cluster = EcsCluster::builder().build(stack, "Cluster");
        let image = ImageSource::repository(&Repository::builder().build(stack, "Images"), ImageVersion::tag("2.0.1"));
        let service = FargateService::builder(&cluster, &network, image, TaskSize::new::<256, 512>());
        let service = service.port(8080).behind(&targets).build(stack, "Service");
        service.scaling(2..=6).track("Cpu", Tracking::cpu(Percent::new(70)));
        Self { verification }
    }
}
