//! Objects that cannot be deleted or replaced for a time.

use ce_cfn::s3::bucket::{DefaultRetention, Mode, ObjectLockConfiguration, ObjectLockEnabled, ObjectLockRule};
use ce_synth::{Duration, Scope};

use super::rules;

/// How new versions are locked. A bucket that locks objects has versions and cannot stop having them.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectLock {
    /// Those with a special permission can lift it before its time.
    Governance(Duration),
    /// Nobody can lift it before its time, the account's root neither.
    Compliance(Duration),
    /// Objects are locked one by one as they are written.
    PerObject,
}

impl ObjectLock {
    fn retention(self) -> Option<(DefaultRetention, Duration)> {
        let retention = DefaultRetention::new();
        match self {
            Self::Governance(time) => Some((retention.mode(Mode::GOVERNANCE), time)),
            Self::Compliance(time) => Some((retention.mode(Mode::COMPLIANCE), time)),
            Self::PerObject => None,
        }
    }

    #[track_caller]
    pub(super) fn check(self, scope: Scope<'_>) {
        if let Self::Governance(time) | Self::Compliance(time) = self {
            rules::object_lock::check_days(scope, time);
        }
    }

    pub(super) fn property(self) -> ObjectLockConfiguration {
        let rule = self
            .retention()
            .map(|(retention, time)| ObjectLockRule::new().default_retention(retention.days(time.days_rounded_up())));
        ObjectLockConfiguration::new().object_lock_enabled(ObjectLockEnabled::ENABLED).rule(rule)
    }
}
