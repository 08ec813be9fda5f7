//! A cluster of Aurora.

use ce_cfn::rds;
use ce_synth::Value;

use super::AuroraClusterBuilder;
use super::build::Parts;
use crate::data::placement::Placement;
use crate::network::{Connect, Connections, Network, Port, SecurityGroup};
use crate::security::{Key, Secret};

/// A cluster of Aurora: instances of PostgreSQL or MySQL over one volume that is kept in three zones.
///
/// ```
/// # use ce_synth::Scope;
/// use ce_constructs::data::{Acu, AuroraCluster, AuroraEngine, Capacity, Login};
/// use ce_constructs::network::{Connect, Network};
///
/// fn orders<'a>(scope: Scope<'a>, network: &dyn Network, api: &impl Connect) -> AuroraCluster<'a> {
///     let orders = AuroraCluster::builder(network)
///         .engine(AuroraEngine::POSTGRESQL_17)
///         .capacity(Capacity::serverless(Acu::new(0.5), Acu::new(16.0), 1))
///         .database("orders")
///         .credentials(Login::new("orders").secret_named("shop/orders/db"))
///         .build(scope, "Orders");
///     api.connections().allow_to_default_port(&orders);
///     orders
/// }
/// ```
///
/// By default: PostgreSQL 17 on two instances in different zones (production), in isolated subnets behind a security
/// group that lets nothing in or out; encrypted by a key of its own; TLS only; a generated password; users of IAM;
/// backups, logs, Enhanced Monitoring and Database Insights; a snapshot when it is deleted, which AWS refuses in
/// production.
///
/// It does not rotate the password unless told to, and it makes no tables.
#[derive(Clone)]
pub struct AuroraCluster<'a> {
    cluster: rds::DbClusterRef<'a>,
    instances: Vec<rds::DbInstanceRef<'a>>,
    port: Port,
    group: SecurityGroup<'a>,
    key: Key<'a>,
    secret: Option<Secret<'a>>,
    pub(super) max_connections: Option<u32>,
}

impl<'a> AuroraCluster<'a> {
    /// A cluster in the isolated subnets of a network.
    pub fn builder(network: &dyn Network) -> AuroraClusterBuilder<'_, 'a> {
        AuroraClusterBuilder::new(Placement::new(network))
    }

    pub(super) fn new(
        cluster: rds::DbClusterRef<'a>,
        instances: Vec<rds::DbInstanceRef<'a>>,
        port: Port,
        parts: Parts<'a>,
    ) -> Self {
        let Parts { group, key, secret, max_connections, .. } = parts;
        Self { cluster, instances, port, group, key, secret, max_connections }
    }

    /// The cluster's resource, for what this block does not set.
    pub fn cluster(&self) -> rds::DbClusterRef<'a> {
        self.cluster
    }

    /// The instances' resources, the writer's first.
    pub fn instances(&self) -> &[rds::DbInstanceRef<'a>] {
        &self.instances
    }

    /// The host name of the writer, whichever instance that is.
    pub fn endpoint(&self) -> Value<String> {
        self.cluster.endpoint_address()
    }

    /// The host name that leads to the readers in turns, to the writer if there is none.
    pub fn reader_endpoint(&self) -> Value<String> {
        self.cluster.read_endpoint_address()
    }

    /// The port it listens on.
    pub fn port(&self) -> Port {
        self.port
    }

    /// The secret with its first user and password; none if RDS manages it, or in a secondary of a global database.
    pub fn secret(&self) -> Option<&Secret<'a>> {
        self.secret.as_ref()
    }

    /// The ARN of the secret that RDS manages; of use with [`ManagedLogin`](crate::data::ManagedLogin) only.
    pub fn managed_secret_arn(&self) -> Value<String> {
        self.cluster.master_user_secret_secret_arn()
    }

    /// The key that encrypts it.
    pub fn key(&self) -> Key<'a> {
        self.key
    }

    /// Its security group.
    pub fn security_group(&self) -> SecurityGroup<'a> {
        self.group
    }
}

impl Connect for AuroraCluster<'_> {
    fn connections(&self) -> Connections<'_> {
        Connections::new(self.group.group()).default_port(self.port)
    }
}
