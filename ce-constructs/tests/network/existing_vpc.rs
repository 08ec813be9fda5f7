//! The VPC that is there already.

use ce_constructs::cidr;
use ce_constructs::network::{ExistingVpc, Network, SubnetTier};
use ce_synth::Region;

use super::{PROD, built};

#[test]
fn it_adds_nothing_and_sorts_its_subnets() {
    let template = built(PROD, |scope| {
        let vpc = ExistingVpc::builder("vpc-0a1b2c3d", cidr!("10.8.0.0/16"))
            .subnet(SubnetTier::Private, 'b', "subnet-b", cidr!("10.8.2.0/24"))
            .subnet(SubnetTier::Private, 'a', "subnet-a", cidr!("10.8.1.0/24"))
            .build(scope);
        let zones: Vec<String> =
            vpc.subnets(SubnetTier::Private).iter().map(|subnet| subnet.zone().to_owned()).collect();
        assert_eq!(zones, ["us-east-1a", "us-east-1b"]);
        assert_eq!((vpc.cidr(), vpc.region()), (cidr!("10.8.0.0/16"), Region::US_EAST_1));
        assert!(vpc.subnets(SubnetTier::Public).is_empty());
    });
    assert_eq!(template, serde_json::json!({}));
}
