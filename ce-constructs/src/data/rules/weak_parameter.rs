//! A parameter that undoes what the construct promises.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3020"),
    title: "a parameter lets clients connect in plain text, or turns cluster mode over",
    about: "The parameters that make clients use TLS are set by the construct; so is `cluster-enabled`, by the \
            number of shards.",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, key: &str, value: &str, fixed: &str) {
    scope
        .error(RULE.code, format!("the parameter `{key}` is `{fixed}` here, `{value}` was given"))
        .help("leave the parameter out");
}
