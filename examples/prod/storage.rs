//! Buckets: what users see, what they upload, backups, and logs.

use ce::prelude::*;
use ce::storage::{BucketName, Cors, CorsMethod, LifecycleRule, LogSource, ObjectLock, Replication, StorageClass};

use super::settings::Settings;
use super::vault::Vault;

pub struct Storage<'a> {
    pub assets: Bucket<'a>,
    pub uploads: Bucket<'a>,
    pub backups: Bucket<'a>,
    pub load_balancer_logs: Bucket<'a>,
    /// What the CDN was asked; there is one CDN for both regions.
    pub edge_logs: Option<Bucket<'a>>,
}

impl<'a> Storage<'a> {
    pub fn new(stack: Scope<'a>, settings: &Settings<'a>, vault: &Vault<'a>) -> Self {
        let named = |role: &str| -> BucketName { settings.bucket(role) };
        let logs = Bucket::builder()
            .named(named("alb-logs"))
            .receives_logs(LogSource::LoadBalancers, "alb/")
            .logs_of_buckets()
            .lifecycle(LifecycleRule::new().expire_after(Duration::days(90)))
            .build(stack, "LoadBalancerLogs");
        let edge_logs = (!settings.is_standby()).then(|| {
            Bucket::builder()
                .named(named("edge-logs"))
                .receives_logs(LogSource::LogDelivery, "")
                .access_logs_to(&logs, "edge-logs/")
                .lifecycle(LifecycleRule::new().expire_after(Duration::days(90)))
                .build(stack, "EdgeLogs")
        });
        let bucket = |role: &str| Bucket::builder().named(named(role)).access_logs_to(&logs, format!("{role}/"));
        let copied = |builder: ce::storage::BucketBuilder<'a>, role: &str| match settings.replica(role) {
            Some(replica) => builder.replicated(Replication::to(replica)),
            None => builder,
        };

        // Live objects stay readable at once; only old versions go where a restore takes hours.
        let aging = LifecycleRule::new()
            .transition(StorageClass::StandardInfrequentAccess, Duration::days(30))
            .transition(StorageClass::GlacierInstantRetrieval, Duration::days(90))
            .noncurrent_transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(90))
            .noncurrent_transition(StorageClass::GlacierDeepArchive, Duration::days(365));
        let assets = copied(bucket("assets").lifecycle(aging), "assets").build(stack, "Assets");

        let site = format!("https://{}", settings.domain);
        let cors = Cors::new([site], [CorsMethod::Get, CorsMethod::Put, CorsMethod::Post, CorsMethod::Head])
            .allow_headers(["*"])
            .expose_headers(["ETag"])
            .max_age(Duration::seconds(3_000));
        let uploads = bucket("uploads").cors(cors).lifecycle(LifecycleRule::intelligent_tiering());
        let uploads = copied(uploads, "uploads").build(stack, "Uploads");

        let seven_years = LifecycleRule::new()
            .transition(StorageClass::StandardInfrequentAccess, Duration::days(30))
            .transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(90))
            .transition(StorageClass::GlacierDeepArchive, Duration::days(365))
            .expire_after(Duration::days(2_555));
        let backups = bucket("backups")
            .encrypted_by(&vault.data_key)
            .lifecycle(seven_years)
            .object_lock(ObjectLock::Governance(Duration::days(35)))
            .deny_delete_without_mfa();
        let backups = match settings.replica("backups") {
            Some(replica) => backups.replicated(Replication::to(replica).encrypted_by(settings.replica_key())),
            None => backups,
        };
        Self { assets, uploads, backups: backups.build(stack, "Backups"), load_balancer_logs: logs, edge_logs }
    }
}
