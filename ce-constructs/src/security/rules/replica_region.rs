//! Where replicas of keys are.

use ce_cfn::{ids, kms};
use ce_synth::{Scope, Value};

rule!(
    "CE5114",
    "a replica key is where its primary is, or its primary has one region only",
    "A multi-region key has one key in each region, and only a key that was made multi-region can have replicas. \
     Source: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, primary: &Value<ids::KmsKeyArn>) {
    let app = scope.app();
    let known = app.resources::<kms::Key>().into_iter().find(|key| key.arn() == *primary);
    let Some(key) = known else { return };
    if key.scope().region() == scope.region() {
        let finding = scope.error(RULE.code, format!("the primary key is in `{}` too", scope.region()));
        finding.help("add the replica to a stack of another region");
    }
    let multi_region = key.read(kms::Key::MULTI_REGION);
    if multi_region.is_none_or(|value| value.expr().as_bool() == Some(false)) {
        let finding = scope.error(RULE.code, format!("the primary key `{}` is not multi-region", key.scope().path()));
        finding.help("add `.multi_region()` to the primary key");
    }
}
