//! A security group is no VPC.

use ce::cfn::ec2;
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let stack = app.stack("Shop", PROD);
    let group = stack.add("Group", ec2::SecurityGroup::new().group_description("shop"));
    stack.add("Subnet", ec2::Subnet::new().vpc_id(group));
}
