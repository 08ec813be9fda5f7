//! Services: the default, and each option.

use ce_constructs::compute::{Architecture, Capacity, Container, ContainerHealth, ContainerSecret};
use ce_constructs::network::{Connect, SecurityGroup};
use ce_constructs::observe::LogGroup;
use ce_constructs::security::{Action, Grantee, Key, Password, Secret, Statement};
use ce_synth::{Duration, Size};
use serde_json::{Value, json};

use super::{DEV, PROD, built, done, of_type, service, service_of, targets, task_of, vpc};

#[test]
fn the_default_in_production() {
    insta::assert_json_snapshot!(built(PROD, |scope| done(service(scope).port(8080).build(scope, "Api"))));
}

#[test]
fn behind_a_load_balancer() {
    let resources = built(PROD, |scope| done(service(scope).behind(&targets(scope, "Targets")).build(scope, "Api")));
    let service = service_of(&resources);
    assert_eq!(service["LoadBalancers"][0]["ContainerPort"], 8080);
    assert_eq!(service["LoadBalancers"][0]["ContainerName"], "app");
    assert_eq!(service["HealthCheckGracePeriodSeconds"], 60);
    let container = &task_of(&resources)["ContainerDefinitions"][0];
    assert_eq!(container["PortMappings"][0]["ContainerPort"], 8080, "the port of the target group");
    let ingress = of_type(&resources, "AWS::EC2::SecurityGroupIngress");
    assert_eq!(ingress.len(), 1, "the load balancer alone is let in");
    assert_eq!((&ingress[0]["FromPort"], &ingress[0]["ToPort"]), (&json!(8080), &json!(8080)));
}

#[test]
fn it_waits_for_its_listener_and_its_roles_policies() {
    let resources = built(PROD, |scope| {
        let api = service(scope).behind(&targets(scope, "Targets")).build(scope, "Api");
        api.task_role().allow(Statement::allow([Action::new("s3:GetObject")]).on(["arn:aws:s3:::assets/*"]));
    });
    let all = resources.as_object().into_iter().flat_map(|all| all.values());
    let waits = all.filter(|one| one["Type"] == "AWS::ECS::Service").map(|one| one["DependsOn"].to_string());
    let waits: String = waits.collect();
    for part in ["Rule10", "ApiTaskRoleDefaultPolicy", "ApiExecutionRoleDefaultPolicy"] {
        assert!(waits.contains(part), "{part} in {waits}");
    }
}

#[test]
fn roles_are_two_and_allow_what_is_said() {
    let resources = built(PROD, |scope| {
        let api = service(scope).build(scope, "Api");
        let key = Key::builder().build(scope, "Key");
        key.grants().decrypt(&api);
        let role: &dyn Grantee = &api;
        role.role().allow(Statement::allow([Action::new("s3:PutObject")]).on(["arn:aws:s3:::assets/*"]));
    });
    let policies = of_type(&resources, "AWS::IAM::Policy");
    let of =
        |role: &str| policies.iter().find(|policy| policy["Roles"].to_string().contains(role)).map(ToString::to_string);
    let (task, execution) = (of("ApiTaskRole").unwrap_or_default(), of("ApiExecutionRole").unwrap_or_default());
    assert!(task.contains("s3:PutObject") && task.contains("kms:Decrypt") && !task.contains("logs:"), "{task}");
    assert!(execution.contains("logs:PutLogEvents") && !execution.contains("s3:"), "{execution}");
    assert!(!execution.contains("\"*\""), "{execution}");
}

