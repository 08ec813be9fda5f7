//! Keys, in a stack of their own: they are there in both regions before anything is encrypted by them.

use ce::prelude::*;
use ce::resilience::ReplicatedKey;
use ce::security::Action;

use super::settings::Settings;

#[derive(Clone, Copy)]
pub struct Keys<'a> {
    /// Encrypts databases, buckets, logs and topics of this region.
    pub data: Key<'a>,
    /// Encrypts secrets and backups; has a replica in the standby's region.
    pub secrets: Key<'a>,
}

impl<'a> Keys<'a> {
    pub fn new(stack: Scope<'a>, settings: &Settings<'a>) -> Self {
        let data = Key::builder()
            .alias(format!("alias/{}", settings.name("data")))
            .described("Databases, buckets, logs and topics")
            .allow_service(Principal::regional_service("logs", settings.environment.region))
            .build(stack, "DataKey");
        let alias = format!("alias/{}", settings.name("secrets"));
        let about = "Secrets and backups, in both regions";
        let secrets = match &settings.site {
            Some(site) => ReplicatedKey::builder().alias(alias).described(about).build(site, stack, "SecretsKey"),
            None => Key::builder().alias(alias).described(about).multi_region().build(stack, "SecretsKey"),
        };
        if settings.standby().is_some() {
            // A copy of a backup is made with the key of what was backed up.
            data.allow(Self::copied_by(settings.recovery_tests().environment.account));
        }
        Self { data, secrets }
    }

    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html>
    fn copied_by(account: Account) -> Statement {
        let read = ["kms:Decrypt", "kms:DescribeKey", "kms:ReEncryptFrom", "kms:CreateGrant"].map(Action::new);
        Statement::allow(read).principal(Principal::account(account))
    }
}
