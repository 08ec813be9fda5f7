//! Settings of buckets.

use ce_cfn::s3;
use ce_cfn::s3::bucket::{
    BucketEncryption, CorsConfiguration, EventBridgeConfiguration, LifecycleConfiguration, LoggingConfiguration,
    NotificationConfiguration, ObjectOwnership, PublicAccessBlockConfiguration, Rule, ServerSideEncryptionByDefault,
    ServerSideEncryptionByDefaultSseAlgorithm as Algorithm, ServerSideEncryptionRule, VersioningConfiguration,
    VersioningConfigurationStatus,
};
use ce_synth::{DeletionPolicy, IntoValue, Scope, UpdateReplacePolicy, Value};

use super::bucket::ownership;
use super::{Bucket, BucketName, Cors, LifecycleRule, LogSource, ObjectLock, Replication, replication, rules};
use crate::security::Key;

/// Settings of a [`Bucket`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct BucketBuilder<'a> {
    name: Option<BucketName>,
    versions: bool,
    key: Option<Key<'a>>,
    lifecycle: Vec<LifecycleRule>,
    cors: Vec<Cors>,
    lock: Option<ObjectLock>,
    replications: Vec<Replication>,
    logging: Logging<'a>,
    sources: Vec<(LogSource, String)>,
    mfa_to_delete: bool,
    events: bool,
}

#[derive(Clone, Debug)]
enum Logging<'a> {
    Undecided,
    None,
    To(Bucket<'a>, String),
}

impl<'a> BucketBuilder<'a> {
    pub(super) fn new() -> Self {
        Self {
            name: None,
            versions: true,
            key: None,
            lifecycle: Vec::new(),
            cors: Vec::new(),
            lock: None,
            replications: Vec::new(),
            logging: Logging::Undecided,
            sources: Vec::new(),
            mfa_to_delete: false,
            events: false,
        }
    }

    /// The bucket's name. Default: CloudFormation names it.
    pub fn named(mut self, name: BucketName) -> Self {
        self.name = Some(name);
        self
    }

    /// Keeps only the newest version of each object. Default: every version is kept.
    pub fn without_versions(mut self) -> Self {
        self.versions = false;
        self
    }

