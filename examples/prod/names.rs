//! What things are called.

use ce::backup::VaultName;
use ce::cfn::ids;
use ce::delivery::DeployFreeze;
use ce::prelude::*;
use ce::storage::BucketName;

use super::environments::{STANDBY, STANDBY_PREFIX};
use super::settings::Settings;

impl Settings<'_> {
    /// A physical name: the prefix and a role.
    pub fn name(&self, role: &str) -> String {
        format!("{}-{role}", self.prefix)
    }

    /// A name that both regions know a thing by: a secret, a repository.
    pub fn shared_name(&self, role: &str) -> String {
        format!("claude-enhancer-{}-{role}", self.environment.name)
    }

    /// The name of a bucket: the prefix and a role.
    pub fn bucket(&self, role: &str) -> BucketName {
        self.name(role).parse().expect("a prefix and a short role are a bucket's name")
    }

    /// What stops deployments to production after a failover.
    pub fn freeze() -> DeployFreeze {
        DeployFreeze::new(format!("/{STANDBY_PREFIX}/deploy-freeze"), STANDBY)
    }

    /// The name of the backup vault.
    pub fn backup_vault(&self) -> VaultName {
        self.name("backups").parse().expect("a prefix and a short role are a vault's name")
    }

    /// The name of the standby's backup vault.
    pub fn copies_vault() -> VaultName {
        format!("{STANDBY_PREFIX}-backups").parse().expect("a prefix and a short role are a vault's name")
    }

    /// The names of its stacks, as patterns.
    pub fn stack_names(&self) -> Vec<String> {
        let standby = self.standby().map(|_| STANDBY_PREFIX);
        [self.prefix].into_iter().chain(standby).map(|prefix| format!("{prefix}-*")).collect()
    }

    /// The standby's copy of a bucket.
    pub fn replica(&self, role: &str) -> Option<Value<ids::S3BucketArn>> {
        let name: BucketName = format!("{STANDBY_PREFIX}-{role}").parse().expect("a bucket's name");
        self.standby().map(|region| name.arn(region))
    }

    /// The key of the standby's region, by its alias' deterministic name.
    pub fn replica_key(&self) -> String {
        format!("arn:aws:kms:{STANDBY}:{}:alias/{STANDBY_PREFIX}-data", self.environment.account)
    }
}
