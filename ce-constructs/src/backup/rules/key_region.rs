//! Where a vault's key is.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8210"),
    title: "a vault is encrypted with a key of another region",
    about: "AWS Backup encrypts with keys of the vault's region; a key that is needed in two has a replica. Source: \
            https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
};

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, key: Scope<'_>) {
    let (here, there) = (scope.region(), key.region());
    if here != there {
        scope
            .error(RULE.code, format!("`{}` is a key in `{there}`, the vault is in `{here}`", key.path()))
            .help(format!("make a key, or a `ReplicaKey`, in a stack in `{here}`"));
    }
}
