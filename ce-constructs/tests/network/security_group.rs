//! The security group: its default, and each option.

use ce_constructs::cidr;
use ce_constructs::network::{Connect, ExistingVpc, Port, SecurityGroup};

use super::{PROD, built, of_type};

#[test]
fn the_default_lets_nothing_in_or_out() {
    let template = built(PROD, |scope| {
        let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16")).build(scope);
        let group = SecurityGroup::builder(&vpc, "the database").build(scope, "Database");
        assert_eq!(group.connections().port(), None);
    });
    insta::assert_json_snapshot!(template);
}

#[test]
fn it_takes_a_name_and_a_port() {
    let template = built(PROD, |scope| {
        let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.0.0.0/16")).build(scope);
        let group = SecurityGroup::builder(&vpc, "the database").named("shop-db").default_port(Port::tcp(5432));
        assert_eq!(group.build(scope, "Database").connections().port(), Some(Port::tcp(5432)));
    });
    let group = of_type(&template, "AWS::EC2::SecurityGroup")[0];
    assert_eq!(group["GroupName"], "shop-db");
    assert_eq!(group["Tags"][0]["Value"], "shop-db");
}
