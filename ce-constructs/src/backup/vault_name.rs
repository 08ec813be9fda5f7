//! Names of vaults.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use ce_cfn::ids;
use ce_synth::{IntoValue, Region, Value, join};

/// A vault's name, unique in its account and region, checked when it is made.
///
/// ```
/// use ce_constructs::backup::VaultName;
/// use ce_synth::Region;
/// const VAULT: VaultName = VaultName::new("shop-prod"); // checked by the compiler
/// let standby = VAULT.arn(Region::US_WEST_2, "111111111111");
/// assert_eq!("shop-prod".parse(), Ok(VAULT));
/// assert!("shop.prod".parse::<VaultName>().is_err());
/// # let _ = standby;
/// ```
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html>
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VaultName(Cow<'static, str>);

impl VaultName {
    /// The name.
    ///
    /// # Panics
    /// If AWS Backup would refuse it; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(well_formed(name.as_bytes()), "a vault's name is 2 to 50 letters, digits, `-` and `_`");
        Self(Cow::Borrowed(name))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ARN of the vault of this name in a region and account: to copy to it without waiting for it.
    pub fn arn(&self, region: Region, account: impl IntoValue<String>) -> Value<ids::BackupBackupVaultArn> {
        let start = format!("arn:{}:backup:{region}:", region.partition());
        join![start, account, ":backup-vault:", self.as_str()].cast()
    }
}

const fn well_formed(name: &[u8]) -> bool {
    if name.len() < 2 || name.len() > 50 {
        return false;
    }
    let mut place = 0;
    while place < name.len() {
        if !(name[place].is_ascii_alphanumeric() || name[place] == b'-' || name[place] == b'_') {
            return false;
        }
        place += 1;
    }
    true
}

impl fmt::Display for VaultName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for VaultName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that AWS Backup would refuse as a vault's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a vault's name: expected 2 to 50 letters, digits, `-` and `_`")]
pub struct ParseVaultNameError(String);

impl FromStr for VaultName {
    type Err = ParseVaultNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let formed = well_formed(text.as_bytes());
        formed.then(|| Self(Cow::Owned(text.to_owned()))).ok_or_else(|| ParseVaultNameError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        let long = "a".repeat(51);
        for text in ["ab", "Shop_Prod-1", &long[..50]] {
            assert_eq!(text.parse::<VaultName>().map(|name| name.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "a", "shop.prod", "shop prod", &long] {
            assert!(text.parse::<VaultName>().is_err(), "{text}");
        }
    }
}
