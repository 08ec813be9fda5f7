//! A bucket is behind no security group.

use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let stack = app.stack("Shop", PROD);
    let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    let tasks = SecurityGroup::builder(&network, "tasks").build(stack, "Tasks");
    let bucket = Bucket::builder().build(stack, "Uploads");
    tasks.connections().allow_to(&bucket, Port::HTTPS);
}
