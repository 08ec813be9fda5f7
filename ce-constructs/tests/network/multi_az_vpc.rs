//! The VPC over several zones: its default, and each option.

use ce_constructs::cidr;
use ce_constructs::network::{AwsService, Connect, FlowLogs, MultiAzVpc, Nat, Network, Port, SubnetTier};
use ce_constructs::observe::Retention;
use ce_synth::{Diagnostic, Expr, Place, Region, Scope};
use serde_json::{Value, json};

use super::{DEV, PROD, built, codes, each, of_type, synth};

const SUBNET: &str = "AWS::EC2::Subnet";
const ROUTE: &str = "AWS::EC2::Route";
const ENDPOINT: &str = "AWS::EC2::VPCEndpoint";

#[test]
fn the_default_in_production() {
    let template = built(PROD, |scope| drop(MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(scope, "Vpc")));
    insta::assert_json_snapshot!(template);
}

#[test]
fn the_addresses_and_zones_of_the_reference() {
    let template = built(PROD, |scope| {
        let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).named("claude-enhancer-prod").zone_letters("abc");
        vpc.build(scope, "Vpc");
    });
    let subnets = of_type(&template, SUBNET);
    let placed = |cidr: &str, zone: &str| {
        subnets
            .iter()
            .any(|subnet| subnet["CidrBlock"] == cidr && subnet["AvailabilityZone"] == format!("us-east-1{zone}"))
    };
    for (tier, base) in [("public", 0), ("private", 10), ("isolated", 20)] {
        for (number, zone) in [(1, "a"), (2, "b"), (3, "c")] {
            assert!(placed(&format!("10.0.{}.0/24", base + number), zone), "{tier} {zone}");
        }
    }
    assert_eq!(subnets.len(), 9);
    assert_eq!(of_type(&template, "AWS::EC2::NatGateway").len(), 3);
    assert_eq!(of_type(&template, "AWS::EC2::RouteTable").len(), 5);
    assert_eq!(of_type(&template, "AWS::EC2::SubnetRouteTableAssociation").len(), 9);
    assert_eq!(of_type(&template, ROUTE).len(), 4, "one public, three private, none isolated");
    let names = each(&template, SUBNET, "Tags").concat();
    assert!(names.contains("\"claude-enhancer-prod-public-us-east-1a\""), "{names}");
}

#[test]
fn zones_that_are_not_named_are_the_account_s_own() {
    let template = built(DEV, |scope| drop(MultiAzVpc::builder(cidr!("10.0.0.0/16")).zones(2).build(scope, "Vpc")));
    let zones = each(&template, SUBNET, "AvailabilityZone");
    assert!(zones.iter().all(|zone| zone.contains("Fn::GetAZs")), "{zones:?}");
    assert!(zones[0].contains('0') && zones[1].contains('1'), "{zones:?}");
}

#[test]
fn development_has_two_zones_and_one_nat_gateway() {
    let template = built(DEV, |scope| drop(MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(scope, "Vpc")));
    assert_eq!(of_type(&template, SUBNET).len(), 6);
    assert_eq!(of_type(&template, "AWS::EC2::NatGateway").len(), 1);
    assert_eq!(each(&template, "AWS::Logs::LogGroup", "RetentionInDays"), ["14"]);
}

#[test]
fn tiers_can_be_left_out() {
    let template = built(DEV, |scope| {
        let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).tiers([SubnetTier::Isolated]).build(scope, "Vpc");
        assert!(vpc.internet_gateway().is_none() && vpc.subnets(SubnetTier::Private).is_empty());
    });
    assert_eq!(each(&template, SUBNET, "CidrBlock"), ["10.0.21.0/24", "10.0.22.0/24"]);
    for absent in ["AWS::EC2::InternetGateway", "AWS::EC2::NatGateway", ROUTE, ENDPOINT] {
        assert!(of_type(&template, absent).is_empty(), "{absent}");
    }
}

