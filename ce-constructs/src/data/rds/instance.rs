//! A single instance of RDS.

use ce_cfn::rds;
use ce_synth::Value;

use super::RdsInstanceBuilder;
use crate::data::RdsEngine;
use crate::data::placement::Placement;
use crate::network::{Connect, Connections, Network, Port, SecurityGroup};
use crate::security::{Key, Secret};

/// An instance of RDS: PostgreSQL, MySQL or MariaDB on a volume of its own.
///
/// ```
/// # use ce_synth::{Scope, Size};
/// use ce_constructs::data::{InstanceClass, RdsEngine, RdsInstance};
/// use ce_constructs::network::Network;
///
/// fn orders<'a>(scope: Scope<'a>, network: &dyn Network) -> RdsInstance<'a> {
///     RdsInstance::builder(network)
///         .engine(RdsEngine::POSTGRESQL_17)
///         .class(InstanceClass::new("db.t3.micro"))
///         .storage_up_to(Size::gib(200))
///         .database("orders")
///         .build(scope, "Orders")
/// }
/// ```
///
/// By default: PostgreSQL 17 with a standby in another zone (production), in isolated subnets behind a security group
/// that lets nothing in or out; storage that grows, encrypted by a key of its own; TLS only; a generated password; users
/// of IAM; backups, logs, Enhanced Monitoring and Database Insights; a snapshot when it is deleted, which AWS refuses
/// in production.
///
/// It does not rotate the password unless told to, and it makes no tables.
#[derive(Clone)]
pub struct RdsInstance<'a> {
    pub(super) instance: rds::DbInstanceRef<'a>,
    pub(super) port: Port,
    pub(super) group: SecurityGroup<'a>,
    pub(super) key: Option<Key<'a>>,
    pub(super) secret: Option<Secret<'a>>,
    pub(super) engine: RdsEngine,
    pub(super) name: Option<String>,
}

impl<'a> RdsInstance<'a> {
    /// An instance in the isolated subnets of a network.
    pub fn builder(network: &dyn Network) -> RdsInstanceBuilder<'_, 'a> {
        RdsInstanceBuilder::new(Placement::new(network))
    }

    /// The resource, for what this block does not set.
    pub fn instance(&self) -> rds::DbInstanceRef<'a> {
        self.instance
    }

    /// Its host name.
    pub fn endpoint(&self) -> Value<String> {
        self.instance.endpoint_address()
    }

    /// The port it listens on.
    pub fn port(&self) -> Port {
        self.port
    }

    /// The secret with its first user and password; none if RDS manages it, or in a replica.
    pub fn secret(&self) -> Option<&Secret<'a>> {
        self.secret.as_ref()
    }

    /// The ARN of the secret that RDS manages; of use with [`ManagedLogin`](crate::data::ManagedLogin) only.
    pub fn managed_secret_arn(&self) -> Value<String> {
        self.instance.master_user_secret_secret_arn()
    }

    /// The key that encrypts it; none in a replica that has its source's.
    pub fn key(&self) -> Option<Key<'a>> {
        self.key
    }

    /// Its security group.
    pub fn security_group(&self) -> SecurityGroup<'a> {
        self.group
    }
}

impl Connect for RdsInstance<'_> {
    fn connections(&self) -> Connections<'_> {
        Connections::new(self.group.group()).default_port(self.port)
    }
}
