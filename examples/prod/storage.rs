//! Buckets: what users see, what they upload, backups, and logs.

use ce::prelude::*;
use ce::storage::{BucketBuilder, Cors, CorsMethod, LifecycleRule, LogSource, ObjectLock, Replication, StorageClass};

use super::settings::Settings;
use super::vault::Vault;

pub struct Storage<'a> {
    pub assets: Bucket<'a>,
    pub uploads: Bucket<'a>,
    pub backups: Bucket<'a>,
    pub logs: Bucket<'a>,
    /// What the CDN was asked; there is one CDN for both regions.
    pub edge_logs: Option<Bucket<'a>>,
}

impl<'a> Storage<'a> {
    pub fn new(stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>) -> Self {
        let logs = Bucket::builder()
            .named(settings.bucket("alb-logs"))
            .receives_logs(LogSource::LoadBalancers, "alb/")
            .logs_of_buckets()
            .lifecycle(LifecycleRule::new().expire_after(Duration::days(90)))
            .build(stack, "LoadBalancerLogs");
        let edge_logs = (!settings.is_standby()).then(|| {
            Bucket::builder()
                .named(settings.bucket("edge-logs"))
                .receives_logs(LogSource::LogDelivery, "")
                .access_logs_to(&logs, "edge-logs/")
                .lifecycle(LifecycleRule::new().expire_after(Duration::days(90)))
                .build(stack, "EdgeLogs")
        });
        let kept = Kept { stack, settings, logs: &logs };
        let (assets, uploads, backups) = (kept.assets(), kept.uploads(), kept.backups(vault));
        Self { assets, uploads, backups, logs, edge_logs }
    }
}

/// What buckets whose contents are kept are made with.
struct Kept<'s, 'a> {
    stack: Scope<'a>,
    settings: &'s Settings<'a>,
    logs: &'s Bucket<'a>,
}

impl<'a> Kept<'_, 'a> {
    fn bucket(&self, role: &str) -> BucketBuilder<'a> {
        Bucket::builder().named(self.settings.bucket(role)).access_logs_to(self.logs, format!("{role}/"))
    }

    fn copied(&self, bucket: BucketBuilder<'a>, role: &str) -> BucketBuilder<'a> {
        match self.settings.replica(role) {
            Some(replica) => bucket.replicated(Replication::to(replica)),
            None => bucket,
        }
    }

    /// Live objects stay readable at once; only old versions go where a restore takes hours.
    fn assets(&self) -> Bucket<'a> {
        let aging = LifecycleRule::new()
            .transition(StorageClass::StandardInfrequentAccess, Duration::days(30))
            .transition(StorageClass::GlacierInstantRetrieval, Duration::days(90))
            .noncurrent_transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(90))
            .noncurrent_transition(StorageClass::GlacierDeepArchive, Duration::days(365));
        self.copied(self.bucket("assets").lifecycle(aging), "assets").build(self.stack, "Assets")
    }

    fn uploads(&self) -> Bucket<'a> {
        let site = format!("https://{}", self.settings.domain);
        let cors = Cors::new([site], [CorsMethod::Get, CorsMethod::Put, CorsMethod::Post, CorsMethod::Head])
            .allow_headers(["*"])
            .expose_headers(["ETag"])
            .max_age(Duration::seconds(3_000));
        let uploads = self.bucket("uploads").cors(cors).lifecycle(LifecycleRule::intelligent_tiering());
        self.copied(uploads, "uploads").build(self.stack, "Uploads")
    }

    /// For seven years.
    fn backups(&self, vault: &Vault<'a>) -> Bucket<'a> {
        let seven_years = LifecycleRule::new()
            .transition(StorageClass::StandardInfrequentAccess, Duration::days(30))
            .transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(90))
            .transition(StorageClass::GlacierDeepArchive, Duration::days(365))
            .expire_after(Duration::days(2_555));
        let backups = self
            .bucket("backups")
            .encrypted_by(&vault.data_key)
            .lifecycle(seven_years)
            .object_lock(ObjectLock::Governance(Duration::days(35)))
            .deny_delete_without_mfa();
        let backups = match self.settings.replica("backups") {
            Some(replica) => backups.replicated(Replication::to(replica).encrypted_by(self.settings.replica_key())),
            None => backups,
        };
        backups.build(self.stack, "Backups")
    }
}