#[test]
fn secrets_are_read_by_the_execution_role() {
    let resources = built(PROD, |scope| {
        let key = Key::builder().build(scope, "Key");
        let login = Secret::builder(&key).login("app", Password::new()).build(scope, "Login");
        let late = Secret::builder(&key).build(scope, "Late");
        let api = service(scope)
            .env("LOG_FORMAT", "text")
            .env("LOG_FORMAT", "json")
            .secret("DATABASE_LOGIN", &login)
            .secret("DATABASE_PASSWORD", ContainerSecret::field(&login, "password"))
            .build(scope, "Api");
        api.env("REGION", "here").env("REGION", "there").secret("LATE", &late);
    });
    let container = &task_of(&resources)["ContainerDefinitions"][0];
    let variables = json!([{ "Name": "LOG_FORMAT", "Value": "json" }, { "Name": "REGION", "Value": "there" }]);
    assert_eq!(container["Environment"], variables);
    let names: Vec<_> = container["Secrets"].as_array().into_iter().flatten().map(|one| one["Name"].clone()).collect();
    assert_eq!(names, ["DATABASE_LOGIN", "DATABASE_PASSWORD", "LATE"]);
    assert!(container["Secrets"][1]["ValueFrom"].to_string().contains(":password::"));
    let policies = of_type(&resources, "AWS::IAM::Policy");
    let readers: Vec<_> =
        policies.iter().filter(|one| one.to_string().contains("secretsmanager:GetSecretValue")).collect();
    assert_eq!(readers.len(), 1);
    assert!(readers[0]["Roles"].to_string().contains("ExecutionRole"));
    assert!(readers[0].to_string().contains("kms:Decrypt"));
}

#[test]
fn options_of_tasks_are_written() {
    let resources = built(PROD, |scope| {
        let health = ContainerHealth::shell("curl -f http://localhost:8080/").start_period(Duration::seconds(30));
        service(scope)
            .named("shop-api")
            .container_name("api")
            .port(8080)
            .command(["serve", "--port=8080"])
            .user("1000")
            .health_check(health.interval(Duration::seconds(10)).timeout(Duration::seconds(3)).retries(2))
            .scratch("/tmp")
            .stop_timeout(Duration::seconds(90))
            .ephemeral_storage(Size::gib(50))
            .architecture(Architecture::Arm)
            .desired_count(7)
            .build(scope, "Api");
    });
    let task = task_of(&resources);
    assert_eq!((&task["Family"], &task["Cpu"], &task["Memory"]), (&json!("shop-api"), &json!("1024"), &json!("2048")));
    assert_eq!(task["EphemeralStorage"]["SizeInGiB"], 50);
    assert_eq!(task["RuntimePlatform"]["CpuArchitecture"], "ARM64");
    let container = &task["ContainerDefinitions"][0];
    assert_eq!(
        (&container["Name"], &container["User"], &container["StopTimeout"]),
        (&json!("api"), &json!("1000"), &json!(90))
    );
    assert_eq!(container["Command"], json!(["serve", "--port=8080"]));
    assert_eq!(container["ReadonlyRootFilesystem"], true);
    assert_eq!(container["MountPoints"][0]["ContainerPath"], "/tmp");
    assert_eq!(task["Volumes"][0]["Name"], container["MountPoints"][0]["SourceVolume"]);
    let check = &container["HealthCheck"];
    assert_eq!(check["Command"], json!(["CMD-SHELL", "curl -f http://localhost:8080/"]));
    assert_eq!([&check["Interval"], &check["Timeout"], &check["Retries"], &check["StartPeriod"]], [10, 3, 2, 30]);
    assert_eq!(service_of(&resources)["ServiceName"], "shop-api");
    assert_eq!(service_of(&resources)["DesiredCount"], 7);
    assert_eq!(service_of(&resources)["DeploymentConfiguration"]["MaximumPercent"], 120, "follows the count");
}

#[test]
fn a_collector_beside_the_container_may_send_traces() {
    let resources = built(PROD, |scope| done(service(scope).sidecar(Container::trace_collector()).build(scope, "Api")));
    let containers = &task_of(&resources)["ContainerDefinitions"];
    assert!(containers[1]["Image"].as_str().is_some_and(|image| image.contains("otel")));
    assert_eq!((&containers[0]["Essential"], &containers[1]["Essential"]), (&json!(true), &json!(false)));
    assert_eq!(containers[1]["LogConfiguration"]["LogDriver"], "awslogs");
    let policies: String = of_type(&resources, "AWS::IAM::Policy").iter().map(ToString::to_string).collect();
    assert!(policies.contains("xray:PutTraceSegments"));
}

