//! Whose key encrypts a log group.

use ce_cfn::ids;
use ce_synth::{Scope, Value};

use super::rules;
use crate::security::{Key, Principal, own_arn};

/// One key for all log groups of a stack that name none: a key costs a dollar a month, and each group asks for it.
const SHARED: &str = "LogKey";

/// Where in a stack the resource of that key is.
pub(crate) const SHARED_KEY: &str = "LogKey/Resource";

/// Whose key encrypts a log group.
#[derive(Clone, Copy, Default)]
pub(crate) enum LogEncryption<'k> {
    /// The one that log groups of the stack share.
    #[default]
    Stack,
    /// This one.
    Key(Key<'k>),
    /// One of CloudWatch Logs, which shows in no account.
    Aws,
}

impl LogEncryption<'_> {
    /// The key of a group in this scope, which lets CloudWatch Logs in.
    #[track_caller]
    pub(super) fn key(self, scope: Scope<'_>) -> Option<Value<ids::KmsKeyArn>> {
        match self {
            Self::Stack => Some(opened(shared(scope))),
            Self::Key(key) => {
                rules::key_region::check(scope, key.scope());
                Some(opened(key))
            }
            Self::Aws => None,
        }
    }
}

#[track_caller]
fn shared(scope: Scope<'_>) -> Key<'_> {
    let stack = scope.stack().scope();
    match Key::find(stack, SHARED) {
        Some(key) => key,
        None => Key::builder().described("Log groups of the stack").build(stack, SHARED),
    }
}

#[track_caller]
fn opened(key: Key<'_>) -> Value<ids::KmsKeyArn> {
    key.allow_service(logs_of_account(key.scope())).arn()
}

/// CloudWatch Logs, for log groups of the account alone.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
fn logs_of_account(key: Scope<'_>) -> Principal {
    let groups = own_arn("logs", "log-group:*");
    Principal::regional_service("logs", key.region()).when("ArnLike", "kms:EncryptionContext:aws:logs:arn", groups)
}
