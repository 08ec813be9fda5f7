//! Yes is no truth value.

use ce::cfn::ec2;

fn main() {
    let vpc = ec2::Vpc::new().enable_dns_support("yes");
    println!("{:?}", ce::synth::CfnResource::into_properties(vpc));
}
