//! How many tasks run.

use ce_constructs::compute::{FargateService, Forecast, Rollout, Schedule, StepScaling, Tracking};
use ce_constructs::observe::{Metric, Percentile, Statistic};
use ce_synth::{Duration, Percent};
use serde_json::{Value, json};

use super::{PROD, built, of_type, service, service_of, targets};

const TARGET: &str = "AWS::ApplicationAutoScaling::ScalableTarget";
const POLICY: &str = "AWS::ApplicationAutoScaling::ScalingPolicy";

fn tracking(of: impl FnOnce(FargateService<'_>) -> Tracking) -> Value {
    let resources = built(PROD, |scope| {
        let api = service(scope).named("agent").build(scope, "Api");
        api.scaling(2..=20).track("Policy", of(api));
    });
    of_type(&resources, POLICY)[0]["TargetTrackingScalingPolicyConfiguration"].clone()
}

#[test]
fn a_target_of_the_service() {
    let resources = built(PROD, |scope| {
        let api = service(scope).behind(&targets(scope, "Targets")).build(scope, "Api");
        api.scaling(3..=15).track("Cpu", Tracking::cpu(Percent::new(70)));
    });
    insta::assert_json_snapshot!(json!([of_type(&resources, TARGET), of_type(&resources, POLICY)]));
    let service = service_of(&resources);
    assert_eq!(service["DesiredCount"], Value::Null, "deploying would reset the number of tasks");
    assert_eq!(service["DeploymentConfiguration"]["MaximumPercent"], 150);
}

#[test]
fn a_chosen_rollout_stays() {
    let resources = built(PROD, |scope| {
        let rollout = Rollout::Rolling { minimum_healthy: Percent::new(50), maximum: 200 };
        let api = service(scope).rollout(rollout).build(scope, "Api");
        api.scaling(8..=15).track("Cpu", Tracking::cpu(Percent::new(70)));
    });
    assert_eq!(service_of(&resources)["DeploymentConfiguration"]["MaximumPercent"], 200);
    assert_eq!(service_of(&resources)["DeploymentConfiguration"]["MinimumHealthyPercent"], 50);
}

#[test]
fn cooldowns_and_directions() {
    let policy = tracking(|_| {
        let cpu = Tracking::cpu(Percent::new(60)).scale_out_cooldown(Duration::minutes(3));
        cpu.scale_in_cooldown(Duration::minutes(10)).never_scale_in()
    });
    assert_eq!([&policy["ScaleOutCooldown"], &policy["ScaleInCooldown"], &policy["TargetValue"]], [180, 600, 60]);
    assert_eq!(policy["DisableScaleIn"], true);
}

#[test]
fn predefined_metrics() {
    let kind = |policy: &Value| policy["PredefinedMetricSpecification"]["PredefinedMetricType"].clone();
    assert_eq!(kind(&tracking(|_| Tracking::memory(Percent::new(70)))), "ECSServiceAverageMemoryUtilization");
    let resources = built(PROD, |scope| {
        let targets = targets(scope, "Targets");
        let api = service(scope).behind(&targets).build(scope, "Api");
        api.scaling(2..=20).track("Requests", Tracking::requests_per_target(&targets, 1_000.0));
    });
    let policy = &of_type(&resources, POLICY)[0]["TargetTrackingScalingPolicyConfiguration"];
    assert_eq!(kind(policy), "ALBRequestCountPerTarget");
    let label = policy["PredefinedMetricSpecification"]["ResourceLabel"].to_string();
    assert!(label.contains("LoadBalancerFullName") && label.contains("TargetGroupFullName"), "{label}");
}

#[test]
fn a_queue_per_task_is_a_formula() {
    let policy = tracking(|agent| {
        let queued = Metric::new("ClaudeEnhancer", "ActiveTaskCount").statistic(Statistic::Sum);
        let each = Metric::math("queued / running", [("queued", queued), ("running", agent.running_tasks())]);
        Tracking::metric(each, 10.0)
    });
    let queries = &policy["CustomizedMetricSpecification"]["Metrics"];
    assert_eq!(queries[0]["MetricStat"]["Metric"]["MetricName"], "ActiveTaskCount");
    assert_eq!(queries[1]["MetricStat"]["Metric"]["Dimensions"][1]["Value"], "agent");
    assert_eq!((&queries[2]["Expression"], &queries[2]["ReturnData"]), (&json!("queued / running"), &json!(true)));
    assert_eq!(policy["TargetValue"], 10);
}

#[test]
fn a_plain_metric_is_written_plainly_and_a_percentile_as_a_query() {
    let plain = tracking(|_| Tracking::metric(Metric::new("Shop", "Depth").dimension("Queue", "orders"), 5.0));
    let specification = &plain["CustomizedMetricSpecification"];
    assert_eq!((&specification["MetricName"], &specification["Statistic"]), (&json!("Depth"), &json!("Average")));
    let percentile = Statistic::Percentile(Percentile::P99);
    let percentile = tracking(|_| Tracking::metric(Metric::new("Shop", "Latency").statistic(percentile), 5.0));
    assert_eq!(percentile["CustomizedMetricSpecification"]["Metrics"][0]["MetricStat"]["Stat"], "p99");
}

#[test]
fn an_alarm_runs_steps() {
    let resources = built(PROD, |scope| {
        let targets = targets(scope, "Targets");
        let api = service(scope).behind(&targets).build(scope, "Api");
        let steps = StepScaling::percent(25).at_least(1).and_from(3.0, 50).cooldown(Duration::minutes(5));
        let policy = api.scaling(2..=10).step("Slow", steps);
        let slow = Metric::new("AWS/ApplicationELB", "TargetResponseTime")
            .dimension("LoadBalancer", targets.load_balancer_full_name());
        slow.above(2.0).for_periods(3).alarm(scope, "Slow").on_alarm(policy);
    });
    let policy = of_type(&resources, POLICY)[0];
    let steps = &policy["StepScalingPolicyConfiguration"];
    assert_eq!(
        (&policy["PolicyType"], &steps["AdjustmentType"]),
        (&json!("StepScaling"), &json!("PercentChangeInCapacity"))
    );
    assert_eq!((&steps["MinAdjustmentMagnitude"], &steps["Cooldown"]), (&json!(1), &json!(300)));
    let expected = json!([
        { "MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 3, "ScalingAdjustment": 25 },
        { "MetricIntervalLowerBound": 3, "ScalingAdjustment": 50 },
    ]);
    assert_eq!(steps["StepAdjustments"].to_string().replace(".0", ""), expected.to_string());
    assert!(of_type(&resources, "AWS::CloudWatch::Alarm")[0]["AlarmActions"][0].to_string().contains("Slow"));
}

#[test]
fn bounds_change_at_times() {
    let resources = built(PROD, |scope| {
        let api = service(scope).build(scope, "Api");
        let morning = Schedule::cron("0 7 ? * MON-FRI *").zone("Europe/Berlin");
        api.scaling(2..=10).schedule("Morning", morning, 6..=20).schedule(
            "Sale",
            Schedule::at("2026-11-27T06:00:00"),
            9..=30,
        );
    });
    let actions = &of_type(&resources, TARGET)[0]["ScheduledActions"];
    assert_eq!(actions[0]["Schedule"], "cron(0 7 ? * MON-FRI *)");
    assert_eq!(actions[0]["Timezone"], "Europe/Berlin");
    assert_eq!(actions[0]["ScalableTargetAction"], json!({ "MinCapacity": 6, "MaxCapacity": 20 }));
    assert_eq!(actions[1]["ScheduledActionName"], "Sale");
}

#[test]
fn a_forecast_starts_tasks_ahead_of_time() {
    let resources = built(PROD, |scope| {
        let scaling = service(scope).build(scope, "Api").scaling(2..=10);
        scaling.predict("Cpu", Forecast::cpu(Percent::new(60)).ahead(Duration::minutes(10)));
        scaling.predict("Memory", Forecast::memory(Percent::new(70)).forecast_only());
    });
    let policies = of_type(&resources, POLICY);
    let [cpu, memory] = [0, 1].map(|place| &policies[place]["PredictiveScalingPolicyConfiguration"]);
    assert_eq!((&cpu["Mode"], &cpu["SchedulingBufferTime"]), (&json!("ForecastAndScale"), &json!(600)));
    assert_eq!(cpu["MetricSpecifications"][0]["TargetValue"], 60);
    assert_eq!(memory["Mode"], "ForecastOnly");
    let pair = &memory["MetricSpecifications"][0]["PredefinedMetricPairSpecification"];
    assert_eq!(pair["PredefinedMetricType"], "ECSServiceMemoryUtilization");
}
