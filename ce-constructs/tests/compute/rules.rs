//! What each rule finds.

use ce_constructs::compute::{
    Capacity, Container, ContainerHealth, EcsCluster, FargateService, FargateServiceBuilder, ImageSource, ImageVersion,
    PullThroughCache, RULES, RegistryReplication, Rollout, Schedule, ServiceConnect, StepScaling, TaskSize, Tracking,
    UpstreamRegistry,
};
use ce_constructs::network::SubnetTier;
use ce_constructs::observe::Metric;
use ce_constructs::security::{Key, Secret};
use ce_synth::{App, Duration, Percent, Region, Size};

use super::{PROD, done, found, image, service, targets, vpc};

const NOTHING: [&str; 0] = [];

/// What is found in a service with an option.
fn with(option: impl FnOnce(FargateServiceBuilder<'_>) -> FargateServiceBuilder<'_>) -> Vec<String> {
    found(|scope| done(option(service(scope)).build(scope, "Api")))
}

fn rolling(minimum: u8, maximum: u16) -> Rollout {
    Rollout::Rolling { minimum_healthy: Percent::new(minimum), maximum }
}

#[test]
fn codes_are_unique_and_of_this_chapter() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert!(codes.is_sorted_by(|left, right| left < right), "{codes:?}");
    assert!(codes.iter().all(|code| code.starts_with("CE20")));
}

#[test]
fn ce2001_bounds_the_wrong_way_round() {
    let bounds = |tasks| {
        found(|scope| {
            done(service(scope).build(scope, "Api").scaling(tasks).track("Cpu", Tracking::cpu(Percent::new(70))))
        })
    };
    assert_eq!(bounds(2..=10), NOTHING);
    #[expect(clippy::reversed_empty_ranges, reason = "that is what the rule is for")]
    let reversed = 10..=2;
    assert_eq!(bounds(reversed), ["CE2001"]);
    assert_eq!(bounds(0..=0), ["CE2001"]);
}

#[test]
fn ce2002_deployments_that_cannot_move() {
    assert_eq!(with(|service| service.desired_count(3).rollout(rolling(100, 120))), ["CE2002"]);
    assert_eq!(with(|service| service.desired_count(5).rollout(rolling(100, 120))), NOTHING);
    let scaled = found(|scope| {
        let api = service(scope).desired_count(5).rollout(rolling(100, 120)).build(scope, "Api");
        api.scaling(2..=9).track("Cpu", Tracking::cpu(Percent::new(70)));
    });
    assert_eq!(scaled, ["CE2002"], "the least number of tasks counts");
}

#[test]
fn ce2003_variables_set_twice() {
    let result = found(|scope| {
        let secret = Secret::builder(&Key::builder().build(scope, "Key")).build(scope, "Secret");
        service(scope).env("TOKEN", "x").secret("TOKEN", &secret).build(scope, "Api");
    });
    assert_eq!(result, ["CE2003"]);
    assert_eq!(with(|service| service.env("", "x")), ["CE2003"]);
    let late = found(|scope| {
        let secret = Secret::builder(&Key::builder().build(scope, "Key")).build(scope, "Secret");
        service(scope).env("TOKEN", "x").build(scope, "Api").secret("TOKEN", &secret);
    });
    assert_eq!(late, ["CE2003"]);
}

#[test]
fn ce2004_checks_that_are_badly_timed() {
    let check = |change: fn(ContainerHealth) -> ContainerHealth| {
        with(|service| service.health_check(change(ContainerHealth::shell("true"))))
    };
    assert_eq!(check(|health| health), NOTHING);
    assert_eq!(check(|health| health.interval(Duration::seconds(301))), ["CE2004"]);
    assert_eq!(check(|health| health.timeout(Duration::seconds(1))), ["CE2004"]);
    assert_eq!(check(|health| health.timeout(Duration::seconds(30))), ["CE2004"]);
    assert_eq!(check(|health| health.retries(0)), ["CE2004"]);
    assert_eq!(check(|health| health.start_period(Duration::minutes(6))), ["CE2004"]);
}

