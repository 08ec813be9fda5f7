//! Random services: synthesis never panics, and what it takes without an error holds what services promise.

use ce_constructs::compute::{
    Capacity, Container, ContainerHealth, FargateServiceBuilder, Rollout, ServiceConnect, StepScaling, TaskSize,
    Tracking,
};
use ce_constructs::network::SubnetTier;
use ce_synth::{Duration, Environment, Percent, Size};
use proptest::prelude::*;
use serde_json::Value;

use super::{DEV, PROD, image, of_type, service, service_of, synth, targets};

#[derive(Clone, Debug)]
struct Wanted {
    environment: Environment,
    ports: Vec<u16>,
    variables: Vec<String>,
    behind: bool,
    sidecar: Option<u16>,
    spot: Option<(u16, u16, u16)>,
    rollout: Option<Rollout>,
    tasks: Option<(u16, u16)>,
    desired: Option<u16>,
    tier: SubnetTier,
    flags: [bool; 4],
    times: [u32; 3],
    storage: Option<u32>,
}

fn rollout() -> impl Strategy<Value = Rollout> {
    let percent = || (0..=100_u8).prop_map(Percent::new);
    let time = || (0..100_000_u32).prop_map(Duration::seconds);
    prop_oneof![
        (percent(), 0..400_u16).prop_map(|(minimum_healthy, maximum)| Rollout::Rolling { minimum_healthy, maximum }),
        time().prop_map(|bake| Rollout::BlueGreen { bake }),
        (percent(), time(), time()).prop_map(|(share, watched, bake)| Rollout::Canary { share, watched, bake }),
        (percent(), time(), time()).prop_map(|(step, watched, bake)| Rollout::Linear { step, watched, bake }),
    ]
}

/// Mostly what is taken, now and then anything: a case with one mistake says more than one with ten.
fn mostly<T: Clone + std::fmt::Debug>(
    good: impl Strategy<Value = T> + 'static,
    any: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = T> {
    prop_oneof![12 => good, 1 => any]
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let good_rollout = prop_oneof![
        Just(None),
        (50..=100_u8, 150..=200_u16)
            .prop_map(|(least, maximum)| { Some(Rollout::Rolling { minimum_healthy: Percent::new(least), maximum }) }),
    ];
    let good_tasks = prop::option::of((1..5_u16, 5..40_u16));
    let good_times = [30..=300_u32, 2..=29_u32, 0..=120_u32];
    let good_tier = Just(SubnetTier::Private);
    let any_tier = prop_oneof![Just(SubnetTier::Public), Just(SubnetTier::Private), Just(SubnetTier::Isolated)];
    let first = (
        prop_oneof![Just(PROD), Just(DEV)],
        prop::collection::vec(1..=9_000_u16, 0..3),
        mostly(prop::collection::vec("[A-Z]{1,6}", 0..4), prop::collection::vec("[A-Z=]{0,6}", 0..4)),
        any::<bool>(),
        prop::option::of(1..=9_000_u16),
        mostly(prop::option::of((0..5_u16, 0..4_u16, 1..4_u16)), prop::option::of((0..5_u16, 0..2_000_u16, 0..4_u16))),
        mostly(good_rollout, prop::option::of(rollout())),
    );
    let second = (
        mostly(good_tasks, prop::option::of((0..40_u16, 0..40_u16))),
        prop::option::of(0..20_u16),
        mostly(good_tier, any_tier),
        (
            mostly(Just(false), any::<bool>()),
            any::<bool>(),
            mostly(Just(false), any::<bool>()),
            mostly(Just(false), any::<bool>()),
        )
            .prop_map(|(exec, writable, public, connected)| [exec, writable, public, connected]),
        mostly(good_times, [0..=400_u32, 0..=400_u32, 0..=400_u32]),
        mostly(prop::option::of(21..=200_u32), prop::option::of(0..300_u32)),
    );
    (first, second).prop_map(|(first, second)| {
        let (environment, ports, variables, behind, sidecar, spot, rollout) = first;
        let (tasks, desired, tier, flags, times, storage) = second;
        Wanted {
            environment,
            ports,
            variables,
            behind,
            sidecar,
            spot,
            rollout,
            tasks,
            desired,
            tier,
            flags,
            times,
            storage,
        }
    })
}

fn configured<'a>(wanted: &Wanted, mut service: FargateServiceBuilder<'a>) -> FargateServiceBuilder<'a> {
    let [exec, writable, public, connected] = wanted.flags;
    let [interval, timeout, stop] = wanted.times.map(Duration::seconds);
    service = wanted.ports.iter().fold(service, |service, port| service.port(*port)).subnets(wanted.tier);
    service = wanted.variables.iter().fold(service, |service, name| service.env(name.clone(), "value"));
    service =
        service.health_check(ContainerHealth::shell("true").interval(interval).timeout(timeout)).stop_timeout(stop);
    service = if exec { service.exec() } else { service };
    service = if writable { service.writable_root() } else { service.scratch("/tmp") };
    service = if public { service.public_address() } else { service };
    service = if connected { service.service_connect(ServiceConnect::server("api")) } else { service };
    service = wanted
        .sidecar
        .iter()
        .fold(service, |service, port| service.sidecar(Container::new("side", image()).port(*port)));
    service = wanted.rollout.iter().fold(service, |service, rollout| service.rollout(*rollout));
    service = wanted.desired.iter().fold(service, |service, tasks| service.desired_count(*tasks));
    service = wanted.storage.iter().fold(service, |service, gib| service.ephemeral_storage(Size::gib(*gib)));
    wanted.spot.iter().fold(service, |service, (base, on_demand_weight, spot_weight)| {
        let (base, on_demand_weight, spot_weight) = (*base, *on_demand_weight, *spot_weight);
        service.capacity(Capacity::Spot { base, on_demand_weight, spot_weight })
    })
}

