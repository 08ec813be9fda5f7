//! Every rule, by what triggers it.

use ce_cfn::ec2;
use ce_constructs::cidr;
use ce_constructs::network::{
    AwsService, Cidr, Connect, ExistingVpc, MultiAzVpc, MultiAzVpcBuilder, Nat, Port, RULES, SecurityGroup, SubnetTier,
};
use ce_synth::{App, Assembly, Code, Findings, Region, Scope};

use super::{PROD, codes, synth};

fn vpc(build: impl FnOnce(MultiAzVpcBuilder) -> MultiAzVpcBuilder) -> Result<Assembly, Findings> {
    vpc_of(cidr!("10.0.0.0/16"), build)
}

fn vpc_of(cidr: Cidr, build: impl FnOnce(MultiAzVpcBuilder) -> MultiAzVpcBuilder) -> Result<Assembly, Findings> {
    synth(PROD, |scope| drop(build(MultiAzVpc::builder(cidr)).build(scope, "Vpc")))
}

fn help(result: &Result<Assembly, Findings>) -> String {
    let findings = result.as_ref().map_or_else(Findings::clone, |assembly| assembly.findings().clone());
    findings.iter().filter_map(|finding| finding.help.clone()).collect()
}

fn bare(scope: Scope<'_>) -> SecurityGroup<'_> {
    let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16")).build(scope);
    SecurityGroup::builder(&vpc, "a group").build(scope, "Group")
}

#[test]
fn vpc_prefix() {
    assert_eq!(codes(&vpc_of(cidr!("10.0.0.0/8"), |vpc| vpc)), ["CE1001"]);
}

#[test]
fn address_space() {
    let small = vpc_of(cidr!("10.0.0.0/25"), |vpc| vpc.tiers([SubnetTier::Isolated]));
    assert_eq!(codes(&small), ["CE1002"]);
    assert!(help(&small).contains("/24"), "{}", help(&small));
    let zones = vpc_of(cidr!("10.0.0.0/20"), |vpc| vpc.tiers([SubnetTier::Isolated]).zone_letters("ef"));
    assert_eq!(codes(&zones), ["CE1002"], "once for each tier");
    assert!(help(&zones).contains("/19"), "{}", help(&zones));
    let large = vpc_of(cidr!("10.0.0.0/20"), |vpc| vpc.subnet_prefix(SubnetTier::Private, 22));
    assert!(help(&large).contains("/18"), "{}", help(&large));
    let tiny = vpc(|vpc| vpc.subnet_prefix(SubnetTier::Private, 29));
    assert!(help(&tiny).contains("/28"), "{}", help(&tiny));
}

#[test]
fn zones() {
    for result in [
        vpc(|vpc| vpc.zones(0)),
        vpc(|vpc| vpc.zones(7)),
        vpc(|vpc| vpc.zone_letters("")),
        vpc(|vpc| vpc.zone_letters("az")),
        vpc(|vpc| vpc.zone_letters("aba")),
        vpc(|vpc| vpc.tiers([])),
    ] {
        assert!(codes(&result).contains(&"CE1003".to_owned()), "{:?}", codes(&result));
    }
}

#[test]
fn nat_placement() {
    assert_eq!(codes(&vpc(|vpc| vpc.tiers([SubnetTier::Public]).nat(Nat::Single))), ["CE1004"]);
    let buried = vpc(|vpc| vpc.tiers([SubnetTier::Private]).nat(Nat::PerZone));
    assert!(codes(&buried).contains(&"CE1004".to_owned()));
}

#[test]
fn missing_endpoint() {
    let alone = vpc(|vpc| vpc.nat(Nat::None));
    assert_eq!(codes(&alone), ["CE1005"]);
    assert!(alone.is_ok(), "a warning");
    let served = vpc(|vpc| vpc.nat(Nat::None).endpoints([AwsService::ECR_API, AwsService::ECR_DKR, AwsService::LOGS]));
    assert_eq!(codes(&served), Vec::<String>::new());
}

#[test]
fn duplicate_endpoint() {
    assert_eq!(codes(&vpc(|vpc| vpc.endpoints([AwsService::KMS, AwsService::new("kms")]))), ["CE1006"]);
    assert_eq!(codes(&vpc(|vpc| vpc.endpoints([AwsService::S3]))), Vec::<String>::new(), "saying the default is fine");
}

#[test]
fn no_default_port() {
    let to = synth(PROD, |scope| bare(scope).connections().allow_to_default_port(&bare(scope.child("Other"))));
    assert_eq!(codes(&to), ["CE1007"]);
    let from = synth(PROD, |scope| bare(scope).connections().allow_default_port_from(Cidr::ANYWHERE));
    assert_eq!(codes(&from), ["CE1007"]);
}

#[test]
fn connection_across_regions() {
    let app = App::new();
    {
        let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(Region::US_WEST_2)));
        bare(here).connections().allow_to(&bare(there), Port::HTTPS);
    }
    let result = app.synth();
    assert_eq!(codes(&result), ["CE1008"]);
    assert!(
        result.err().is_some_and(|findings| findings.to_string().contains("network/rules.rs")),
        "the line is named"
    );
}

