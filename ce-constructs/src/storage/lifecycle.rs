//! What becomes of objects as they age.

use ce_cfn::s3::bucket::{
    AbortIncompleteMultipartUpload, NoncurrentVersionExpiration, NoncurrentVersionTransition,
    ReplicaModificationsStatus, Rule, Transition,
};
use ce_synth::{Duration, IntoValue, ListOf, Scope, Value};

use super::StorageClass;
use super::rules;

/// A rule of a bucket's lifecycle: when objects move to cheaper classes, and when they are deleted.
///
/// ```
/// use ce_constructs::storage::{LifecycleRule, StorageClass};
/// use ce_synth::Duration;
/// let backups = LifecycleRule::new()
///     .transition(StorageClass::StandardInfrequentAccess, Duration::days(30))
///     .transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(90))
///     .transition(StorageClass::GlacierDeepArchive, Duration::days(365))
///     .expire_after(Duration::days(2_555));
/// # let _ = backups;
/// ```
///
/// By default it is about every object, and unfinished uploads are thrown away after seven days. Ages are whole days
/// from the day an object is made, or, for noncurrent versions, from the day it is replaced.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a rule does nothing until it is given to a bucket"]
pub struct LifecycleRule {
    id: Option<String>,
    prefix: Option<String>,
    transitions: Vec<(StorageClass, Duration)>,
    expiration: Option<Duration>,
    noncurrent_transitions: Vec<(StorageClass, Duration)>,
    noncurrent_expiration: Option<Duration>,
    kept_noncurrent: Option<u8>,
    abort_uploads: Option<Duration>,
    delete_markers: bool,
}

impl Default for LifecycleRule {
    fn default() -> Self {
        Self::new()
    }
}

impl LifecycleRule {
    /// A rule about every object.
    pub fn new() -> Self {
        Self {
            id: None,
            prefix: None,
            transitions: Vec::new(),
            expiration: None,
            noncurrent_transitions: Vec::new(),
            noncurrent_expiration: None,
            kept_noncurrent: None,
            abort_uploads: Some(Duration::days(7)),
            delete_markers: false,
        }
    }

    /// A rule that has S3 watch from the first day what is read, and price accordingly.
    pub fn intelligent_tiering() -> Self {
        Self::new().transition(StorageClass::IntelligentTiering, Duration::days(0))
    }

    /// Names the rule. Default: S3 names it.
    pub fn named(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Only objects whose key begins with this. Default: every object.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Moves objects of an age to another class; the order is that of the ages. Default: they stay in S3 Standard.
    pub fn transition(mut self, class: StorageClass, age: Duration) -> Self {
        self.transitions.push((class, age));
        self
    }

    /// Deletes objects of an age; with versions, makes them noncurrent. Default: they are kept.
    pub fn expire_after(mut self, age: Duration) -> Self {
        self.expiration = Some(age);
        self
    }

    /// Moves versions that were replaced. Default: they stay where they are.
    pub fn noncurrent_transition(mut self, class: StorageClass, age: Duration) -> Self {
        self.noncurrent_transitions.push((class, age));
        self
    }

    /// Deletes versions that were replaced. Default: they are kept.
    pub fn expire_noncurrent_after(mut self, age: Duration) -> Self {
        self.noncurrent_expiration = Some(age);
        self
    }

    /// Keeps this many of the newest replaced versions, 1 to 100, whatever their age. Default: age alone decides.
    pub fn keep_noncurrent(mut self, versions: u8) -> Self {
        self.kept_noncurrent = Some(versions);
        self
    }

    /// Throws unfinished uploads away. Default: after seven days.
    pub fn abort_uploads_after(mut self, age: Duration) -> Self {
        self.abort_uploads = Some(age);
        self
    }

    /// Removes delete markers that hide nothing any more; not together with [`expire_after`](Self::expire_after),
    /// which does so too. Default: they stay.
    pub fn remove_delete_markers(mut self) -> Self {
        self.delete_markers = true;
        self
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        let current = (sorted(&self.transitions), self.expiration);
        let noncurrent = (sorted(&self.noncurrent_transitions), self.noncurrent_expiration);
        for (transitions, expiration) in [current, noncurrent] {
            rules::transition_order::check(scope, &transitions);
            rules::lifecycle_days::check(scope, &transitions, expiration);
        }
        rules::lifecycle_days::check_kept(scope, self.kept_noncurrent, self.noncurrent_expiration);
        rules::lifecycle_days::check_uploads(scope, self.abort_uploads);
        if self.delete_markers && self.expiration.is_some() {
            rules::lifecycle_days::report_markers(scope);
        }
    }

    pub(super) fn property(&self) -> Rule {
        let noncurrent = self.noncurrent_expiration.map(|age| {
            let expiration = NoncurrentVersionExpiration::new().noncurrent_days(age.days_rounded_up());
            expiration.newer_noncurrent_versions(self.kept_noncurrent)
        });
        let uploads = self
            .abort_uploads
            .map(|age| AbortIncompleteMultipartUpload::new().days_after_initiation(age.days_rounded_up()));
        Rule::new()
            .id(self.id.as_deref())
            .status(ReplicaModificationsStatus::ENABLED)
            .prefix(self.prefix.as_deref())
            .transitions(self.current())
            .expiration_in_days(self.expiration.map(Duration::days_rounded_up))
            .noncurrent_version_transitions(self.noncurrent())
            .noncurrent_version_expiration(noncurrent)
            .abort_incomplete_multipart_upload(uploads)
            .expired_object_delete_marker(self.delete_markers.then_some(true))
    }

    fn current(&self) -> Option<Value<ListOf<Transition>>> {
        let transition = |(class, age): (StorageClass, Duration)| {
            Transition::new().storage_class(class.literal()).transition_in_days(age.days_rounded_up())
        };
        let all: Vec<_> = sorted(&self.transitions).into_iter().map(transition).collect();
        (!all.is_empty()).then(|| all.into_value())
    }

    fn noncurrent(&self) -> Option<Value<ListOf<NoncurrentVersionTransition>>> {
        let transition = |(class, age): (StorageClass, Duration)| {
            let transition = NoncurrentVersionTransition::new().storage_class(class.literal());
            transition.transition_in_days(age.days_rounded_up())
        };
        let all: Vec<_> = sorted(&self.noncurrent_transitions).into_iter().map(transition).collect();
        (!all.is_empty()).then(|| all.into_value())
    }
}

/// By age; what is said twice is one transition.
fn sorted(transitions: &[(StorageClass, Duration)]) -> Vec<(StorageClass, Duration)> {
    let mut sorted = transitions.to_vec();
    sorted.sort_by_key(|(_, age)| *age);
    sorted.dedup();
    sorted
}
