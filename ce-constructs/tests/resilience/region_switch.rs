use ce_constructs::delivery::DeployFreeze;
use ce_constructs::observe::Metric;
use ce_constructs::resilience::{RegionSwitch, RegionSwitchBuilder, SwitchStep};
use ce_constructs::security::{Principal, Role};
use ce_synth::{App, Assembly, Duration, Percent, Region, Scope};
use serde_json::{Value, json};

use super::shop::{failover, shops, zone};
use super::{WEST, built, found, only, pair, template};

const PLAN: &str = "AWS::ARCRegionSwitch::Plan";

fn whole() -> Assembly {
    let app = App::new();
    super::shop::whole(&app);
    built(app)
}

fn plan_of(assembly: &Assembly) -> Value {
    only(&template(assembly, "StandbyFailover"), PLAN)
}

#[test]
fn default_template_of_the_whole_failover() {
    insta::assert_json_snapshot!(template(&whole(), "StandbyFailover"));
}

#[test]
fn default_function_that_promotes_a_cache() {
    let assembly = whole();
    let data = template(&assembly, "StandbyData");
    let of_promotion = |(id, _): &(&String, &Value)| id.starts_with("PromoteCache");
    let resources = data["Resources"].as_object().into_iter().flatten().filter(of_promotion);
    insta::assert_json_snapshot!(resources.collect::<std::collections::BTreeMap<_, _>>());
}

#[test]
fn it_promotes_before_traffic_moves() {
    let plan = plan_of(&whole());
    assert_eq!((&plan["RecoveryApproach"], &plan["PrimaryRegion"]), (&json!("activePassive"), &json!("us-east-1")));
    assert_eq!(
        (&plan["Regions"], &plan["RecoveryTimeObjectiveMinutes"]),
        (&json!(["us-east-1", "us-west-2"]), &json!(240))
    );
    let steps = &plan["Workflows"][0]["Steps"];
    assert_eq!(steps[0]["ExecutionBlockType"], "Parallel");
    let parallel = &steps[0]["ExecutionBlockConfiguration"]["ParallelConfig"]["Steps"];
    let kinds: Vec<_> = (0..3).map(|place| parallel[place]["ExecutionBlockType"].clone()).collect();
    assert_eq!(kinds, ["AuroraGlobalDatabase", "ECSServiceScaling", "CustomActionLambda"]);
    assert_eq!(steps[1]["ExecutionBlockType"], "Route53HealthCheck");
    let scaling = &parallel[1]["ExecutionBlockConfiguration"]["EcsCapacityIncreaseConfig"];
    assert_eq!((&scaling["TargetPercent"], &scaling["WaitELBTargetGroupHealthy"]), (&json!(100), &json!("enabled")));
    assert_eq!(scaling["Services"].as_array().map(Vec::len), Some(2));
}

#[test]
fn there_it_fails_over_and_back_it_switches_over() {
    let plan = plan_of(&whole());
    for (place, region, behavior) in [(0, "us-west-2", "failover"), (1, "us-east-1", "switchoverOnly")] {
        let workflow = &plan["Workflows"][place];
        assert_eq!(
            (&workflow["WorkflowTargetRegion"], &workflow["WorkflowTargetAction"]),
            (&json!(region), &json!("activate"))
        );
        let first = &workflow["Steps"][0]["ExecutionBlockConfiguration"]["ParallelConfig"]["Steps"][0];
        assert_eq!(first["ExecutionBlockConfiguration"]["GlobalAuroraConfig"]["Behavior"], behavior);
    }
}

#[test]
fn an_alarm_of_the_standby_starts_it() {
    let plan = plan_of(&whole());
    let trigger = &plan["Triggers"][0];
    assert_eq!((&trigger["Action"], &trigger["TargetRegion"]), (&json!("activate"), &json!("us-west-2")));
    assert_eq!(trigger["Conditions"], json!([{ "AssociatedAlarmName": "Trigger1", "Condition": "red" }]));
    assert_eq!(plan["AssociatedAlarms"]["Trigger1"]["AlarmType"], "trigger");
}