#[test]
fn ce2005_the_latest_image() {
    let latest = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("latest"));
    assert_eq!(with(|service| service.sidecar(Container::new("proxy", latest))), ["CE2005"]);
}

#[test]
fn ce2006_containers_that_take_long_to_end() {
    assert_eq!(with(|service| service.stop_timeout(Duration::seconds(121))), ["CE2006"]);
    assert_eq!(with(|service| service.stop_timeout(Duration::seconds(120))), NOTHING);
}

#[test]
fn ce2007_containers_in_each_others_way() {
    assert_eq!(with(|service| service.sidecar(Container::new("app", image()))), ["CE2007"]);
    assert_eq!(with(|service| service.port(80).sidecar(Container::new("proxy", image()).port(80))), ["CE2007"]);
}

#[test]
fn ce2008_tasks_that_reach_nothing() {
    assert_eq!(with(|service| service.subnets(SubnetTier::Public)), ["CE2008"]);
    assert_eq!(with(|service| service.subnets(SubnetTier::Public).public_address()), NOTHING);
    assert_eq!(
        with(|service| service.subnets(SubnetTier::Isolated)),
        ["CE2008", "CE2008"],
        "no such subnets, no way out"
    );
    assert_eq!(with(|service| service.port(80).public_address()), ["CE2008"]);
}

#[test]
fn ce2009_networks_of_another_region() {
    let app = App::new();
    let network = vpc(app.stack("There", PROD.in_region(Region::US_WEST_2)));
    let scope = app.stack("Here", PROD);
    let cluster = EcsCluster::builder().build(scope, "Cluster");
    FargateService::builder(&cluster, &network, image(), TaskSize::new::<256, 512>()).build(scope, "Api");
    let findings = app.synth().err();
    assert!(findings.is_some_and(|all| all.iter().any(|finding| finding.code.as_str() == "CE2009")));
}

#[test]
fn ce2010_nothing_on_demand() {
    let spot = |base, on_demand_weight, spot_weight| {
        with(|service| service.capacity(Capacity::Spot { base, on_demand_weight, spot_weight }))
    };
    assert_eq!(spot(2, 1, 3), NOTHING);
    assert_eq!(spot(0, 1, 3), ["CE2010"]);
    assert_eq!(spot(1, 0, 0), ["CE2010"]);
    assert_eq!(spot(1, 0, 1_001), ["CE2010"]);
}

#[test]
fn ce2011_one_target_group_for_two_versions() {
    let result = found(|scope| {
        let rollout = Rollout::BlueGreen { bake: Duration::minutes(5) };
        service(scope).behind(&targets(scope, "Targets")).rollout(rollout).build(scope, "Api");
    });
    assert_eq!(result, ["CE2011"]);
}

#[test]
fn ce2012_bounds_of_deployments() {
    assert_eq!(with(|service| service.rollout(rolling(100, 250))), ["CE2012"]);
    let bake = Duration::hours(25);
    assert_eq!(with(|service| service.rollout(Rollout::BlueGreen { bake })), ["CE2012"]);
    let (watched, bake) = (Duration::minutes(5), Duration::minutes(5));
    assert_eq!(with(|service| service.rollout(Rollout::Canary { share: Percent::new(0), watched, bake })), ["CE2012"]);
    assert_eq!(with(|service| service.rollout(Rollout::Linear { step: Percent::new(2), watched, bake })), ["CE2012"]);
}

#[test]
fn ce2013_grace_without_a_target_group() {
    assert_eq!(with(|service| service.grace_period(Duration::seconds(30))), ["CE2013"]);
}

#[test]
fn ce2014_shells_that_cannot_start() {
    assert_eq!(with(|service| service.port(80).exec()), ["CE2014"]);
    assert_eq!(with(|service| service.exec().writable_root()), NOTHING);
}

