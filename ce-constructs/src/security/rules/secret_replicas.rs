//! Where replicas of secrets are.

use ce_cfn::ids;
use ce_synth::{Region, Scope, Value};

use crate::security::Key;

rule!(
    "CE5118",
    "a secret cannot be replicated there",
    "A replica is in another region, once, and is encrypted by a key of that region: by the replica of a multi-region \
     key, or by one that is given. \
     Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html"
);

type Replica = (Region, Option<Value<ids::KmsKey>>);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, replicas: &[Replica], key: Key<'_>) {
    for (place, (region, own)) in replicas.iter().enumerate() {
        if *region == scope.region() {
            let finding = scope.error(RULE.code, format!("the secret itself is in `{region}`"));
            finding.help("replicate it to another region");
        }
        if replicas[..place].iter().any(|(before, _)| before == region) {
            scope.error(RULE.code, format!("`{region}` is said twice")).help("say it once");
        }
        if own.is_none() && !key.is_multi_region() {
            let finding =
                scope.error(RULE.code, format!("its key is not multi-region and cannot encrypt in `{region}`"));
            finding.help("add `.multi_region()` to the key, or use `.replicated_with(region, key)`");
        }
    }
}