#[test]
fn overlapping_subnets() {
    let by_hand = vpc(|vpc| vpc.zones(1).subnet_blocks(SubnetTier::Private, [cidr!("10.0.0.0/19")]));
    assert_eq!(codes(&by_hand), ["CE1009"; 2], "the public and the isolated subnet are inside of it");
    let beside = synth(PROD, |scope| {
        let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(scope, "Vpc");
        scope.add("Own", ec2::Subnet::new().vpc_id(vpc.vpc()).cidr_block("10.0.11.128/25"));
        scope.add("Free", ec2::Subnet::new().vpc_id(vpc.vpc()).cidr_block("10.0.200.0/24"));
        MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(scope, "Same");
    });
    assert_eq!(codes(&beside), ["CE1009"]);
    let existing = synth(PROD, |scope| {
        ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16"))
            .subnet(SubnetTier::Private, 'a', "subnet-a", cidr!("10.0.0.0/20"))
            .subnet(SubnetTier::Private, 'b', "subnet-b", cidr!("10.0.8.0/24"))
            .build(scope);
    });
    assert_eq!(codes(&existing), ["CE1009"]);
}

#[test]
fn joined_vpcs() {
    let joined = |other: Cidr| {
        synth(PROD, |scope| {
            let one = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(scope, "One").vpc();
            let other = MultiAzVpc::builder(other).build(scope, "Other").vpc();
            scope.add("Peering", ec2::VpcPeeringConnection::new().vpc_id(one).peer_vpc_id(other.vpc_id()));
            let gateway = scope.add("Gateway", ec2::TransitGateway::new());
            for (id, vpc) in [("First", one), ("Second", other)] {
                let attachment = ec2::TransitGatewayAttachment::new().transit_gateway_id(gateway).vpc_id(vpc);
                scope.add(id, attachment.subnet_ids(["subnet-a"]));
            }
        })
    };
    assert_eq!(codes(&joined(cidr!("10.0.128.0/17"))), ["CE1010"; 2]);
    assert_eq!(codes(&joined(cidr!("10.1.0.0/16"))), Vec::<String>::new());
}

#[test]
fn subnet_blocks() {
    let blocks = |blocks: &[Cidr]| {
        let blocks = blocks.to_vec();
        codes(&vpc(|vpc| vpc.zones(1).tiers([SubnetTier::Isolated]).subnet_blocks(SubnetTier::Isolated, blocks)))
    };
    assert_eq!(blocks(&[]), ["CE1011"]);
    assert_eq!(blocks(&[cidr!("10.1.0.0/24")]), ["CE1011"]);
    assert_eq!(blocks(&[cidr!("10.0.0.0/29")]), ["CE1011"]);
}

/// Every code above is one of the table, and the table has no other.
#[test]
fn the_table_is_whole() {
    let text = include_str!("rules.rs");
    let untested: Vec<Code> = RULES.iter().map(|rule| rule.code).filter(|code| !text.contains(code.as_str())).collect();
    assert_eq!(untested, Vec::new());
    assert!(RULES.is_sorted_by_key(|rule| rule.code));
}
