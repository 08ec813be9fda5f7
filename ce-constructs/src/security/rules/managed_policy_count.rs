//! How many managed policies a role has.

use ce_synth::Scope;

rule!(
    "CE5109",
    "a role has more managed policies than IAM attaches",
    "Ten can be attached unless the quota is raised. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
);

const LIMIT: usize = 10;

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, count: usize) {
    if count > LIMIT {
        let finding =
            scope.warning(RULE.code, format!("{count} managed policies on one role, {LIMIT} are attached by default"));
        finding.help("put statements into one `ManagedPolicy`, or raise the quota and accept this finding");
    }
}
