//! Rules of a web ACL that AWS WAF refuses.

use std::collections::BTreeSet;

use ce_synth::{Code, Rule, Scope};

use crate::edge::firewall::FirewallRule;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6007"),
    title: "a rule of a web ACL has a form AWS WAF refuses",
    about: "Names are unique in a web ACL, of up to 128 letters, digits, hyphens and underscores; a rate limit is 10 to \
            2,000,000,000 requests in 60, 120, 300 or 600 seconds. Sources: \
            https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html and \
            https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, rules: &[FirewallRule]) {
    let mut names = BTreeSet::new();
    for rule in rules {
        let name = rule.name();
        if !names.insert(name) {
            scope.error(RULE.code, format!("two rules are named `{name}`")).help("give each rule a name of its own");
        }
        let signs = name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'));
        if !signs || !(1..=128).contains(&name.len()) {
            let help = "use 1 to 128 letters, digits, hyphens and underscores";
            scope.error(RULE.code, format!("a rule named `{name}`")).help(help);
        }
        let Some((limit, window)) = rule.rate() else { continue };
        if !(10..=2_000_000_000).contains(&limit) {
            scope.error(RULE.code, format!("a rate limit of `{limit}` requests")).help("use 10 to 2,000,000,000");
        }
        if ![60, 120, 300, 600].contains(&window.as_seconds()) {
            scope
                .error(RULE.code, format!("a rate limit over `{window}`"))
                .help("use `Duration::minutes(1)`, 2, 5 or 10");
        }
    }
}
