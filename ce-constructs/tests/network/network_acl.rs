//! Network ACLs of tiers.

use ce_constructs::cidr;
use ce_constructs::network::{Cidr, MultiAzVpc, NetworkAcl, Port, SubnetTier};
use ce_synth::Scope;
use serde_json::{Value, json};

use super::{PROD, built, codes, of_type, synth};

const ENTRY: &str = "AWS::EC2::NetworkAclEntry";

/// The rules the reference decides on (D-11).
fn reference(vpc: ce_constructs::network::MultiAzVpcBuilder) -> ce_constructs::network::MultiAzVpcBuilder {
    let any = Cidr::ANYWHERE;
    let public = NetworkAcl::new()
        .allow_in(any, Port::HTTP)
        .allow_in(any, Port::HTTPS)
        .allow_in(any, NetworkAcl::EPHEMERAL)
        .allow_out(SubnetTier::Private, Port::tcp(8080))
        .allow_out(any, Port::HTTPS)
        .allow_out(any, NetworkAcl::EPHEMERAL);
    let database = NetworkAcl::new()
        .allow_in(SubnetTier::Private, Port::tcp(5432))
        .allow_in(SubnetTier::Private, Port::tcp(6379))
        .allow_out(SubnetTier::Private, NetworkAcl::EPHEMERAL);
    vpc.network_acl(SubnetTier::Public, public).network_acl(SubnetTier::Isolated, database).standard_network_acls()
}

#[test]
fn every_subnet_of_a_filtered_tier_has_one() {
    let template = built(PROD, |scope| drop(reference(MultiAzVpc::builder(cidr!("10.0.0.0/16"))).build(scope, "Vpc")));
    assert_eq!(of_type(&template, "AWS::EC2::NetworkAcl").len(), 3);
    assert_eq!(of_type(&template, "AWS::EC2::SubnetNetworkAclAssociation").len(), 9);
    let entries = of_type(&template, ENTRY);
    let of = |block: &str, from: u16| {
        let ports = |entry: &&&Value| entry["CidrBlock"] == block && entry["PortRange"]["From"] == from;
        entries
            .iter()
            .filter(ports)
            .map(|entry| (entry["RuleNumber"].clone(), entry["Egress"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("10.0.12.0/24", 5432), [(json!(102), json!(false))], "the number is made of the zone");
    assert_eq!(of("10.0.13.0/24", 8080), [(json!(103), json!(true))]);
    assert_eq!(of("10.0.11.0/24", 1024), [(json!(101), json!(true))]);
}

#[test]
fn the_standard_ones_keep_isolated_subnets_to_themselves() {
    let build = |tiers: &'static [SubnetTier]| {
        let tiers = tiers.to_vec();
        built(PROD, |scope| {
            let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).tiers(tiers).zones(1).standard_network_acls();
            vpc.build(scope, "Vpc");
        })
    };
    let isolated = |template: &Value| {
        let entries =
            template.as_object().into_iter().flatten().filter(|(id, _)| id.contains("IsolatedNetworkAclIngress"));
        entries.map(|(_, entry)| entry["Properties"]["CidrBlock"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(isolated(&build(&SubnetTier::ALL)), ["10.0.11.0/24", "10.0.21.0/24"]);
    assert_eq!(isolated(&build(&[SubnetTier::Public, SubnetTier::Isolated])), ["10.0.0.0/16"]);
}

#[test]
fn pings_have_a_type_and_all_traffic_has_no_ports() {
    let acl = NetworkAcl::new().allow_in(cidr!("10.0.0.0/16"), Port::PING).allow_out(Cidr::ANYWHERE, Port::ALL_TRAFFIC);
    let build = |scope: Scope<'_>| {
        MultiAzVpc::builder(cidr!("10.0.0.0/16"))
            .zones(1)
            .network_acl(SubnetTier::Private, acl.clone())
            .build(scope, "Vpc");
    };
    let template = built(PROD, build);
    let entries = of_type(&template, ENTRY);
    let (out, ping) = (entries[0], entries[1]);
    assert_eq!((&ping["Protocol"], &ping["Icmp"]), (&json!(1), &json!({ "Type": 8, "Code": -1 })));
    assert_eq!((&out["Protocol"], &out["PortRange"]), (&json!(-1), &Value::Null));
    assert_eq!(codes(&synth(PROD, build)), Vec::<String>::new());
}
