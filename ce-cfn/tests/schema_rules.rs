//! One test for each rule that looks at the schemas: what triggers it, and what is said.

use ce_cfn::{ec2, rds, s3, sqs};
use ce_synth::lock::{Lock, Mode};
use ce_synth::value::{if_, join_with, no_value, split};
use ce_synth::{Account, App, Assembly, Environment, Expr, Findings, Region, Scope, Test, Tier, Value};
use serde_json::json;

/// Ends a closure: what was made lives in the app.
fn done<T>(_: T) {}

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

fn synth(build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
    let app = App::new();
    app.use_schemas(&ce_cfn::SCHEMAS);
    build(app.stack("Stack", PROD));
    app.synth()
}

/// Code, message and help of all findings.
fn found(build: impl FnOnce(Scope<'_>)) -> Vec<String> {
    let findings = synth(build).err().unwrap_or_default();
    findings.iter().map(|f| format!("{} {} ({})", f.code, f.message, f.help.as_deref().unwrap_or_default())).collect()
}

fn vpc() -> ec2::Vpc {
    ec2::Vpc::new().cidr_block("10.0.0.0/16")
}

#[test]
fn a_valid_resource_has_no_finding() {
    assert_eq!(found(|stack| done(stack.add("Vpc", vpc().enable_dns_support(true)))), Vec::<String>::new());
}

#[test]
fn unknown_type() {
    let found = found(|stack| done(stack.raw("Vpc", "AWS::EC2::VPCC", [("CidrBlock", "10.0.0.0/16".into())])));
    assert_eq!(found, ["CE0401 `AWS::EC2::VPCC` is not a resource type (did you mean `AWS::EC2::VPC`?)"]);
    assert!(self::found(|stack| done(stack.raw("Own", "Custom::Thing", [("A", Expr::from(1))]))).is_empty());
}

#[test]
fn unknown_property() {
    let found = found(|stack| done(stack.add("Vpc", vpc()).set("Properties.EnableDnsSuport", json!(true))));
    assert_eq!(
        found,
        [
            "CE0402 there is no property `EnableDnsSuport` at `Properties.EnableDnsSuport` of `AWS::EC2::VPC` (did you mean `EnableDnsSupport`?)"
        ]
    );
}

#[test]
fn missing_property() {
    let found = found(|stack| done(stack.add("Subnet", ec2::Subnet::new().cidr_block("10.0.0.0/24"))));
    assert_eq!(found, ["CE0403 `VpcId` is required and not set at `Properties` of `AWS::EC2::Subnet` (set `VpcId`)"]);
}

#[test]
fn read_only_property() {
    let found = found(|stack| done(stack.add("Queue", sqs::Queue::new()).set("Properties.QueueUrl", json!("x"))));
    let said = "`QueueUrl` is set by AWS at `Properties.QueueUrl` of `AWS::SQS::Queue`";
    assert_eq!(found, [format!("CE0404 {said} (take it out; read it with `.att(\"QueueUrl\")`)")]);
}

#[test]
fn wrong_shape() {
    let set = |value: serde_json::Value| {
        found(move |stack| done(stack.add("Vpc", vpc()).set("Properties.EnableDnsSupport", value)))
    };
    assert!(set(json!("maybe"))[0].starts_with("CE0405 `maybe` is not `true` or `false`"));
    assert!(set(json!("true")).is_empty(), "CloudFormation takes the text");
    let joined = found(|stack| {
        let vpc = stack.add("Vpc", vpc());
        let text: Value<String> = join_with(",", split(";", "a;b"));
        stack
            .add("Endpoint", ec2::VpcEndpoint::new().vpc_id(vpc).service_name("x"))
            .set("Properties.SubnetIds", text.cast());
    });
    assert!(joined[0].starts_with("CE0405 `Fn::Join` gives one text, not a list"), "{joined:?}");
}

#[test]
fn enumeration() {
    let found = found(|stack| done(stack.add("Vpc", vpc().instance_tenancy("dedicate"))));
    assert!(
        found[0].starts_with("CE0406 `dedicate` is not taken") && found[0].ends_with("(did you mean `dedicated`?)"),
        "{found:?}"
    );
}

#[test]
fn text_form() {
    let found = found(|stack| done(stack.add("Bucket", s3::Bucket::new().bucket_name("Upper_Case"))));
    assert!(found[0].starts_with("CE0407 `Upper_Case` has the wrong form at `Properties.BucketName`"), "{found:?}");
}

#[test]
fn number_range() {
    let found = found(|stack| {
        done(stack.add("Db", rds::DbCluster::new().engine("aurora-postgresql").backup_retention_period(0)))
    });
    assert!(found[0].starts_with("CE0408 `0` is too small at `Properties.BackupRetentionPeriod`"), "{found:?}");
}

#[test]
fn item_count() {
    let found = found(|stack| {
        let ids = ["subnet-11111111", "subnet-11111111"];
        stack.add("Group", rds::DbSubnetGroup::new().db_subnet_group_description("d").subnet_ids(ids));
        stack.add(
            "Endpoint",
            ec2::VpcEndpoint::new()
                .vpc_id("vpc-11111111")
                .service_name("x")
                .route_table_ids(["rtb-11111111", "rtb-11111111"]),
        );
    });
    assert!(
        found.iter().any(|finding| finding.starts_with("CE0409 ") && finding.contains("stands twice")),
        "{found:?}"
    );
}

#[test]
fn between_properties() {
    let found = found(|stack| done(stack.add("Vpc", ec2::Vpc::new())));
    let said = "none of `CidrBlock`, `Ipv4IpamPoolId` is set at `Properties` of `AWS::EC2::VPC`";
    assert_eq!(found, [format!("CE0410 {said} (set one of them)")]);
}

#[test]
fn reference_kind() {
    let found = found(|stack| {
        let bucket = stack.add("Bucket", s3::Bucket::new());
        stack.add("Subnet", ec2::Subnet::new().cidr_block("10.0.0.0/24").vpc_id(Expr::from(bucket.ref_())));
    });
    assert!(
        found[0].starts_with("CE0411 a `AWS::S3::Bucket` is not what belongs here at `Properties.VpcId`"),
        "{found:?}"
    );
}

#[test]
fn a_replica_is_a_key_and_a_bucket_is_none() {
    let of = |type_name: &'static str| {
        let all = found(move |stack| {
            let other = stack.raw("Other", type_name, [("Tags", Expr::List(Vec::new()))]);
            let target = Expr::from(other.att::<String>("Arn"));
            stack.raw("Alias", "AWS::KMS::Alias", [("AliasName", "alias/data".into()), ("TargetKeyId", target)]);
        });
        all.into_iter().find(|finding| finding.contains("Properties.TargetKeyId"))
    };
    assert_eq!((of("AWS::KMS::Key"), of("AWS::KMS::ReplicaKey")), (None, None));
    let said = of("AWS::S3::Bucket").unwrap_or_default();
    assert!(said.starts_with("CE0411 a `AWS::S3::Bucket` is not what belongs here"), "{said}");
    assert!(said.ends_with("(refer to a `AWS::KMS::Key`)"), "{said}");
}

