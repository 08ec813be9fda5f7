//! Nothing changes after `synth` took the app.

use ce::cfn::ec2;
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let vpc = app.stack("Shop", PROD).add("Vpc", ec2::Vpc::new());
    let assembly = app.synth();
    vpc.update(|vpc| vpc.enable_dns_support(true));
    drop(assembly);
}
