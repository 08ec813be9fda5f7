//! network

mod cidr;
mod connections;
mod edge;
#[expect(clippy::module_inception, reason = "the chapter is named for its main capability")]
mod network;
mod port;
pub mod rules;
mod security_group;

pub use cidr::{Cidr, ParseCidrError};
pub use connections::{Connect, Connections, Peer};
pub use network::{Network, Subnet, SubnetTier};
pub use port::{ParsePortError, Port};
pub use rules::RULES;
pub use security_group::{SecurityGroup, SecurityGroupBuilder};
