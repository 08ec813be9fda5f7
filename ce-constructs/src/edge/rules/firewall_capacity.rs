//! Web ACLs of too much capacity.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6006"),
    title: "a web ACL uses more than 1,500 capacity units",
    about: "Each rule uses capacity units; 1,500 are in the price of a web ACL, more cost extra for every request, and \
            AWS refuses more than 5,000. The sum counts statements and managed groups, without text transformations. \
            Sources: https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html and \
            https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html",
};

/// Units in the price of a web ACL.
const INCLUDED: u32 = 1_500;

/// The most a web ACL can use.
const MOST: u32 = 5_000;

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, capacity: u32) {
    if capacity > MOST {
        scope
            .error(RULE.code, format!("the rules use `{capacity}` capacity units, the most is {MOST}"))
            .help("take rule groups out, or put a second web ACL at the origin");
    } else if capacity > INCLUDED {
        scope
            .warning(RULE.code, format!("the rules use `{capacity}` capacity units, {INCLUDED} are in the price"))
            .help("take rule groups out, or accept the price of each request");
    }
}