#[test]
fn its_role_may_do_the_steps_and_no_more() {
    let text = template(&whole(), "StandbyFailover");
    let policies = super::of_type(&text, "AWS::IAM::Policy");
    let policy = policies.iter().find(|policy| policy.to_string().contains("rds:FailoverGlobalCluster"));
    let statements = policy.map(|policy| policy["PolicyDocument"]["Statement"].clone()).unwrap_or_default();
    for statement in statements.as_array().into_iter().flatten() {
        let actions = statement["Action"].to_string();
        let writes =
            ["Update", "Failover", "Switchover", "Register", "Invoke"].iter().any(|verb| actions.contains(verb));
        assert!(!(writes && statement["Resource"] == "*"), "{statement}");
    }
    let text = statements.to_string();
    for action in
        ["ecs:UpdateService", "lambda:InvokeFunction", "route53:ListResourceRecordSets", "cloudwatch:DescribeAlarms"]
    {
        assert!(text.contains(action), "{action}");
    }
    assert!(!text.contains("route53:Change"), "no record is edited");
}

fn alone(change: impl for<'a> FnOnce(RegionSwitchBuilder<'a>, Scope<'a>) -> RegionSwitchBuilder<'a>) -> App {
    let app = App::new();
    {
        let pair = pair(&app, |site| site.stack("Failover"));
        let plan = RegionSwitch::builder("shop");
        change(plan, pair.standby).build(pair.standby_site(), pair.standby, "Plan");
    }
    app
}

fn function<'a>(name: &str) -> SwitchStep<'a> {
    let arn = |region: &str| format!("arn:aws:lambda:{region}:111111111111:function:{}", name.to_lowercase());
    SwitchStep::function(name, arn("us-east-1"), arn("us-west-2"))
}

#[test]
fn options_of_the_plan() {
    let app = alone(|plan, scope| {
        let health = Metric::new("Shop", "Orders").below(1.0).alarm(scope, "NoOrders");
        let down = Metric::new("Shop", "Down").above(0.0).alarm(scope, "Down");
        plan.described("moves the shop")
            .recovery_time(Duration::minutes(30))
            .pause_between_triggers(Duration::minutes(90))
            .triggered_by(down)
            .health_alarm(health)
            .step(function("Verify"))
    });
    let plan = only(&template(&built(app), "StandbyFailover"), PLAN);
    assert_eq!((&plan["Description"], &plan["RecoveryTimeObjectiveMinutes"]), (&json!("moves the shop"), &json!(30)));
    assert_eq!(plan["Triggers"][0]["MinDelayMinutesBetweenExecutions"], 90);
    assert_eq!(plan["AssociatedAlarms"]["Health1"]["AlarmType"], "applicationHealth");
}

#[test]
fn options_of_steps() {
    let app = App::new();
    let (pair, _) = shops(&app);
    let site = pair.standby_site();
    let stack = site.stack("Failover");
    let approver = Role::builder(Principal::own_account()).build(pair.primary_site().stack("Security"), "Approver");
    RegionSwitch::builder("shop")
        .step(SwitchStep::approval("Approve", &approver).timeout(Duration::minutes(15)).described("ask the owner"))
        .step(SwitchStep::scale("Tasks", [(&pair.primary.api, &pair.standby.api)]).percent(Percent::new(50)))
        .step(function("Verify").retry_after(Duration::minutes(2)))
        .step(SwitchStep::traffic("Traffic", &zone(), "origin.example.com"))
        .build(site, stack, "Plan");
    let assembly = built(app);
    let plan = plan_of(&assembly);
    let steps = &plan["Workflows"][0]["Steps"];
    let approval = &steps[0]["ExecutionBlockConfiguration"]["ExecutionApprovalConfig"];
    assert_eq!((&steps[0]["Description"], &approval["TimeoutMinutes"]), (&json!("ask the owner"), &json!(15)));
    assert!(approval["ApprovalRole"]["Ref"].is_string(), "kept: {approval}");
    let scaling = &steps[1]["ExecutionBlockConfiguration"]["EcsCapacityIncreaseConfig"];
    assert_eq!((&scaling["TargetPercent"], &scaling["WaitELBTargetGroupHealthy"]), (&json!(50), &Value::Null));
    assert_eq!(steps[2]["ExecutionBlockConfiguration"]["CustomActionLambdaConfig"]["RetryIntervalMinutes"], 2);
    let security = template(&assembly, "Security").to_string();
    assert!(security.contains("arc-region-switch:ApprovePlanExecutionStep"));
}

#[test]
fn health_checks_are_found_by_region() {
    let app = App::new();
    let (pair, globals) = shops(&app);
    let plan = failover(&pair, &globals).plan;
    let check = plan.health_check(&ce_synth::IntoValue::into_value("origin.example.com"), WEST);
    let text = format!("{:?}", check.expr());
    assert!(text.contains(":us-west-2:") && text.contains("PlanHealthChecks"), "{text}");
}

