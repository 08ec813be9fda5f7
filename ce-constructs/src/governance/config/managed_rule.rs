//! Rules that AWS keeps.

use std::borrow::Cow;
use std::fmt;

/// A rule of AWS Config that AWS keeps, by its identifier.
///
/// ```
/// use ce_constructs::governance::ManagedRule;
/// const PUBLIC_DATABASES: ManagedRule = ManagedRule::new("RDS_INSTANCE_PUBLIC_ACCESS_CHECK");
/// assert_eq!(ManagedRule::ENCRYPTED_VOLUMES.identifier(), "ENCRYPTED_VOLUMES");
/// # let _ = PUBLIC_DATABASES;
/// ```
///
/// Source: <https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html>
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ManagedRule {
    identifier: Cow<'static, str>,
    trigger: Trigger,
}

/// When a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Trigger {
    Change,
    Time,
    Unknown,
}

impl ManagedRule {
    /// Volumes are encrypted.
    pub const ENCRYPTED_VOLUMES: Self = Self::on_change("ENCRYPTED_VOLUMES");
    /// Nobody without an account can read buckets.
    pub const S3_BUCKET_PUBLIC_READ_PROHIBITED: Self =
        Self::known("S3_BUCKET_PUBLIC_READ_PROHIBITED", Trigger::Unknown);
    /// Nobody without an account can write buckets.
    pub const S3_BUCKET_PUBLIC_WRITE_PROHIBITED: Self =
        Self::known("S3_BUCKET_PUBLIC_WRITE_PROHIBITED", Trigger::Unknown);
    /// Buckets refuse requests without TLS.
    pub const S3_BUCKET_SSL_REQUESTS_ONLY: Self = Self::on_change("S3_BUCKET_SSL_REQUESTS_ONLY");
    /// Security groups are open to everyone on the listed ports alone: `authorizedTcpPorts`, `authorizedUdpPorts`.
    pub const VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS: Self =
        Self::known("VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS", Trigger::Unknown);
    /// The password policy is as the parameters say.
    pub const IAM_PASSWORD_POLICY: Self = Self::on_time("IAM_PASSWORD_POLICY");
    /// The root has no access key.
    pub const IAM_ROOT_ACCESS_KEY_CHECK: Self = Self::on_time("IAM_ROOT_ACCESS_KEY_CHECK");
    /// The root has a second factor.
    pub const ROOT_ACCOUNT_MFA_ENABLED: Self = Self::on_time("ROOT_ACCOUNT_MFA_ENABLED");
    /// Access keys are younger than `maxAccessKeyAge` days.
    pub const ACCESS_KEYS_ROTATED: Self = Self::on_time("ACCESS_KEYS_ROTATED");
    /// Secrets were rotated in the last `maxDaysSinceRotation` days.
    pub const SECRETSMANAGER_SECRET_PERIODIC_ROTATION: Self = Self::on_time("SECRETSMANAGER_SECRET_PERIODIC_ROTATION");
    /// Databases are encrypted.
    pub const RDS_STORAGE_ENCRYPTED: Self = Self::on_change("RDS_STORAGE_ENCRYPTED");
    /// Databases are not open to the internet.
    pub const RDS_INSTANCE_PUBLIC_ACCESS_CHECK: Self = Self::on_change("RDS_INSTANCE_PUBLIC_ACCESS_CHECK");
    /// A trail of every region records.
    pub const MULTI_REGION_CLOUD_TRAIL_ENABLED: Self = Self::on_time("MULTI_REGION_CLOUD_TRAIL_ENABLED");
    /// New volumes are encrypted unless said otherwise.
    pub const EC2_EBS_ENCRYPTION_BY_DEFAULT: Self = Self::on_time("EC2_EBS_ENCRYPTION_BY_DEFAULT");
    /// Keys are rotated.
    pub const CMK_BACKING_KEY_ROTATION_ENABLED: Self = Self::on_time("CMK_BACKING_KEY_ROTATION_ENABLED");
    /// Networks write flow logs.
    pub const VPC_FLOW_LOGS_ENABLED: Self = Self::on_time("VPC_FLOW_LOGS_ENABLED");
    /// Resources have the tags `tag1Key` to `tag6Key`.
    pub const REQUIRED_TAGS: Self = Self::on_change("REQUIRED_TAGS");

    const fn known(identifier: &'static str, trigger: Trigger) -> Self {
        Self { identifier: Cow::Borrowed(identifier), trigger }
    }

    const fn on_change(identifier: &'static str) -> Self {
        Self::known(identifier, Trigger::Change)
    }

    const fn on_time(identifier: &'static str) -> Self {
        Self::known(identifier, Trigger::Time)
    }

    /// A rule that is not listed here.
    ///
    /// # Panics
    /// If it is not capitals, digits and `_`; in a `const` that is a compile error.
    #[track_caller]
    pub const fn new(identifier: &'static str) -> Self {
        assert!(well_formed(identifier.as_bytes()), "a managed rule is like \"ENCRYPTED_VOLUMES\"");
        Self::known(identifier, Trigger::Unknown)
    }

    /// The identifier.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// Whether it looks at changes alone, so that there is no frequency to say.
    pub(in crate::governance) fn looks_at_changes_only(&self) -> bool {
        self.trigger == Trigger::Change
    }
}

const fn well_formed(name: &[u8]) -> bool {
    let mut place = 0;
    while place < name.len() {
        if !(name[place].is_ascii_uppercase() || name[place].is_ascii_digit() || name[place] == b'_') {
            return false;
        }
        place += 1;
    }
    !name.is_empty()
}

impl fmt::Display for ManagedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.identifier)
    }
}

impl fmt::Debug for ManagedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.identifier)
    }
}
