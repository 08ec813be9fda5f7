//! Sizes of policies.

use ce_synth::Scope;

rule!(
    "CE5107",
    "a policy is longer than IAM takes",
    "All inline policies of a role may have 10,240 characters, a managed policy 6,144; white space is free. References \
     count as 100 characters each. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
);

const INLINE: usize = 10_240;
const MANAGED: usize = 6_144;

/// Reports the one statement that goes over the limit.
#[track_caller]
pub(crate) fn check_inline(scope: Scope<'_>, before: usize, after: usize) {
    if before <= INLINE && after > INLINE {
        let message = format!("with this the role's policy has about {after} characters, at most {INLINE} are taken");
        scope.error(RULE.code, message).help("grant on a common prefix, or give the role a `ManagedPolicy`");
    }
}

#[track_caller]
pub(crate) fn check_managed(scope: Scope<'_>, size: usize) {
    if size > MANAGED {
        let message = format!("the managed policy has about {size} characters, at most {MANAGED} are taken");
        scope.error(RULE.code, message).help("make two of it");
    }
}