#[test]
fn unknown_attribute() {
    let found = found(|stack| {
        let vpc = stack.add("Vpc", vpc());
        stack.add("Subnet", ec2::Subnet::new().vpc_id(vpc).cidr_block(vpc.att::<String>("CidrBlok")));
    });
    assert!(found[0].starts_with("CE0412 `AWS::EC2::VPC` has no attribute `CidrBlok`"), "{found:?}");
}

#[test]
fn type_in_region() {
    // The rarest of types: whichever the table says is missing somewhere.
    let missing = ce_cfn::SCHEMAS.names().filter_map(|name| ce_cfn::SCHEMAS.find(name)).find_map(|schema| {
        let region = schema.missing_regions().iter().find_map(|region| region.parse::<Region>().ok())?;
        Some((schema.name, region))
    });
    let (name, region) = missing.expect("some type is missing somewhere");
    let app = App::new();
    app.use_schemas(&ce_cfn::SCHEMAS);
    app.stack("Stack", PROD.in_region(region)).raw("Thing", name, [("A", Expr::Null)]);
    let findings = app.synth().unwrap_err();
    assert!(findings.iter().any(|finding| finding.code.as_str() == "CE0413"), "{findings}");
}

#[test]
fn both_branches_of_an_if_are_looked_at() {
    let found = found(|stack| {
        let shared = stack.condition("Shared", Test::equals("a", "b"));
        stack.add("One", vpc().instance_tenancy(if_(shared, "default", "odd")));
        stack.add("Two", vpc().instance_tenancy(if_(shared, "default", no_value())));
    });
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("CE0406 `odd` is not taken"));
}

