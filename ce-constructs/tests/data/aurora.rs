use ce_constructs::data::{
    Acu, AuroraCluster, AuroraEngine, BackupRetention, Capacity, CertificateAuthority, DailyWindow, Insights,
    InstanceClass, Login, ManagedLogin, MonitoringInterval, ReaderScaling, WeeklyWindow,
};
use ce_constructs::network::{Connect, Network, Port, SecurityGroup, Subnet, SubnetTier};
use ce_constructs::security::{HostedRotation, Key, Rotation};
use ce_synth::{Duration, Percent, Region};
use serde_json::json;

use super::{DEV, PROD, built, only, vpc, whole};

const CLUSTER: &str = "AWS::RDS::DBCluster";
const INSTANCE: &str = "AWS::RDS::DBInstance";

#[test]
fn default_in_production() {
    let template = built(PROD, |scope| drop(AuroraCluster::builder(&vpc(scope)).build(scope, "Orders")));
    insta::assert_json_snapshot!(template);
}

#[test]
fn development_is_small_and_can_be_deleted() {
    let template = built(DEV, |scope| drop(AuroraCluster::builder(&vpc(scope)).build(scope, "Orders")));
    let cluster = only(&template, CLUSTER);
    assert_eq!((&cluster["DeletionProtection"], &cluster["BackupRetentionPeriod"]), (&json!(false), &json!(1)));
    let instance = only(&template, INSTANCE);
    assert_eq!(instance["DBInstanceClass"], "db.t4g.medium");
    assert_eq!(instance["MonitoringInterval"], 0);
}

#[test]
fn the_reference_can_be_said() {
    let template = built(PROD, |scope| {
        let key = Key::builder().multi_region().build(scope, "Key");
        let network = vpc(scope);
        let tasks = SecurityGroup::builder(&network, "tasks").build(scope, "Tasks");
        let subnets = network.subnets(SubnetTier::Isolated);
        let function =
            HostedRotation::postgres_single_user().in_subnets(subnets.iter().map(Subnet::id)).in_groups([tasks.id()]);
        let rotation = Rotation::hosted(function).every(Duration::days(30));
        let login =
            Login::new("enhancer").secret_named("enhancer/db").replicated_to([Region::US_WEST_2]).rotated(rotation);
        let scaling = ReaderScaling::between(1..=5)
            .cpu(Percent::new(70))
            .cooldowns(Duration::seconds(300), Duration::seconds(600));
        AuroraCluster::builder(&network)
            .engine(AuroraEngine::postgresql("15.17"))
            .capacity(Capacity::provisioned(InstanceClass::R6G_LARGE, 1))
            .scale_readers(scaling)
            .zones(["us-east-1b", "us-east-1a"])
            .named("enhancer-prod-db")
            .database("enhancer")
            .credentials(login)
            .encrypted_by(&key)
            .backup_retention(BackupRetention::days(35))
            .backup_window(DailyWindow::new("07:00-09:00"))
            .maintenance_window(WeeklyWindow::new("sun:09:30-sun:10:30"))
            .instance_parameter("max_connections", "1600")
            .monitoring(MonitoringInterval::seconds(60))
            .insights(Insights::Standard)
            .build(scope, "Database");
    });
    insta::assert_json_snapshot!(template);
}

#[test]
fn serverless_instances_have_a_range() {
    let template = built(PROD, |scope| {
        let capacity = Capacity::serverless(Acu::new(0.5), Acu::new(4.0), 1);
        AuroraCluster::builder(&vpc(scope)).engine(AuroraEngine::MYSQL_8_0).capacity(capacity).build(scope, "Orders");
    });
    let cluster = only(&template, CLUSTER);
    assert_eq!(cluster["ServerlessV2ScalingConfiguration"], json!({ "MinCapacity": 0.5, "MaxCapacity": 4 }));
    assert_eq!((&cluster["Engine"], &cluster["Port"]), (&json!("aurora-mysql"), &json!(3306)));
    let classes: Vec<_> =
        whole(&template, INSTANCE).iter().map(|it| it["Properties"]["DBInstanceClass"].clone()).collect();
    assert_eq!(classes, ["db.serverless", "db.serverless"]);
    let parameters = &only(&template, "AWS::RDS::DBClusterParameterGroup")["Parameters"];
    assert_eq!(parameters["require_secure_transport"], "ON");
}

