//! Copies of a bucket's objects in another bucket.

use ce_cfn::s3::bucket::{
    AccessControlTranslation, DeleteMarkerReplication, EncryptionConfiguration, Metrics, Owner,
    ReplicationConfiguration, ReplicationDestination, ReplicationRule, ReplicationRuleFilter, ReplicationTime,
    ReplicationTimeValue, SourceSelectionCriteria, SseKmsEncryptedObjects, Status,
};
use ce_cfn::{ids, s3};
use ce_synth::value::account_id;
use ce_synth::{Account, IntoValue, Value, join};

use super::{Bucket, StorageClass};
use crate::security::{Action, Principal, Role, Statement};

/// The only time S3 promises.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html>
const MINUTES: i64 = 15;

/// A rule that copies new objects to another bucket, as a rule in another region.
///
/// ```
/// # use ce_constructs::storage::{Bucket, BucketName, Replication};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Staging);
/// # let app = App::new();
/// # let stack = app.stack("Storage", PROD);
/// const REPLICA: BucketName = BucketName::new("shop-standby-backups");
/// let standby = Replication::to(REPLICA.arn(Region::US_WEST_2));
/// Bucket::builder().replicated(standby).build(stack, "Backups");
/// # app.synth().unwrap();
/// ```
///
/// By default every object is copied, deletions too, within 15 minutes by contract and with metrics that show it. Both
/// buckets need versions. What was there before is not copied.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to a bucket"]
pub struct Replication {
    destination: Value<ids::S3BucketArn>,
    prefix: Option<String>,
    key: Option<Value<ids::KmsKeyArn>>,
    class: Option<StorageClass>,
    owner: Option<Account>,
    in_time: bool,
    delete_markers: bool,
}

impl Replication {
    /// To the bucket with this ARN. [`BucketName::arn`](super::BucketName::arn) names one without waiting for it.
    pub fn to(destination: impl IntoValue<ids::S3BucketArn>) -> Self {
        Self {
            destination: destination.into_value(),
            prefix: None,
            key: None,
            class: None,
            owner: None,
            in_time: true,
            delete_markers: true,
        }
    }

    /// Only objects whose key begins with this. Default: every object.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// The key that encrypts the copies, in the destination's region; needed when the bucket has a key. Default: the
    /// destination's own encryption.
    pub fn encrypted_by(mut self, key: impl IntoValue<ids::KmsKeyArn>) -> Self {
        self.key = Some(key.into_value());
        self
    }

    /// The storage class of the copies. Default: that of the object.
    pub fn storage_class(mut self, class: StorageClass) -> Self {
        self.class = Some(class);
        self
    }

    /// The account that owns the destination, and from then on the copies. Default: the bucket's own account.
    pub fn owned_by(mut self, account: Account) -> Self {
        self.owner = Some(account);
        self
    }

    /// Without the promise of 15 minutes, its metrics and its price. Default: with it.
    pub fn best_effort(mut self) -> Self {
        self.in_time = false;
        self
    }

    /// Keeps copies of what is deleted. Default: a deletion that leaves a marker is copied.
    pub fn without_delete_markers(mut self) -> Self {
        self.delete_markers = false;
        self
    }

    pub(super) fn has_key(&self) -> bool {
        self.key.is_some()
    }

    fn property(&self, place: usize) -> ReplicationRule {
        let markers = if self.delete_markers { Status::ENABLED } else { Status::DISABLED };
        let encrypted = self.key.is_some().then(|| {
            SourceSelectionCriteria::new()
                .sse_kms_encrypted_objects(SseKmsEncryptedObjects::new().status(Status::ENABLED))
        });
        let filter = ReplicationRuleFilter::new().prefix(self.prefix.as_deref().unwrap_or_default());
        ReplicationRule::new()
            .id(format!("rule-{}", place + 1))
            .priority(i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1))
            .status(Status::ENABLED)
            .filter(filter)
            .delete_marker_replication(DeleteMarkerReplication::new().status(markers))
            .source_selection_criteria(encrypted)
            .destination(self.destination_property())
    }

    fn destination_property(&self) -> ReplicationDestination {
        let minutes = || ReplicationTimeValue::new().minutes(MINUTES);
        let time = self.in_time.then(|| ReplicationTime::new().status(Status::ENABLED).time(minutes()));
        let metrics = self.in_time.then(|| Metrics::new().status(Status::ENABLED).event_threshold(minutes()));
        let encryption = self.key.as_ref().map(|key| EncryptionConfiguration::new().replica_kms_key_id(key));
        let owner = self.owner.map(|_| AccessControlTranslation::new().owner(Owner::DESTINATION));
        ReplicationDestination::new()
            .bucket(&self.destination)
            .storage_class(self.class.map(StorageClass::as_str))
            .encryption_configuration(encryption)
            .replication_time(time)
            .metrics(metrics)
            .account(self.owner.map(|account| account.as_str().to_owned()))
            .access_control_translation(owner)
    }
}

/// Sets the rules and makes the role that S3 copies with: it may read versions here and write copies there, no more.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html>
#[track_caller]
pub(super) fn place(bucket: Bucket<'_>, rules: &[Replication]) {
    let s3 = Principal::service("s3.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id());
    let role = Role::builder(s3).build(bucket.scope(), "ReplicationRole");
    for statement in may_read(bucket) {
        role.allow(statement);
    }
    for rule in rules {
        role.allow(Statement::allow(WRITE).on([join![rule.destination.clone(), "/*"]]));
        if rule.owner.is_some() {
            role.allow(Statement::allow([GIVE_AWAY]).on([join![rule.destination.clone(), "/*"]]));
        }
        if let Some(key) = &rule.key {
            role.allow(
                Statement::allow([Action::new("kms:Encrypt"), Action::new("kms:GenerateDataKey")]).on([key.clone()]),
            );
        }
    }
    if let Some(key) = bucket.key() {
        key.grants().decrypt(&role);
    }
    let all: Vec<_> = rules.iter().enumerate().map(|(place, rule)| rule.property(place)).collect();
    let configuration = ReplicationConfiguration::new().role(role.arn()).rules(all);
    bucket.bucket().update(|bucket: s3::Bucket| bucket.replication_configuration(configuration));
}

const WRITE: [Action; 3] =
    [Action::new("s3:ReplicateDelete"), Action::new("s3:ReplicateObject"), Action::new("s3:ReplicateTags")];
const GIVE_AWAY: Action = Action::new("s3:ObjectOwnerOverrideToBucketOwner");

fn may_read(bucket: Bucket<'_>) -> [Statement; 2] {
    let list = [Action::new("s3:GetReplicationConfiguration"), Action::new("s3:ListBucket")];
    let read = [
        Action::new("s3:GetObjectLegalHold"),
        Action::new("s3:GetObjectRetention"),
        Action::new("s3:GetObjectVersionAcl"),
        Action::new("s3:GetObjectVersionForReplication"),
        Action::new("s3:GetObjectVersionTagging"),
    ];
    [Statement::allow(list).on([bucket.arn()]), Statement::allow(read).on([bucket.objects("*")])]
}