#[test]
fn spare_capacity_excludes_a_launch_type() {
    let spot = Capacity::Spot { base: 2, on_demand_weight: 1, spot_weight: 3 };
    let resources = built(PROD, |scope| done(service(scope).capacity(spot).build(scope, "Api")));
    let service = service_of(&resources);
    assert_eq!(service["LaunchType"], Value::Null);
    let expected = json!([
        { "CapacityProvider": "FARGATE", "Base": 2, "Weight": 1 },
        { "CapacityProvider": "FARGATE_SPOT", "Weight": 3 },
    ]);
    assert_eq!(service["CapacityProviderStrategy"], expected);
    let all = resources.as_object().into_iter().flat_map(|all| all.values());
    let waits: String =
        all.filter(|one| one["Type"] == "AWS::ECS::Service").map(|one| one["DependsOn"].to_string()).collect();
    assert!(waits.contains("CapacityProviders"), "the cluster must have them first: {waits}");
}

#[test]
fn tasks_may_stay_in_one_zone() {
    let subnets = |resources: &Value| {
        let network = &service_of(resources)["NetworkConfiguration"]["AwsvpcConfiguration"];
        network["Subnets"].as_array().map(Vec::len)
    };
    let everywhere = built(DEV, |scope| done(service(scope).build(scope, "Api")));
    let here = built(DEV, |scope| done(service(scope).zones(1).build(scope, "Api")));
    assert!(subnets(&everywhere) > Some(1));
    assert_eq!(subnets(&here), Some(1));
}

#[test]
fn a_group_and_a_log_may_be_shared() {
    let resources = built(PROD, |scope| {
        let group = SecurityGroup::builder(&vpc(scope), "tasks").build(scope, "Tasks");
        let logs = LogGroup::builder().named("/shop").build(scope, "Logs");
        let api = service(scope).port(8080).security_group(&group).logs(&logs).build(scope, "Api");
        let group = ce_constructs::network::Port::tcp(8080);
        assert_eq!(api.connections().port(), Some(group));
    });
    assert_eq!(of_type(&resources, "AWS::EC2::SecurityGroup").len(), 1);
    assert_eq!(of_type(&resources, "AWS::Logs::LogGroup").len(), 1);
    assert_eq!(of_type(&resources, "AWS::EC2::SecurityGroup")[0]["SecurityGroupEgress"][0]["CidrIp"], "127.0.0.1/32");
}

#[test]
fn one_task_is_enough_in_development() {
    let resources = built(DEV, |scope| done(service(scope).build(scope, "Api")));
    assert_eq!(service_of(&resources)["DesiredCount"], 1);
    assert_eq!(service_of(&resources)["DeploymentConfiguration"]["MaximumPercent"], 200);
}

#[test]
fn a_named_service_is_measured_by_its_name() {
    let resources = built(PROD, |scope| {
        let api = service(scope).named("api").build(scope, "Api");
        let busy = api.cpu().above(80.0).alarm(scope, "Busy");
        api.roll_back_on(&busy);
        api.storage().above(80.0).alarm(scope, "Full");
    });
    let alarms = of_type(&resources, "AWS::CloudWatch::Alarm");
    assert_eq!(alarms[0]["Dimensions"][1], json!({ "Name": "ServiceName", "Value": "api" }));
    let rollback = &service_of(&resources)["DeploymentConfiguration"]["Alarms"];
    assert_eq!((&rollback["Enable"], &rollback["Rollback"]), (&json!(true), &json!(true)));
    assert_eq!(rollback["AlarmNames"].as_array().map(Vec::len), Some(1));
}
