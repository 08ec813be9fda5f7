//! VPCs: their subnets, routes, endpoints, filters and records.

mod aws_service;
mod builder;
mod endpoints;
mod existing;
mod flow_logs;
mod layout;
mod multi_az_vpc;
mod nat;
mod network_acl;
pub(super) mod plan;
mod routing;
mod subnets;
mod zone;

pub use aws_service::AwsService;
pub use builder::MultiAzVpcBuilder;
pub use existing::{ExistingVpc, ExistingVpcBuilder};
pub use flow_logs::FlowLogs;
pub use multi_az_vpc::MultiAzVpc;
pub use nat::Nat;
pub use network_acl::{AclPeer, NetworkAcl};

use zone::Zone;