#[test]
fn zones_are_named_by_their_letters() {
    let template = built(DEV.in_region(Region::AP_NORTHEAST_1), |scope| {
        MultiAzVpc::builder(cidr!("10.0.0.0/16")).tiers([SubnetTier::Isolated]).zone_letters("cd").build(scope, "Vpc");
    });
    assert_eq!(each(&template, SUBNET, "AvailabilityZone"), ["ap-northeast-1c", "ap-northeast-1d"]);
    assert_eq!(each(&template, SUBNET, "CidrBlock"), ["10.0.23.0/24", "10.0.24.0/24"]);
    let four = built(PROD, |scope| drop(MultiAzVpc::builder(cidr!("10.0.0.0/16")).zones(4).build(scope, "Vpc")));
    assert_eq!(of_type(&four, SUBNET).len(), 12);
}

#[test]
fn subnets_have_other_sizes() {
    let blocks = |scope: Scope<'_>| {
        let vpc = MultiAzVpc::builder(cidr!("10.2.0.0/16")).subnet_prefix(SubnetTier::Private, 20);
        let vpc = vpc.subnet_blocks(SubnetTier::Public, [cidr!("10.2.101.0/24"), cidr!("10.2.102.0/24")]);
        vpc.build(scope, "Vpc");
    };
    let template = built(DEV, blocks);
    let expected = ["10.2.101.0/24", "10.2.102.0/24", "10.2.128.0/20", "10.2.144.0/20", "10.2.21.0/24", "10.2.22.0/24"];
    let mut found = each(&template, SUBNET, "CidrBlock");
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn one_nat_gateway_serves_every_zone() {
    let template = built(PROD, |scope| {
        let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).nat(Nat::Single).build(scope, "Vpc");
        assert_eq!((vpc.nat_gateways().len(), vpc.default_routes(SubnetTier::Private).len()), (1, 3));
    });
    let mut targets: Vec<&Value> = of_type(&template, ROUTE).iter().map(|route| &route["NatGatewayId"]).collect();
    targets.retain(|target| !target.is_null());
    assert_eq!(targets.len(), 3);
    assert!(targets.iter().all(|target| *target == targets[0]));
}

#[test]
fn a_regional_nat_gateway_needs_no_subnet() {
    let template = built(PROD, |scope| {
        let tiers = [SubnetTier::Private];
        MultiAzVpc::builder(cidr!("10.0.0.0/16")).tiers(tiers).nat(Nat::Regional).build(scope, "Vpc");
    });
    let gateways = of_type(&template, "AWS::EC2::NatGateway");
    assert_eq!((gateways.len(), &gateways[0]["AvailabilityMode"]), (1, &json!("regional")));
    assert!(gateways[0]["SubnetId"].is_null());
    assert_eq!(of_type(&template, "AWS::EC2::InternetGateway").len(), 1);
}

#[test]
fn a_gateway_waits_until_it_can_reach_the_internet() {
    let template = built(PROD, |scope| drop(MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(scope, "Vpc")));
    let waits = |type_name: &str| {
        let all = template.as_object().into_iter().flat_map(|all| all.values());
        let of = all.filter(|resource| resource["Type"] == type_name);
        of.map(|resource| resource["DependsOn"].to_string()).collect::<Vec<_>>()
    };
    assert!(waits("AWS::EC2::EIP").iter().all(|on| on.contains("InternetGatewayAttachment")));
    assert!(waits("AWS::EC2::NatGateway").iter().all(|on| on.contains("PublicRouteTableDefaultRoute")));
}

