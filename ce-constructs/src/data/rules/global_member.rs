//! A cluster that cannot join.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3017"),
    title: "a cluster does not fit the global database or datastore it joins",
    about: "A global database or datastore has one primary, in its own region, and at most one secondary in each \
            other region; all of the same engine and version. Sources: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html, \
            https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, message: &str, help: &str) {
    scope.error(RULE.code, message).help(help);
}