#[test]
fn rds_can_manage_the_password() {
    let template = built(PROD, |scope| {
        AuroraCluster::builder(&vpc(scope)).credentials(ManagedLogin::new("claude")).build(scope, "Orders");
    });
    let cluster = only(&template, CLUSTER);
    assert_eq!((&cluster["ManageMasterUserPassword"], &cluster["MasterUsername"]), (&json!(true), &json!("claude")));
    assert!(cluster["MasterUserPassword"].is_null());
    assert!(whole(&template, "AWS::SecretsManager::Secret").is_empty());
}

#[test]
fn switches_are_written() {
    let template = built(PROD, |scope| {
        let network = vpc(scope);
        let group = SecurityGroup::builder(&network, "database").named("shop-database").build(scope, "Group");
        AuroraCluster::builder(&network)
            .security_group(&group)
            .port(5433)
            .parameter("log_min_duration_statement", "500")
            .iam_authentication(false)
            .logs::<&str>([])
            .insights(Insights::Off)
            .monitoring(MonitoringInterval::OFF)
            .certificate_authority(CertificateAuthority::Ecc384)
            .io_optimized(true)
            .extended_support(true)
            .deletion_protection(false)
            .build(scope, "Orders");
    });
    let cluster = only(&template, CLUSTER);
    for (property, value) in [
        ("Port", json!(5433)),
        ("EnableIAMDatabaseAuthentication", json!(false)),
        ("StorageType", json!("aurora-iopt1")),
        ("EngineLifecycleSupport", json!("open-source-rds-extended-support")),
        ("DeletionProtection", json!(false)),
        ("EnableCloudwatchLogsExports", json!(null)),
        ("DatabaseInsightsMode", json!(null)),
    ] {
        assert_eq!(cluster[property], value, "{property}");
    }
    let instance = &whole(&template, INSTANCE)[0]["Properties"];
    assert_eq!(instance["CACertificateIdentifier"], "rds-ca-ecc384-g1");
    assert_eq!(instance["MonitoringInterval"], 0);
    assert!(instance["EnablePerformanceInsights"].is_null());
    let parameters = &only(&template, "AWS::RDS::DBClusterParameterGroup")["Parameters"];
    assert_eq!(parameters, &json!({ "rds.force_ssl": "1", "log_min_duration_statement": "500" }));
    assert_eq!(whole(&template, "AWS::EC2::SecurityGroup").len(), 1);
}

#[test]
fn instances_take_turns_in_zones_and_promotion() {
    let places = |zones: &[&'static str]| {
        let zones = zones.to_vec();
        let template = built(PROD, |scope| {
            let capacity = Capacity::provisioned(InstanceClass::R6G_LARGE, 2);
            AuroraCluster::builder(&vpc(scope)).capacity(capacity).zones(zones).build(scope, "Orders");
        });
        let place = |it: &&serde_json::Value| {
            let zone = it["Properties"]["AvailabilityZone"].as_str().map(str::to_owned);
            (it["Properties"]["PromotionTier"].as_i64(), zone)
        };
        whole(&template, INSTANCE).iter().map(place).collect::<Vec<_>>()
    };
    let zone = |name: &str| Some(name.to_owned());
    let expected = [(Some(0), zone("us-east-1b")), (Some(1), zone("us-east-1a")), (Some(2), zone("us-east-1b"))];
    assert_eq!(places(&["us-east-1b", "us-east-1a"]), expected);
    assert_eq!(places(&[]), [(Some(0), None), (Some(1), None), (Some(2), None)], "Aurora spreads them by itself");
}

#[test]
fn peers_reach_its_port() {
    let template = built(PROD, |scope| {
        let network = vpc(scope);
        let api = SecurityGroup::builder(&network, "api").build(scope, "Api");
        let orders = AuroraCluster::builder(&network).build(scope, "Orders");
        api.connections().allow_to_default_port(&orders);
        assert_eq!(orders.port(), Port::tcp(5432));
    });
    let ingress = only(&template, "AWS::EC2::SecurityGroupIngress");
    assert_eq!((&ingress["FromPort"], &ingress["ToPort"]), (&json!(5432), &json!(5432)));
}

#[test]
fn metrics_name_the_cluster() {
    let template = built(PROD, |scope| {
        let orders = AuroraCluster::builder(&vpc(scope)).build(scope, "Orders");
        orders.cpu().above(80.0).alarm(scope, "Cpu");
        orders.global_rpo_lag().above(900_000.0).alarm(scope, "Lag");
        scope.output("Endpoint", orders.endpoint());
        scope.output("Readers", orders.reader_endpoint());
    });
    let alarms = whole(&template, "AWS::CloudWatch::Alarm");
    assert_eq!(alarms.len(), 2);
    assert!(alarms.iter().all(|alarm| alarm["Properties"]["Dimensions"][0]["Name"] == "DBClusterIdentifier"));
}
