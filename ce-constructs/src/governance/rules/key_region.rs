//! Where a trail's key is.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8102"),
    title: "a trail is encrypted with a key of another region",
    about: "The key of a trail is in the region of its bucket, which is that of the trail. Source: \
            https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, key: Scope<'_>) {
    let (here, there) = (scope.region(), key.region());
    if here != there {
        scope
            .error(RULE.code, format!("`{}` is a key in `{there}`, the trail is in `{here}`", key.path()))
            .help(format!("make a key in a stack in `{here}`"));
    }
}
