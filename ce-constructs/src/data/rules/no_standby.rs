//! A single node in production.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3015"),
    title: "production data has no standby",
    about: "With one node, the loss of its zone is an outage until AWS has made another: minutes for Aurora, whose \
            storage is in three zones anyway, a restore for the rest.",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, what: &str, help: &str) {
    scope.warning(RULE.code, format!("{what} in production")).help(help);
}
