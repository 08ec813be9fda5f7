//! A key of one type reads no other.

use ce::cfn::ec2;
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let vpc = app.stack("Shop", PROD).add("Vpc", ec2::Vpc::new());
    println!("{:?}", vpc.read(ec2::Subnet::VPC_ID));
}
