//! Settings of an Aurora cluster.

use ce_synth::DeletionPolicy;

use super::{AuroraGlobal, Capacity, ReaderScaling};
use crate::data::parameters::Parameters;
use crate::data::placement::Placement;
use crate::data::upkeep::Upkeep;
use crate::data::{
    AuroraEngine, BackupRetention, CertificateAuthority, Credentials, DailyWindow, Insights, MonitoringInterval,
    WeeklyWindow,
};
use crate::network::{SecurityGroup, SubnetTier};
use crate::security::Key;

/// Settings of an [`AuroraCluster`](super::AuroraCluster).
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
#[expect(clippy::struct_excessive_bools, reason = "switches of the service that do not depend on each other")]
pub struct AuroraClusterBuilder<'n, 'a> {
    pub(super) placement: Placement<'n>,
    pub(super) engine: Option<AuroraEngine>,
    pub(super) capacity: Option<Capacity>,
    pub(super) scaling: Option<ReaderScaling>,
    pub(super) zones: Vec<String>,
    pub(super) name: Option<String>,
    pub(super) database: Option<String>,
    pub(super) credentials: Credentials,
    pub(super) key: Option<Key<'a>>,
    pub(super) secret_key: Option<Key<'a>>,
    pub(super) group: Option<SecurityGroup<'a>>,
    pub(super) global: Option<AuroraGlobal<'a>>,
    pub(super) write_forwarding: bool,
    pub(super) port: Option<u16>,
    pub(super) upkeep: Upkeep,
    pub(super) parameters: Parameters,
    pub(super) instance_parameters: Parameters,
    pub(super) monitoring: Option<MonitoringInterval>,
    pub(super) insights: Insights,
    pub(super) iam_authentication: bool,
    pub(super) logs: Option<Vec<String>>,
    pub(super) authority: CertificateAuthority,
    pub(super) io_optimized: bool,
    pub(super) extended_support: bool,
    pub(super) deletion_protection: Option<bool>,
    pub(super) deletion_policy: DeletionPolicy,
}

impl<'n, 'a> AuroraClusterBuilder<'n, 'a> {
    pub(super) fn new(placement: Placement<'n>) -> Self {
        Self {
            placement,
            engine: None,
            capacity: None,
            scaling: None,
            zones: Vec::new(),
            name: None,
            database: None,
            credentials: Credentials::default(),
            key: None,
            secret_key: None,
            group: None,
            global: None,
            write_forwarding: true,
            port: None,
            upkeep: Upkeep::default(),
            parameters: Parameters::default(),
            instance_parameters: Parameters::default(),
            monitoring: None,
            insights: Insights::Standard,
            iam_authentication: true,
            logs: None,
            authority: CertificateAuthority::Rsa2048,
            io_optimized: false,
            extended_support: false,
            deletion_protection: None,
            deletion_policy: DeletionPolicy::Snapshot,
        }
    }

    /// The engine and its version. Default: that of the global database, else [`AuroraEngine::POSTGRESQL_17`].
    pub fn engine(mut self, engine: AuroraEngine) -> Self {
        self.engine = Some(engine);
        self
    }

    /// Its instances. Default: `db.r6g.large` with one reader in production, `db.t4g.large` with one reader in staging,
    /// `db.t4g.medium` alone in development; `db.r6g.large` in a global database.
    pub fn capacity(mut self, capacity: Capacity) -> Self {
        self.capacity = Some(capacity);
        self
    }

    /// Adds and removes readers with the load; not in the secondary of a global database. Default: their number stays.
    pub fn scale_readers(mut self, scaling: ReaderScaling) -> Self {
        self.scaling = Some(scaling);
        self
    }

    /// The zones of its instances, the writer's first; taken in turns if there are more instances. Default: Aurora
    /// spreads them over the zones of the subnets.
    pub fn zones<Z: Into<String>>(mut self, zones: impl IntoIterator<Item = Z>) -> Self {
        self.zones = zones.into_iter().map(Into::into).collect();
        self
    }

    /// Its physical name; its instances have it with a number, its security group as it is. A named cluster cannot be
    /// replaced in one update. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The database that is made in it; secondaries of a global database get that of the primary. Default: none but
    /// the engine's own.
    pub fn database(mut self, name: impl Into<String>) -> Self {
        self.database = Some(name.into());
        self
    }

