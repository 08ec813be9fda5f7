//! Firewalls that cannot be told whom to block.

use ce_synth::{Code, Rule, Scope};

use crate::edge::firewall::BlockList;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8313"),
    title: "addresses are to be blocked by a firewall that has no list of them",
    about: "An address is blocked while it is in an IP set that a rule of the web ACL asks; a firewall without one lets it in \
            all the same. Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, list: Option<&BlockList>) {
    if list.is_none() {
        scope.error(RULE.code, "the firewall has no list of blocked addresses").help("add one: `.blocks_addresses()`");
    }
}
