//! New things in a network that is there already, made by hand or by another tool.
//!
//! ```text
//! cargo run --example existing_network -- --no-lock
//! ```
//!
//! Nothing is looked up: the same program gives the same bytes, with or without an account. What is said of the network
//! is checked as far as it can be: subnets outside of the VPC, or over each other, are findings.

use std::process::ExitCode;

use ce::cfn::ids;
use ce::compute::ContainerSecret;
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() -> ExitCode {
    ce::run(existing_network)
}

/// A cache for an application that is there, and a worker beside it.
pub fn existing_network(app: &App) {
    let stack = app.stack("Sessions", PROD);
    let network = ExistingVpc::builder("vpc-0a1b2c3d4e5f60718", cidr!("10.8.0.0/16"))
        .subnet(SubnetTier::Private, 'a', "subnet-0a1b2c3d4e5f60711", cidr!("10.8.0.0/20"))
        .subnet(SubnetTier::Private, 'b', "subnet-0a1b2c3d4e5f60712", cidr!("10.8.16.0/20"))
        .subnet(SubnetTier::Isolated, 'a', "subnet-0a1b2c3d4e5f60713", cidr!("10.8.240.0/22"))
        .subnet(SubnetTier::Isolated, 'b', "subnet-0a1b2c3d4e5f60714", cidr!("10.8.244.0/22"))
        .build(stack);
    let sessions = RedisCluster::builder(&network).build(stack, "Sessions");

    // The application's group is known by its id alone. It gets its way out from whoever keeps it.
    let application: Value<ids::Ec2SecurityGroup> = "sg-0a1b2c3d4e5f60715".into_value();
    sessions.connections().allow_default_port_from(application);

    let cluster = EcsCluster::builder().build(stack, "Cluster");
    let image = ImageSource::public("public.ecr.aws/docker/library/python", ImageVersion::tag("3.13"));
    let mut sweeper = FargateService::builder(&cluster, &network, image, TaskSize::new::<256, 512>())
        .command(["python", "-m", "sweeper"])
        .env("REDIS_HOST", sessions.endpoint());
    if let Some(token) = sessions.secret() {
        sweeper = sweeper.secret("REDIS_LOGIN", ContainerSecret::from(token));
    }
    sweeper.build(stack, "Sweeper").connections().allow_to_default_port(&sessions);
}
