//! A key that is in another region than the data.

use ce_synth::{Code, Rule, Scope};

use crate::security::Key;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3023"),
    title: "data is encrypted by a key of another region",
    about: "RDS and ElastiCache use keys of their own region; a secondary or a replica is encrypted by a key there, such \
            as the replica of a multi-region key. Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html",
};

#[track_caller]
pub(in crate::data) fn check(scope: Scope<'_>, key: Option<Key<'_>>) {
    let Some(key) = key.filter(|key| key.scope().region() != scope.region()) else { return };
    scope
        .error(
            RULE.code,
            format!(
                "the key `{}` is in `{}`, this is in `{}`",
                key.scope().path(),
                key.scope().region(),
                scope.region()
            ),
        )
        .help("make a key in this region, or a `ReplicaKey` of a multi-region one");
}