#[test]
fn ce2015_disks_that_are_not_offered() {
    assert_eq!(with(|service| service.ephemeral_storage(Size::gib(20))), ["CE2015"]);
    assert_eq!(with(|service| service.ephemeral_storage(Size::gib(200))), NOTHING);
    assert_eq!(with(|service| service.ephemeral_storage(Size::gib(201))), ["CE2015"]);
}

#[test]
fn ce2016_names_without_a_namespace_or_port() {
    assert_eq!(with(|service| service.service_connect(ServiceConnect::server("api"))), ["CE2016"]);
    let result = found(|scope| {
        let cluster = EcsCluster::builder().build(scope, "Cluster");
        let api = FargateService::builder(&cluster, &vpc(scope), image(), TaskSize::new::<256, 512>());
        api.service_connect(ServiceConnect::client()).build(scope, "Api");
    });
    assert_eq!(result, ["CE2016"]);
}

#[test]
fn ce2017_copies_of_a_region_in_itself() {
    let copies = |region| found(|scope| done(RegistryReplication::builder(region).build(scope, "Copies")));
    assert_eq!(copies(Region::US_EAST_1), ["CE2017"]);
    assert_eq!(copies(Region::US_WEST_2), NOTHING);
}

#[test]
fn ce2018_caches_that_cannot_sign_in() {
    let cache = |upstream| found(|scope| done(PullThroughCache::builder(upstream, "copies").build(scope, "Cache")));
    assert_eq!(cache(UpstreamRegistry::GitHub), ["CE2018"]);
    assert_eq!(cache(UpstreamRegistry::Quay), NOTHING);
}

#[test]
fn ce2019_bounds_without_a_policy() {
    let scaled = |tasks| found(|scope| done(service(scope).build(scope, "Api").scaling(tasks)));
    assert_eq!(scaled(2..=10), ["CE2019"]);
    assert_eq!(scaled(2..=2), NOTHING);
}

#[test]
fn ce2020_schedules_of_another_form() {
    let at = |schedule| {
        found(|scope| done(service(scope).build(scope, "Api").scaling(2..=9).schedule("Then", schedule, 3..=9)))
    };
    assert_eq!(at(Schedule::cron("0 7 * * *")), ["CE2020"]);
    assert_eq!(at(Schedule::at("tomorrow")), ["CE2020"]);
    assert_eq!(at(Schedule::at("2026-11-27T06:00:00")), NOTHING);
}

#[test]
fn ce2021_steps_in_disorder() {
    let steps = |steps| found(|scope| done(service(scope).build(scope, "Api").scaling(2..=9).step("Steps", steps)));
    assert_eq!(steps(StepScaling::tasks(1).and_from(2.0, 2).and_from(1.0, 3)), ["CE2021"]);
    assert_eq!(steps(StepScaling::tasks(0)), ["CE2021"]);
    assert_eq!(steps(StepScaling::tasks(1).and_from(2.0, 2)), NOTHING);
}

#[test]
fn ce2022_values_no_metric_reaches() {
    let near = |value| {
        found(|scope| {
            let tracking = Tracking::metric(Metric::new("Shop", "Depth"), value);
            service(scope).build(scope, "Api").scaling(2..=9).track("Depth", tracking);
        })
    };
    assert_eq!(near(0.0), ["CE2022"]);
    assert_eq!(near(f64::NAN), ["CE2022"]);
    assert_eq!(near(0.5), NOTHING);
}

#[test]
fn ce2023_requests_that_are_shifted_away() {
    let result = found(|scope| {
        let targets = targets(scope, "Targets");
        let api =
            service(scope).port(80).rollout(Rollout::BlueGreen { bake: Duration::minutes(1) }).build(scope, "Api");
        api.scaling(2..=9).track("Requests", Tracking::requests_per_target(&targets, 100.0));
    });
    assert_eq!(result, ["CE2023"]);
}
