//! VPCs, security groups and who may talk to whom; load balancers.
//!
//! ```
//! # use ce_synth::{Account, App, Environment, Region, Tier};
//! # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! use ce_constructs::cidr;
//! use ce_constructs::network::{AwsService, Cidr, Connect, MultiAzVpc, Port, SecurityGroup};
//!
//! # let app = App::new();
//! # let stack = app.stack("Shop", PROD);
//! let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).endpoints([AwsService::ECR_API]).build(stack, "Vpc");
//! let api = SecurityGroup::builder(&vpc, "the API").build(stack, "Api");
//! let database = SecurityGroup::builder(&vpc, "the database").default_port(Port::tcp(5432)).build(stack, "Database");
//! api.connections().allow_to_default_port(&database);
//! api.connections().allow_to(Cidr::ANYWHERE, Port::HTTPS);
//! # app.synth().unwrap();
//! ```
//!
//! By default a VPC has a public, a private and an isolated subnet in each of three zones in production, two elsewhere,
//! a NAT gateway per zone in production, one elsewhere, an endpoint for S3, and records of all traffic. A security group
//! lets nothing in and nothing out. Constructs are put into any [`Network`], and connected with [`Connections`], which
//! places the rules so that stacks never need each other in a circle.
//!
//! What it does not do: IPv6, VPNs, peering and transit gateways; take the resources of `ce_cfn::ec2` for those.

mod cidr;
mod connections;
mod edge;
pub mod load_balancer;
#[expect(clippy::module_inception, reason = "the chapter is named for its main capability")]
mod network;
mod one_sided;
mod port;
pub mod rules;
mod security_group;
mod vpc;

pub use cidr::{Cidr, ParseCidrError};
pub use connections::{Connect, Connections, Peer};
pub use network::{Network, Subnet, SubnetTier};
pub use port::{ParsePortError, Port};
pub use rules::RULES;
pub use security_group::{SecurityGroup, SecurityGroupBuilder};
pub use vpc::{
    AclPeer, AwsService, ExistingVpc, ExistingVpcBuilder, FlowLogs, MultiAzVpc, MultiAzVpcBuilder, Nat, NetworkAcl,
};