#[test]
fn tags_go_to_what_takes_them_and_data_is_kept() {
    let assembly = synth(|stack| {
        stack.tag("team", "shop").tag("cost", "1");
        let vpc = stack.add("Vpc", vpc().tags([ce_cfn::Tag::new().key("team").value("own")]));
        stack.add("Gateway", ec2::InternetGateway::new());
        stack.add("Attachment", ec2::VpcGatewayAttachment::new().vpc_id(vpc).vpn_gateway_id("vgw-1"));
        stack.add("Bucket", s3::Bucket::new());
    });
    let template: serde_json::Value = serde_json::from_str(assembly.unwrap().template("Stack").unwrap()).unwrap();
    let resources = &template["Resources"];
    let tags = json!([{ "Key": "team", "Value": "own" }, { "Key": "cost", "Value": "1" }]);
    assert_eq!(resources["Vpc"]["Properties"]["Tags"], tags);
    assert!(resources["Attachment"]["Properties"]["Tags"].is_null());
    assert_eq!(resources["Bucket"]["DeletionPolicy"], "Retain");
    assert_eq!(resources["Bucket"]["UpdateReplacePolicy"], "Retain");
    assert!(resources["Gateway"]["DeletionPolicy"].is_null());
}

#[test]
fn the_lock_refuses_to_lose_data() {
    let bucket = |id: &'static str, moved: Option<&'static str>| {
        synth(move |stack| {
            let scope = stack.child(id);
            if let Some(old) = moved {
                scope.moved_from(old);
            }
            scope.add("Bucket", s3::Bucket::new());
        })
        .unwrap()
    };
    let lock = Lock::default().updated(&bucket("Data", None));
    assert!(lock.check(&bucket("Data", None), Mode::Locked).is_empty());
    let findings = lock.check(&bucket("Moved", None), Mode::Open);
    assert_eq!(findings.iter().next().unwrap().code.as_str(), "CE0501");
    assert!(lock.check(&bucket("Moved", Some("Data")), Mode::Open).is_empty());

    let gone = |explained: bool| {
        synth(move |stack| {
            if explained {
                stack.stack().removed("Data/Bucket");
            }
        })
        .unwrap()
    };
    assert_eq!(lock.check(&gone(false), Mode::Open).errors(), 1);
    assert!(lock.check(&gone(true), Mode::Open).is_empty());
    assert_eq!(lock.check(&gone(true), Mode::Locked).iter().next().unwrap().code.as_str(), "CE0503");
}

#[test]
fn reading_and_updating_are_typed() {
    let app = App::new();
    let stack = app.stack("Stack", PROD);
    let cluster = stack.add("Db", rds::DbCluster::new().engine("aurora-postgresql").backup_retention_period(1));
    cluster.update(|cluster| cluster.backup_retention_period(35));
    assert_eq!(cluster.read(rds::DbCluster::BACKUP_RETENTION_PERIOD).unwrap().expr().as_integer(), Some(35));
    let assembly = app.synth().unwrap();
    assert!(
        assembly
            .resources::<rds::DbCluster>()
            .all(|db| db.at_path("BackupRetentionPeriod").unwrap().as_integer() == Some(35))
    );
}