/// What holds for every service that was taken.
fn holds(resources: &Value, wanted: &Wanted) -> Result<(), TestCaseError> {
    let service = service_of(resources);
    prop_assert!(service["LaunchType"].is_null() != service["CapacityProviderStrategy"].is_null());
    prop_assert_eq!(service["DesiredCount"].is_null(), wanted.tasks.is_some());
    let number = |name: &str| service["DeploymentConfiguration"][name].as_u64().unwrap_or_default();
    let tasks = wanted
        .tasks
        .map_or_else(|| service["DesiredCount"].as_u64().unwrap_or_default(), |(least, _)| u64::from(least));
    let most = tasks * number("MaximumPercent") / 100;
    let least = (tasks * number("MinimumHealthyPercent")).div_ceil(100);
    prop_assert!(tasks == 0 || most > least, "{tasks} tasks, {least} to {most}");
    let groups = of_type(resources, "AWS::EC2::SecurityGroup");
    prop_assert!(groups.iter().all(|group| group["SecurityGroupEgress"].is_array()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_service_is_found_wanting_or_holds(wanted in wanted()) {
        let result = synth(wanted.environment, |scope| {
            let mut builder = configured(&wanted, service(scope));
            if wanted.behind {
                builder = builder.behind(&targets(scope, "Targets"));
            }
            let api = builder.build(scope, "Api");
            if let Some((least, most)) = wanted.tasks {
                let scaling = api.scaling(least..=most).track("Cpu", Tracking::cpu(Percent::new(70)));
                scaling.step("Step", StepScaling::percent(25).at_least(1));
            }
        });
        if let Ok(assembly) = result {
            let template: Value = serde_json::from_str(assembly.template("Shop").unwrap_or_default()).unwrap_or_default();
            holds(&template["Resources"], &wanted)?;
        }
    }

    #[test]
    fn a_size_is_offered_or_refused(cpu in 0..40_000_u32, memory in 0..260_000_u32) {
        let text = format!("{cpu}/{memory}");
        let parsed = text.parse::<TaskSize>();
        prop_assert_eq!(parsed.clone().ok(), TaskSize::checked(cpu, memory));
        if let Ok(size) = parsed {
            prop_assert_eq!(size.to_string(), text);
        }
    }
}