    /// Its first user; secondaries of a global database have those of the primary. Default: `dbadmin`, with a
    /// password generated into a secret.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.credentials = credentials.into();
        self
    }

    /// The key that encrypts storage, backups, insights and the secret. Default: one of its own, `Key`.
    pub fn encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.key = Some(*key);
        self
    }

    /// The key that encrypts the secret alone, such as a multi-region one when the secret is replicated. Default: the
    /// key of everything else.
    pub fn secret_encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.secret_key = Some(*key);
        self
    }

    /// Its security group. Default: one of its own that lets nothing in and nothing out.
    pub fn security_group(mut self, group: &SecurityGroup<'a>) -> Self {
        self.group = Some(*group);
        self
    }

    /// The tier of the network it is in. Default: [`SubnetTier::Isolated`].
    pub fn subnets(mut self, tier: SubnetTier) -> Self {
        self.placement.tier = tier;
        self
    }

    /// Makes it a member of a global database: the primary in that one's region, a secondary elsewhere. Default: it
    /// is alone.
    pub fn global(mut self, global: &AuroraGlobal<'a>) -> Self {
        self.global = Some(global.clone());
        self
    }

    /// Whether a secondary of a global database takes writes and forwards them to the primary. Default: yes.
    pub fn write_forwarding(mut self, on: bool) -> Self {
        self.write_forwarding = on;
        self
    }

    /// The port it listens on. Default: the engine's, 5432 or 3306.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// How long backups are kept; any moment since then can be restored. Default: 30 days in production, 7 in
    /// staging, 1 in development.
    pub fn backup_retention(mut self, retention: BackupRetention) -> Self {
        self.upkeep.retention = Some(retention);
        self
    }

    /// When backups are taken, in UTC, at least 30 minutes. Default: `03:00-04:00`, or later if maintenance is then.
    pub fn backup_window(mut self, window: DailyWindow) -> Self {
        self.upkeep.backup = Some(window);
        self
    }

    /// When AWS may change the cluster and its instances, in UTC, at least 30 minutes. Default:
    /// `sun:05:00-sun:06:00`, or later if backups are taken then.
    pub fn maintenance_window(mut self, window: WeeklyWindow) -> Self {
        self.upkeep.maintenance = Some(window);
        self
    }

    /// A parameter of the cluster, the same on every instance. Default: `rds.force_ssl` is 1 for PostgreSQL;
    /// `require_secure_transport`, the audit and the slow query log are on for MySQL.
    pub fn parameter(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.set(key, value);
        self
    }

    /// A parameter of the instances, such as `max_connections`. Default: AWS's.
    pub fn instance_parameter(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.instance_parameters.set(key, value);
        self
    }

    /// How often Enhanced Monitoring reports. Default: every 60 seconds; off in development.
    pub fn monitoring(mut self, interval: MonitoringInterval) -> Self {
        self.monitoring = Some(interval);
        self
    }

    /// Statistics of queries. Default: [`Insights::Standard`].
    pub fn insights(mut self, insights: Insights) -> Self {
        self.insights = insights;
        self
    }

    /// Whether roles of IAM can be users of the database. Default: yes.
    pub fn iam_authentication(mut self, on: bool) -> Self {
        self.iam_authentication = on;
        self
    }

    /// The logs that are sent to CloudWatch. Default: all the engine has.
    pub fn logs<L: Into<String>>(mut self, logs: impl IntoIterator<Item = L>) -> Self {
        self.logs = Some(logs.into_iter().map(Into::into).collect());
        self
    }

    /// Who signs the instances' certificates. Default: [`CertificateAuthority::Rsa2048`].
    pub fn certificate_authority(mut self, authority: CertificateAuthority) -> Self {
        self.authority = authority;
        self
    }

    /// Whether reads and writes are part of the price of storage and instances: worth it when they are over a quarter
    /// of the bill. Default: they are billed by number.
    pub fn io_optimized(mut self, on: bool) -> Self {
        self.io_optimized = on;
        self
    }

    /// Whether it may run, at extra cost, after its version has left standard support; in a global database the
    /// global one decides. Default: no.
    pub fn extended_support(mut self, on: bool) -> Self {
        self.extended_support = on;
        self
    }

    /// Whether AWS refuses to delete it. Default: in production.
    pub fn deletion_protection(mut self, on: bool) -> Self {
        self.deletion_protection = Some(on);
        self
    }

    /// What happens when it leaves the template or is replaced. Default: [`DeletionPolicy::Snapshot`].
    pub fn deletion_policy(mut self, policy: DeletionPolicy) -> Self {
        self.deletion_policy = policy;
        self
    }
}
