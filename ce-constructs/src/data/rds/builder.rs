//! Settings of an RDS instance.

use ce_cfn::ids;
use ce_synth::{DeletionPolicy, IntoValue, Region, Size, Value};

use super::replica::Source;
use crate::data::parameters::Parameters;
use crate::data::placement::Placement;
use crate::data::upkeep::Upkeep;
use crate::data::{
    BackupRetention, CertificateAuthority, Credentials, DailyWindow, Insights, InstanceClass, MonitoringInterval,
    RdsEngine, WeeklyWindow,
};
use crate::network::{SecurityGroup, SubnetTier};
use crate::security::Key;

/// Settings of an [`RdsInstance`](super::RdsInstance).
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct RdsInstanceBuilder<'n, 'a> {
    pub(super) placement: Placement<'n>,
    pub(super) source: Option<Source<'a>>,
    pub(super) engine: RdsEngine,
    pub(super) class: Option<InstanceClass>,
    pub(super) multi_az: Option<bool>,
    pub(super) storage: Size,
    pub(super) storage_limit: Option<Size>,
    pub(super) name: Option<String>,
    pub(super) database: Option<String>,
    pub(super) credentials: Credentials,
    pub(super) key: Option<Key<'a>>,
    pub(super) secret_key: Option<Key<'a>>,
    pub(super) group: Option<SecurityGroup<'a>>,
    pub(super) port: Option<u16>,
    pub(super) upkeep: Upkeep,
    pub(super) backup_copy: Option<(Region, Value<ids::KmsKeyArn>)>,
    pub(super) parameters: Parameters,
    pub(super) monitoring: Option<MonitoringInterval>,
    pub(super) insights: Option<Insights>,
    pub(super) iam_authentication: bool,
    pub(super) logs: Option<Vec<String>>,
    pub(super) authority: CertificateAuthority,
    pub(super) extended_support: bool,
    pub(super) deletion_protection: Option<bool>,
    pub(super) deletion_policy: Option<DeletionPolicy>,
}

impl<'n, 'a> RdsInstanceBuilder<'n, 'a> {
    pub(super) fn new(placement: Placement<'n>) -> Self {
        Self {
            placement,
            source: None,
            engine: RdsEngine::POSTGRESQL_17,
            class: None,
            multi_az: None,
            storage: Size::gib(20),
            storage_limit: Some(Size::gib(100)),
            name: None,
            database: None,
            credentials: Credentials::default(),
            key: None,
            secret_key: None,
            group: None,
            port: None,
            upkeep: Upkeep::default(),
            backup_copy: None,
            parameters: Parameters::default(),
            monitoring: None,
            insights: None,
            iam_authentication: true,
            logs: None,
            authority: CertificateAuthority::Rsa2048,
            extended_support: false,
            deletion_protection: None,
            deletion_policy: None,
        }
    }

    /// The engine and its version. Default: [`RdsEngine::POSTGRESQL_17`]; a replica has that of its source.
    pub fn engine(mut self, engine: RdsEngine) -> Self {
        self.engine = engine;
        self
    }

    /// Its size. Default: `db.r6g.large` in production, `db.t4g.medium` elsewhere.
    pub fn class(mut self, class: InstanceClass) -> Self {
        self.class = Some(class);
        self
    }

    /// Whether a standby in another zone takes over when this one fails. Default: in production; not for a replica.
    pub fn multi_az(mut self, on: bool) -> Self {
        self.multi_az = Some(on);
        self
    }

    /// The storage it begins with, 20 GiB to 64 TiB of gp3; a replica has that of its source. Default: 20 GiB.
    pub fn storage(mut self, size: Size) -> Self {
        self.storage = size;
        self
    }

    /// The storage it may grow to by itself; more than it begins with. Default: 100 GiB, or twice what it begins with
    /// if that is more.
    pub fn storage_up_to(mut self, size: Size) -> Self {
        self.storage_limit = Some(size);
        self
    }

