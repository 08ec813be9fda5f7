use ce_cfn::{ecs, sns};
use ce_constructs::compute::EcsCluster;
use ce_constructs::resilience::{DrPair, SiteRole, kept};
use ce_synth::{App, Environment, Parameter, Percent, Region, Tier, join};

use super::{PROD, WEST, built, found, only, pair, template};

#[test]
fn the_closure_runs_for_both_sites() {
    let app = App::new();
    let pair = pair(&app, |site| {
        assert_eq!(site.is_primary(), !site.is_standby());
        assert_eq!((site.primary_region(), site.standby_region()), (PROD.region, WEST));
        assert_eq!(site.environment(), PROD.in_region(site.region()));
        (site.role(), site.region(), site.other_region(), site.name("alb"))
    });
    assert_eq!(pair.primary, (SiteRole::Primary, PROD.region, WEST, "shop-prod-alb".to_owned()));
    assert_eq!(pair.standby, (SiteRole::Standby, WEST, PROD.region, "shop-dr-alb".to_owned()));
}

#[test]
fn a_quarter_is_rounded_up_and_the_most_stays() {
    let app = App::new();
    let pair = DrPair::builder(PROD, WEST)
        .build(&app, |site| ([0, 1, 2, 3, 4, 5, 9].map(|tasks| site.capacity(tasks)), site.capacity_range(2..=20)));
    assert_eq!(pair.primary, ([0, 1, 2, 3, 4, 5, 9], 2..=20));
    assert_eq!(pair.standby, ([0, 1, 1, 1, 1, 2, 3], 1..=20));
    let half = DrPair::builder(PROD, WEST).standby_capacity(Percent::new(50)).build(&app, |site| site.capacity(3));
    assert_eq!(half.standby, 2);
}

#[test]
fn names_come_from_the_environment_unless_said() {
    let app = App::new();
    let pair = DrPair::builder(PROD, WEST).build(&app, |site| site.prefix().to_owned());
    assert_eq!((pair.primary.as_str(), pair.standby.as_str()), ("prod", "prod-standby"));
}

#[test]
fn a_stack_is_opened_once() {
    let app = App::new();
    let pair = pair(&app, |site| {
        let cluster = EcsCluster::builder().named(site.prefix()).build(site.stack("Compute"), "Cluster");
        assert_eq!(site.stack("Compute").node(), cluster.cluster().scope().stack().node());
        cluster
    });
    assert_eq!(pair.standby_site().stack("Compute").path(), "StandbyCompute");
    assert_eq!(pair.primary_site().stack("Compute").path(), "Compute");
    let assembly = built(app);
    for (stack, name, region) in [("Compute", "shop-prod", PROD.region), ("StandbyCompute", "shop-dr", WEST)] {
        assert_eq!(only(&template(&assembly, stack), "AWS::ECS::Cluster")["ClusterName"], name);
        assert_eq!(assembly.stack(stack).map(|stack| stack.environment().region), Some(region));
    }
}

#[test]
fn a_thing_and_its_copy_have_one_path() {
    let app = App::new();
    let pair = pair(&app, |site| {
        let scope = site.stack("Compute").child("Shop");
        scope.add("Cluster", ecs::Cluster::new());
        assert!(site.twin::<sns::Topic>(scope, "Cluster").is_none(), "another type");
        assert!(site.twin::<ecs::Cluster>(scope, "Other").is_none(), "another path");
        site.twin::<ecs::Cluster>(scope, "Cluster").map(|twin| twin.scope().region())
    });
    assert_eq!((pair.primary, pair.standby), (None, Some(PROD.region)));
}

#[test]
fn a_reference_to_the_primary_region_is_refused() {
    let app = App::new();
    let elsewhere = app.stack("Edge", PROD).add("Topic", sns::Topic::new());
    let pair = pair(&app, |site| site.stack("Alerts").add("Topic", sns::Topic::new()));
    let late = pair.standby_site().stack("Late");
    late.output("Twin", pair.primary.topic_arn());
    late.output("Elsewhere", elsewhere.topic_arn());
    late.output("Own", pair.standby.topic_arn());
    // A stack without resources.
    late.output("Domain", app.stack("Settings", PROD).parameter("Domain", Parameter::text()));
    let mut messages = found(app, "CE0204");
    messages.sort();
    let refused = ["Alerts/Topic", "Edge/Topic", "Settings/Domain"];
    assert_eq!(messages, refused.map(|path| format!("refers to `{path}`, which it must do without")));
}

#[test]
fn the_primary_may_know_the_standby() {
    let app = App::new();
    let pair = pair(&app, |site| site.stack("Alerts").add("Topic", sns::Topic::new()));
    pair.primary_site().stack("Alerts").output("Standby", pair.standby.topic_arn());
    let assembly = built(app);
    assert_eq!(
        assembly.stack("Alerts").map(|stack| stack.dependencies().to_vec()),
        Some(vec!["StandbyAlerts".to_owned()])
    );
}

#[test]
fn values_of_another_region_are_kept_once() {
    let app = App::new();
    let topic = app.stack("Alerts", PROD).add("Topic", sns::Topic::new());
    let given = app.stack("Settings", PROD).parameter("Domain", Parameter::text().default("example.com"));
    let standby = app.stack("StandbyAlerts", PROD.in_region(WEST));
    let own = standby.add("Topic", sns::Topic::new());
    let text = join![topic.topic_arn(), "/", own.topic_arn(), "/", topic.topic_arn(), "/", given];
    standby.output("All", kept(standby, "Primary", &text));
    standby.output("Known", kept(standby, "Unused", &join!["a", "b"]));
    let assembly = built(app);
    let template = template(&assembly, "StandbyAlerts");
    let parameters: Vec<_> = template["Parameters"].as_object().into_iter().flat_map(|all| all.keys()).collect();
    assert_eq!(parameters.len(), 2, "{parameters:?}");
    assert!(template["Outputs"]["All"].to_string().contains("Ref"));
    assert_eq!(assembly.stack("StandbyAlerts").map(|stack| stack.kept_parameters().len()), Some(2));
}

#[test]
fn default_templates() {
    let app = App::new();
    pair(&app, |site| EcsCluster::builder().named(site.prefix()).build(site.stack("Compute"), "Cluster"));
    let assembly = built(app);
    insta::assert_json_snapshot!([template(&assembly, "Compute"), template(&assembly, "StandbyCompute")]);
}

#[test]
fn sites_are_two_regions_of_one_partition() {
    let regions = |environment: Environment, standby: Region| {
        let app = App::new();
        DrPair::builder(environment, standby).build(&app, |_| ());
        found(app, "CE8401")
    };
    assert_eq!(regions(PROD, PROD.region), ["primary and standby are both in `us-east-1`"]);
    assert_eq!(regions(PROD, Region::CN_NORTH_1).len(), 1);
    assert!(regions(PROD, WEST).is_empty());
}

#[test]
fn a_standby_runs_something() {
    let app = App::new();
    DrPair::builder(PROD, WEST).standby_capacity(Percent::new(0)).build(&app, |_| ());
    assert_eq!(found(app, "CE8402"), ["the standby's capacity is `0%`"]);
}

#[test]
fn tiers_are_those_of_the_environment() {
    let app = App::new();
    let staging = Environment { tier: Tier::Staging, ..PROD };
    let pair = DrPair::builder(staging, WEST).build(&app, |site| site.environment().tier);
    assert_eq!((pair.primary, pair.standby), (Tier::Staging, Tier::Staging));
}
