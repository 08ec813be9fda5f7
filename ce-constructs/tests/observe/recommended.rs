//! What each construct recommends to watch.

use ce_constructs::cidr;
use ce_constructs::compute::{
    EcsCluster, FargateService, ImageSource, ImageVersion, InlineCode, LambdaFunction, TaskSize,
};
use ce_constructs::data::{Acu, AuroraCluster, Capacity, InstanceClass, RdsInstance, RedisCluster};
use ce_constructs::edge::cdn::{Behavior, Cdn, Origin};
use ce_constructs::network::load_balancer::{ApplicationLoadBalancer, TargetGroup};
use ce_constructs::network::{ExistingVpc, SubnetTier};
use ce_constructs::observe::{Canary, Escalation, Watch, Watched};
use ce_constructs::security::Key;
use ce_synth::{App, Region, Scope};
use serde_json::Value;

use super::{PROD, of_type};

fn vpc(scope: Scope<'_>) -> ExistingVpc {
    let mut vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"));
    for (tier, third) in [(SubnetTier::Public, 0), (SubnetTier::Private, 10), (SubnetTier::Isolated, 20)] {
        for (zone, place) in ['a', 'b'].into_iter().zip(1..) {
            let block = format!("10.0.{}.0/24", third + place).parse().unwrap_or(cidr!("10.0.0.0/24"));
            vpc = vpc.subnet(tier, zone, format!("subnet-0000{third:02}{place:02}"), block);
        }
    }
    vpc.build(scope)
}

/// What is watched of something: one line an alarm.
fn recommended(build: impl for<'a> FnOnce(Scope<'a>) -> Box<dyn Watched + 'a>) -> Vec<String> {
    let app = App::new();
    // Metrics of distributions are in us-east-1 alone.
    let stack = app.stack("Watch", PROD.in_region(Region::US_EAST_1));
    let oncall = Escalation::builder("shop", &Key::builder().build(stack, "Key")).build(stack, "Oncall");
    Watch::builder(&oncall).named("shop").over(&*build(stack)).build(stack, "Watch");
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    let template: Value = serde_json::from_str(assembly.template("Watch").unwrap_or_default()).unwrap_or_default();
    of_type(&template["Resources"], "AWS::CloudWatch::Alarm").into_iter().map(line).collect()
}

/// `name, topic: metric comparison threshold, periods`.
fn line(alarm: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let metric =
        alarm["Metrics"].as_array().and_then(|all| all.last()).map_or(&alarm["MetricName"], |last| &last["Expression"]);
    let seconds = alarm["Period"].as_i64().or_else(|| alarm["Metrics"][0]["MetricStat"]["Period"].as_i64());
    format!(
        "{}, {:.12}: {} {} {}, {} x {} s, missing is {}. {}",
        text(&alarm["AlarmName"]),
        text(&alarm["AlarmActions"][0]["Ref"]),
        text(metric),
        text(&alarm["ComparisonOperator"]),
        alarm["Threshold"],
        alarm["EvaluationPeriods"],
        seconds.unwrap_or_default(),
        text(&alarm["TreatMissingData"]),
        text(&alarm["AlarmDescription"])
    )
}

#[test]
fn services_and_functions() {
    insta::assert_json_snapshot!(recommended(|scope| {
        let cluster = EcsCluster::builder().build(scope, "Cluster");
        let image = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
        Box::new(FargateService::builder(&cluster, &vpc(scope), image, TaskSize::new::<256, 512>()).build(scope, "Api"))
    }));
    insta::assert_json_snapshot!(recommended(|scope| {
        Box::new(LambdaFunction::builder(InlineCode::rsa_signing_key_rotation()).build(scope, "SigningKeys"))
    }));
}

#[test]
fn load_balancers_and_their_targets() {
    insta::assert_json_snapshot!(recommended(|scope| {
        Box::new(ApplicationLoadBalancer::builder(&vpc(scope)).build(scope, "Front"))
    }));
    insta::assert_json_snapshot!(recommended(|scope| {
        let front = ApplicationLoadBalancer::builder(&vpc(scope)).build(scope, "Front");
        let targets = TargetGroup::builder(&front, 8080).build(scope, "ApiTargets");
        front.listener().default_to(&targets);
        Box::new(targets)
    }));
}

#[test]
fn databases_and_caches() {
    insta::assert_json_snapshot!(recommended(|scope| {
        let vpc = vpc(scope);
        let orders = AuroraCluster::builder(&vpc).instance_parameter("max_connections", "1600");
        Box::new(orders.capacity(Capacity::provisioned(InstanceClass::R6G_LARGE, 1)).build(scope, "Orders"))
    }));
    insta::assert_json_snapshot!(recommended(|scope| {
        let serverless = Capacity::serverless(Acu::new(0.5), Acu::new(4.0), 1);
        Box::new(AuroraCluster::builder(&vpc(scope)).capacity(serverless).build(scope, "Orders"))
    }));
    insta::assert_json_snapshot!(recommended(|scope| Box::new(
        RdsInstance::builder(&vpc(scope)).build(scope, "Orders")
    )));
    insta::assert_json_snapshot!(recommended(|scope| Box::new(
        RedisCluster::builder(&vpc(scope)).build(scope, "Sessions")
    )));
}

#[test]
fn distributions_and_canaries() {
    let cdn = || Cdn::builder(Behavior::dynamic(Origin::server("origin.example.com")));
    insta::assert_json_snapshot!(recommended(|scope| Box::new(cdn().additional_metrics().build(scope, "Site"))));
    let plain = recommended(|scope| Box::new(cdn().build(scope, "Site")));
    assert!(!plain.iter().any(|line| line.contains("cache-hits")), "{plain:?}");
    insta::assert_json_snapshot!(recommended(|scope| {
        Box::new(Canary::builder("shop", "https://shop.example.com/").build(scope, "Front"))
    }));
}