    /// Keeps the storage as it is, until it is full. Default: it grows.
    pub fn fixed_storage(mut self) -> Self {
        self.storage_limit = None;
        self
    }

    /// Its physical name, and that of its security group. A named instance cannot be replaced in one update. Default:
    /// CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The database that is made in it. Default: none but the engine's own.
    pub fn database(mut self, name: impl Into<String>) -> Self {
        self.database = Some(name.into());
        self
    }

    /// Its first user; a replica has those of its source. Default: `dbadmin`, with a password generated into a secret.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.credentials = credentials.into();
        self
    }

    /// The key that encrypts storage, backups, insights and the secret. Default: one of its own, `Key`; a replica in
    /// its source's region has the source's.
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

    /// The port it listens on. Default: the engine's, 5432 or 3306.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// How long backups are kept; any moment since then can be restored. Default: 30 days in production, 7 in
    /// staging, 1 in development; none of a replica.
    pub fn backup_retention(mut self, retention: BackupRetention) -> Self {
        self.upkeep.retention = Some(retention);
        self
    }

    /// When backups are taken, in UTC, at least 30 minutes. Default: `03:00-04:00`, or later if maintenance is then.
    pub fn backup_window(mut self, window: DailyWindow) -> Self {
        self.upkeep.backup = Some(window);
        self
    }

    /// When AWS may change the instance, in UTC, at least 30 minutes. Default: `sun:05:00-sun:06:00`, or later if
    /// backups are taken then.
    pub fn maintenance_window(mut self, window: WeeklyWindow) -> Self {
        self.upkeep.maintenance = Some(window);
        self
    }

    /// Copies backups to another region, encrypted by a key there, and keeps them as long. Default: they stay.
    pub fn copy_backups_to(mut self, region: Region, key: impl IntoValue<ids::KmsKeyArn>) -> Self {
        self.backup_copy = Some((region, key.into_value()));
        self
    }

    /// A parameter of the engine, such as `max_connections`. Default: clients must use TLS; MySQL and MariaDB write
    /// their slow query log.
    pub fn parameter(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.set(key, value);
        self
    }

    /// How often Enhanced Monitoring reports. Default: every 60 seconds; off in development.
    pub fn monitoring(mut self, interval: MonitoringInterval) -> Self {
        self.monitoring = Some(interval);
        self
    }

    /// Statistics of queries. Default: [`Insights::Standard`]; off for MySQL and MariaDB on micro and small sizes,
    /// which have none.
    pub fn insights(mut self, insights: Insights) -> Self {
        self.insights = Some(insights);
        self
    }

    /// Whether roles of IAM can be users of the database. Default: yes.
    pub fn iam_authentication(mut self, on: bool) -> Self {
        self.iam_authentication = on;
        self
    }

    /// The logs that are sent to CloudWatch. Default: all the engine has without an option group.
    pub fn logs<L: Into<String>>(mut self, logs: impl IntoIterator<Item = L>) -> Self {
        self.logs = Some(logs.into_iter().map(Into::into).collect());
        self
    }

    /// Who signs its certificate. Default: [`CertificateAuthority::Rsa2048`].
    pub fn certificate_authority(mut self, authority: CertificateAuthority) -> Self {
        self.authority = authority;
        self
    }

    /// Whether it may run, at extra cost, after its version has left standard support. Default: no.
    pub fn extended_support(mut self, on: bool) -> Self {
        self.extended_support = on;
        self
    }

    /// Whether AWS refuses to delete it. Default: in production.
    pub fn deletion_protection(mut self, on: bool) -> Self {
        self.deletion_protection = Some(on);
        self
    }

    /// What happens when it leaves the template or is replaced. Default: [`DeletionPolicy::Snapshot`]; a replica,
    /// which has no final snapshot, is deleted.
    pub fn deletion_policy(mut self, policy: DeletionPolicy) -> Self {
        self.deletion_policy = Some(policy);
        self
    }
}
