//! A security group has no role.

use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let stack = app.stack("Shop", PROD);
    let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    let tasks = SecurityGroup::builder(&network, "tasks").build(stack, "Tasks");
    Bucket::builder().build(stack, "Uploads").grants().read(&tasks);
}