#[test]
fn endpoints_of_services() {
    let services = [AwsService::ECR_API, AwsService::ECR_DKR, AwsService::SECRETS_MANAGER, AwsService::DYNAMODB];
    let template = built(PROD, |scope| {
        let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).endpoints(services).build(scope, "Vpc");
        assert!(vpc.endpoint(&AwsService::S3).is_some() && vpc.endpoint(&AwsService::KMS).is_none());
        assert!(vpc.endpoint_security_group().is_some());
    });
    let endpoints = of_type(&template, ENDPOINT);
    let find = |service: &str| {
        let name = format!("com.amazonaws.us-east-1.{service}");
        endpoints.iter().find(|endpoint| endpoint["ServiceName"] == name).map_or(&Value::Null, |found| *found)
    };
    for gateway in ["s3", "dynamodb"] {
        assert_eq!(find(gateway)["VpcEndpointType"], "Gateway");
        assert_eq!(find(gateway)["RouteTableIds"].as_array().map(Vec::len), Some(3), "the private tables");
    }
    for interface in ["ecr.api", "ecr.dkr", "secretsmanager"] {
        assert_eq!(find(interface)["PrivateDnsEnabled"], true);
        assert_eq!(find(interface)["SubnetIds"].as_array().map(Vec::len), Some(3));
    }
    let groups = of_type(&template, "AWS::EC2::SecurityGroup");
    assert_eq!(groups[0]["SecurityGroupIngress"][0]["CidrIp"], "10.0.0.0/16");
}

#[test]
fn flow_logs_go_where_they_are_told() {
    let logs = |to: FlowLogs| {
        let to =
            move |scope: Scope<'_>| drop(MultiAzVpc::builder(cidr!("10.0.0.0/16")).flow_logs(to).build(scope, "Vpc"));
        built(PROD, to)
    };
    let kept = logs(FlowLogs::KeptFor(Retention::days(365)));
    assert_eq!(each(&kept, "AWS::Logs::LogGroup", "RetentionInDays"), ["365"]);
    let bucket = logs(FlowLogs::Bucket(ce_synth::Value::from_expr(Expr::text("arn:aws:s3:::logs"))));
    assert_eq!(each(&bucket, "AWS::EC2::FlowLog", "LogDestinationType"), ["s3"]);
    assert!(of_type(&bucket, "AWS::IAM::Role").is_empty());
    assert!(of_type(&logs(FlowLogs::Off), "AWS::EC2::FlowLog").is_empty());
}

#[test]
fn subnets_carry_tags_of_their_tier() {
    let template = built(DEV, |scope| {
        let vpc =
            MultiAzVpc::builder(cidr!("10.0.0.0/16")).subnet_tag(SubnetTier::Public, "kubernetes.io/role/elb", "1");
        vpc.build(scope, "Vpc");
    });
    let tags = each(&template, SUBNET, "Tags");
    assert_eq!(tags.iter().filter(|tags| tags.contains("role/elb")).count(), 2);
}

#[test]
fn the_default_has_no_findings() {
    let build = |scope: Scope<'_>| drop(MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(scope, "Vpc"));
    assert_eq!(codes(&synth(PROD, build)), Vec::<String>::new());
}

#[test]
fn every_resource_names_the_line_that_asked_for_it() {
    let assembly = synth(PROD, |scope| {
        let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).endpoints([AwsService::KMS]).standard_network_acls();
        let vpc = vpc.build(scope, "Vpc");
        if let Some(endpoints) = vpc.endpoint_security_group() {
            endpoints.connections().allow_within(Port::HTTPS);
        }
    });
    let assembly = assembly.unwrap_or_else(|findings| panic!("{findings}"));
    for resource in assembly.tree().all_resources() {
        let file = resource.at().file();
        assert!(file.ends_with("tests/network/multi_az_vpc.rs"), "{} at {}", resource.path(), resource.at());
    }
}

#[test]
fn findings_name_the_line_that_asked_for_it() {
    let found = synth(PROD, |scope| {
        let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/25")).zone_letters("az").nat(Nat::None);
        vpc.endpoints([AwsService::KMS, AwsService::KMS]).build(scope, "Vpc");
    });
    let findings = found.err().unwrap_or_default();
    assert!(findings.errors() > 4);
    let file = |finding: &Diagnostic| finding.at.map_or("", Place::file).ends_with("tests/network/multi_az_vpc.rs");
    assert!(findings.iter().all(file), "{findings}");
}