#[test]
fn names_times_and_steps_have_forms() {
    let name = alone(|_, _| RegionSwitch::builder("-shop").step(function("Verify")));
    assert_eq!(found(name, "CE8411"), ["`-shop` is no name of a plan"]);
    let time = alone(|plan, _| plan.recovery_time(Duration::seconds(90)).step(function("Verify")));
    assert_eq!(found(time, "CE8411"), ["the recovery time objective is `90s`"]);
    let none = alone(|plan, _| plan);
    assert_eq!(found(none, "CE8411"), ["the plan has no steps"]);
    let twice = alone(|plan, _| plan.step(function("Verify")).step(function("Verify")));
    assert_eq!(found(twice, "CE8411"), ["two steps are named `Verify`"]);
    let many = alone(|plan, scope| {
        (0..11).fold(plan.step(function("Verify")), |plan, number| {
            plan.triggered_by(Metric::new("Shop", "Down").above(0.0).alarm(scope, &format!("Down{number}")))
        })
    });
    assert_eq!(found(many, "CE8411"), ["`11` alarms start the plan together"]);
}

#[test]
fn traffic_is_the_last_to_move() {
    let order = |together: bool| {
        let app = App::new();
        let (pair, globals) = shops(&app);
        let traffic = SwitchStep::traffic("Traffic", &zone(), "origin.example.com");
        let promote = SwitchStep::promote("Database", &globals.orders, &pair.primary.orders, &pair.standby.orders);
        let plan = RegionSwitch::builder("shop");
        let plan = if together {
            plan.step(SwitchStep::parallel("All", [promote, traffic]))
        } else {
            plan.step(traffic).step(promote)
        };
        plan.build(pair.standby_site(), pair.standby_site().stack("Failover"), "Plan");
        drop(pair);
        drop(globals);
        found(app, "CE8410")
    };
    let messages = ["the step `Traffic` moves traffic before `Database` is done"];
    assert_eq!(order(false), messages);
    assert_eq!(order(true), messages);
}

/// The template of a plan that freezes deployments, or the codes of what is wrong.
fn frozen(region: Region) -> Result<Value, Vec<String>> {
    let app = App::new();
    {
        let pair = pair(&app, |site| site.stack("Failover"));
        let plan = RegionSwitch::builder("shop").step(function("Verify"));
        let plan = plan.freezes(&DeployFreeze::new("/shop/deploy-freeze", region));
        plan.build(pair.standby_site(), pair.standby, "Plan");
    }
    match app.synth() {
        Ok(assembly) => Ok(template(&assembly, "StandbyFailover")),
        Err(findings) => Err(findings.iter().map(|finding| finding.code.to_string()).collect()),
    }
}

#[test]
fn deployments_stop_when_it_begins() {
    let template = frozen(WEST).unwrap_or_default();
    let pattern = &only(&template, "AWS::Events::Rule")["EventPattern"];
    assert_eq!(
        (&pattern["source"], &pattern["detail"]),
        (&json!(["aws.arc-region-switch"]), &json!({"eventType": ["ExecutionStarted"]}))
    );
    assert!(pattern["resources"][0].to_string().contains("Plan"), "{pattern}");
    let step = &only(&template, "AWS::SSM::Document")["Content"]["mainSteps"][0];
    assert_eq!(step["inputs"]["InputPayload"]["name"], "/shop/deploy-freeze");
    assert_eq!(step["inputs"]["InputPayload"]["region"], "us-west-2");
}

#[test]
fn the_flag_lies_where_it_can_be_seen() {
    assert_eq!(frozen(Region::US_EAST_1), Err(vec!["CE8420".to_owned()]));
}

#[test]
fn it_is_not_kept_where_it_leaves() {
    let app = App::new();
    {
        let pair = pair(&app, |site| site.stack("Failover"));
        let down = Metric::new("Shop", "Down").above(0.0).alarm(pair.primary, "Down");
        let plan = RegionSwitch::builder("shop").step(function("Verify")).triggered_by(down);
        plan.build(pair.primary_site(), pair.primary, "Plan");
    }
    let messages = match app.synth() {
        Ok(assembly) => assembly.findings().iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>(),
        Err(findings) => findings.iter().map(|finding| finding.code.to_string()).collect(),
    };
    assert!(messages.contains(&"CE8409".to_owned()) && messages.contains(&"CE8408".to_owned()), "{messages:?}");
}
