//! Buckets of both regions.

use ce_cfn::{ids, s3};
use ce_synth::value::{account_id, partition};
use ce_synth::{IntoValue, Scope, Value, join};

use super::{Site, rules};
use crate::security::Key;
use crate::storage::{Bucket, BucketBuilder, BucketName, Replication};

/// A bucket whose objects are copied to a bucket of the standby within 15 minutes, by contract.
///
/// ```
/// use ce_constructs::resilience::{DrPair, ReplicatedBucket};
/// use ce_constructs::storage::{BucketName, LifecycleRule, StorageClass};
/// use ce_synth::{Account, App, Duration, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// const UPLOADS: BucketName = BucketName::new("shop-prod-uploads");
/// const COPIES: BucketName = BucketName::new("shop-dr-uploads");
/// let app = App::new();
/// DrPair::builder(PROD, Region::US_WEST_2).build(&app, |site| {
///     let aging = LifecycleRule::new().transition(StorageClass::StandardInfrequentAccess, Duration::days(30));
///     ReplicatedBucket::builder(UPLOADS, COPIES)
///         .bucket(|bucket| bucket.lifecycle(aging).without_access_logs())
///         .build(site, site.stack("Storage"), "Uploads")
/// });
/// let assembly = app.synth()?;
/// assert_eq!(assembly.stack("Storage").unwrap().dependencies(), ["StandbyStorage"]);
/// # Ok::<(), ce_synth::Findings>(())
/// ```
///
/// By default all objects and deletions are copied, with metrics. S3 wants the destination to exist, so the primary's
/// stack is deployed after the standby's: keep buckets in a stack of which the standby's needs nothing of the
/// primary's. What was there before is not copied, and nothing is copied back.
pub enum ReplicatedBucket {}

impl ReplicatedBucket {
    /// A bucket by its name in the primary, and the name of its copy in the standby.
    pub fn builder<'a>(primary: BucketName, standby: BucketName) -> ReplicatedBucketBuilder<'a> {
        ReplicatedBucketBuilder {
            primary,
            standby,
            bucket: Bucket::builder(),
            key: None,
            copies_key: None,
            replication: None,
        }
    }
}

type Change = Box<dyn FnOnce(Replication) -> Replication>;

/// Settings of a [`ReplicatedBucket`].
#[must_use = "a builder does nothing until `build`"]
pub struct ReplicatedBucketBuilder<'a> {
    primary: BucketName,
    standby: BucketName,
    bucket: BucketBuilder<'a>,
    key: Option<Key<'a>>,
    copies_key: Option<Value<ids::KmsKeyArn>>,
    replication: Option<Change>,
}

impl<'a> ReplicatedBucketBuilder<'a> {
    /// What the site's bucket is told beside its name, key and replication. Default: nothing.
    pub fn bucket(mut self, change: impl FnOnce(BucketBuilder<'a>) -> BucketBuilder<'a>) -> Self {
        self.bucket = change(self.bucket);
        self
    }

    /// Encrypts objects by the site's key; copies by the replica of it, if it is a
    /// [`ReplicatedKey`](super::ReplicatedKey). Default: S3's own keys.
    pub fn encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.key = Some(*key);
        self
    }

    /// The key of the standby's region that encrypts copies, where the bucket's is not multi-region. Default: the
    /// replica of the bucket's key.
    pub fn copies_encrypted_by(mut self, key: impl IntoValue<ids::KmsKeyArn>) -> Self {
        self.copies_key = Some(key.into_value());
        self
    }

    /// How objects are copied: prefix, storage class, deletions. Default: everything, in time.
    pub fn replication(mut self, change: impl FnOnce(Replication) -> Replication + 'static) -> Self {
        self.replication = Some(Box::new(change));
        self
    }

    /// Adds the site's bucket.
    #[track_caller]
    pub fn build(mut self, site: &Site<'a>, scope: Scope<'a>, id: &str) -> Bucket<'a> {
        let key = self.key;
        let mut bucket = self.bucket.named(site.choose(self.primary.clone(), self.standby.clone()));
        if let Some(key) = key {
            bucket = bucket.encrypted_by(&key);
        }
        if site.is_primary() {
            let mut replication = Replication::to(self.standby.arn(site.standby_region()));
            let replica = key.filter(|key| key.is_multi_region()).map(|key| replica_arn(site, key));
            if let Some(key) = self.copies_key.take().or(replica) {
                replication = replication.encrypted_by(key);
            }
            if let Some(change) = self.replication.take() {
                replication = change(replication);
            }
            let bucket = bucket.replicated(replication).build(scope, id);
            rules::same_name::check(bucket.scope(), self.primary.as_str(), self.standby.as_str());
            return bucket;
        }
        let bucket = bucket.build(scope, id);
        match site.twin::<s3::Bucket>(bucket.scope(), "Resource") {
            Some(primary) => {
                primary.scope().stack().needs(scope);
            }
            None => rules::no_twin::report(bucket.scope(), "bucket"),
        }
        bucket
    }
}

/// A replica has the id of its primary, so its ARN is known without looking into the standby.
fn replica_arn(site: &Site<'_>, key: Key<'_>) -> Value<ids::KmsKeyArn> {
    let region = site.standby_region().as_str();
    join!["arn:", partition(), ":kms:", region, ":", account_id(), ":key/", key.id()].cast()
}