    /// Encrypts objects by a key of your own, with a bucket key that saves most calls to KMS. Default: S3's own keys
    /// (SSE-S3).
    pub fn encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.key = Some(*key);
        self
    }

    /// Adds a rule about what becomes of objects as they age. Default: unfinished uploads are thrown away after seven
    /// days, and nothing else happens.
    pub fn lifecycle(mut self, rule: LifecycleRule) -> Self {
        self.lifecycle.push(rule);
        self
    }

    /// Lets pages of other origins use the objects. Default: none.
    pub fn cors(mut self, cors: Cors) -> Self {
        if !self.cors.contains(&cors) {
            self.cors.push(cors);
        }
        self
    }

    /// Locks new versions. Cannot be taken back. Default: no lock.
    pub fn object_lock(mut self, lock: ObjectLock) -> Self {
        self.lock = Some(lock);
        self
    }

    /// Copies new objects to another bucket; called again, to several. Default: no copies.
    pub fn replicated(mut self, replication: Replication) -> Self {
        self.replications.push(replication);
        self
    }

    /// Writes who asked for what into another bucket, below a prefix that ends in a slash. Default: undecided, which is
    /// a warning in production (`CE4001`).
    pub fn access_logs_to(mut self, bucket: &Bucket<'a>, prefix: impl Into<String>) -> Self {
        self.logging = Logging::To(*bucket, prefix.into());
        self
    }

    /// Does not write who asked for what: CloudTrail's data events do, or nobody needs to know. Default: undecided,
    /// which is a warning in production (`CE4001`).
    pub fn without_access_logs(mut self) -> Self {
        self.logging = Logging::None;
        self
    }

    /// Lets a service write its logs below a prefix, which ends in a slash or is empty. Default: none.
    pub fn receives_logs(mut self, source: LogSource, prefix: impl Into<String>) -> Self {
        self.sources.push((source, prefix.into()));
        self
    }

    /// Lets every bucket of the account write its access logs here. Default: none.
    pub fn logs_of_buckets(self) -> Self {
        self.receives_logs(LogSource::Buckets, "")
    }

    /// Refuses to delete versions, and to change the lifecycle, without a second factor. After that a pipeline cannot
    /// change the lifecycle either. Default: permissions alone decide.
    pub fn deny_delete_without_mfa(mut self) -> Self {
        self.mfa_to_delete = true;
        self
    }

    /// Tells EventBridge of every change. Default: nobody is told.
    pub fn event_bridge(mut self) -> Self {
        self.events = true;
        self
    }

    /// Adds the bucket and its policy.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Bucket<'a> {
        let scope = scope.child(id);
        self.check(scope);
        let handle = scope.add("Resource", self.resource());
        handle.deletion_policy(DeletionPolicy::Retain).update_replace_policy(UpdateReplacePolicy::Retain);
        let bucket = Bucket::new(scope, handle, self.key);
        bucket.refuse_plain_text();
        if self.mfa_to_delete {
            bucket.refuse_deletion_without_mfa();
        }
        for (source, prefix) in &self.sources {
            bucket.receive_logs(source, prefix);
        }
        if let Logging::To(target, prefix) = &self.logging {
            log_to(bucket, *target, prefix);
        }
        if !self.replications.is_empty() {
            replication::place(bucket, &self.replications);
        }
        bucket
    }

    #[track_caller]
    fn check(&self, scope: Scope<'_>) {
        let target = !self.sources.is_empty();
        rules::access_log::check(scope, matches!(self.logging, Logging::Undecided) && !target);
        rules::object_lock::check_versions(scope, self.lock.is_some(), self.versions);
        rules::replication::check(scope, self.versions, self.key.is_some(), &self.replications);
        for rule in &self.lifecycle {
            rule.check(scope);
        }
        for cors in &self.cors {
            cors.check(scope);
        }
        if let Some(lock) = self.lock {
            lock.check(scope);
        }
    }

    fn resource(&self) -> s3::Bucket {
        let status = if self.versions { Some(VersioningConfigurationStatus::ENABLED) } else { None };
        let cors: Vec<_> = self.cors.iter().map(Cors::property).collect();
        let events = EventBridgeConfiguration::new().event_bridge_enabled(true);
        s3::Bucket::new()
            .bucket_name(self.name.as_ref().map(BucketName::as_str))
            .bucket_encryption(self.encryption())
            .public_access_block_configuration(closed())
            .ownership_controls(ownership(ObjectOwnership::BUCKET_OWNER_ENFORCED))
            .versioning_configuration(status.map(|status| VersioningConfiguration::new().status(status)))
            .lifecycle_configuration(LifecycleConfiguration::new().rules(self.rules()))
            .cors_configuration((!cors.is_empty()).then(|| CorsConfiguration::new().cors_rules(cors)))
            .object_lock_enabled(self.lock.map(|_| true))
            .object_lock_configuration(self.lock.map(ObjectLock::property))
            .notification_configuration(
                self.events.then(|| NotificationConfiguration::new().event_bridge_configuration(events)),
            )
    }

    /// A rule that is said twice is written once: S3 refuses two that are equal.
    fn rules(&self) -> Vec<Value<Rule>> {
        let mut rules: Vec<Value<Rule>> = Vec::new();
        for rule in self.lifecycle.iter().map(|rule| rule.property().into_value()) {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        if rules.is_empty() { vec![LifecycleRule::new().property().into_value()] } else { rules }
    }

    fn encryption(&self) -> BucketEncryption {
        let rule = match self.key {
            None => {
                let by_s3 = ServerSideEncryptionByDefault::new().sse_algorithm(Algorithm::AES256);
                ServerSideEncryptionRule::new().server_side_encryption_by_default(by_s3)
            }
            Some(key) => {
                let by_key = ServerSideEncryptionByDefault::new().sse_algorithm(Algorithm::AWS_KMS);
                let rule = ServerSideEncryptionRule::new().bucket_key_enabled(true);
                rule.server_side_encryption_by_default(by_key.kms_master_key_id(key.arn()))
            }
        };
        BucketEncryption::new().server_side_encryption_configuration([rule])
    }
}

/// The public is refused whatever a policy or an object says.
fn closed() -> PublicAccessBlockConfiguration {
    PublicAccessBlockConfiguration::new()
        .block_public_acls(true)
        .block_public_policy(true)
        .ignore_public_acls(true)
        .restrict_public_buckets(true)
}

/// The target need not name the bucket: one that names it would wait for it, and it for the target.
#[track_caller]
fn log_to(bucket: Bucket<'_>, target: Bucket<'_>, prefix: &str) {
    target.receive_logs(&LogSource::Buckets, prefix);
    let logging = LoggingConfiguration::new().destination_bucket_name(target.name()).log_file_prefix(prefix);
    bucket.bucket().update(|bucket| bucket.logging_configuration(logging));
}
