//! Ways into production.

use ce_synth::{Code, Rule, Scope};

use crate::delivery::{Promotion, Target};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8510"),
    title: "nobody is asked before production is changed",
    about: "A target of production waits for at least one approval, and for somebody who asks for the deployment; every \
            push alone would be in production before anybody looked at it elsewhere.",
};

#[track_caller]
pub(in crate::delivery) fn check(scope: Scope<'_>, target: &Target) {
    if !target.environment.tier.is_production() {
        return;
    }
    let name = &target.name;
    if target.approvals.is_empty() {
        let message = format!("`{name}` is production and asks for no approval");
        scope.warning(RULE.code, message).help(format!("add `.approval(Approval::new(\"{name}-approval\"))`"));
    }
    if target.promotion == Promotion::OnPush {
        let message = format!("`{name}` is production and changes with every push");
        scope.warning(RULE.code, message).help("leave `.promoted(..)` out, or say `Promotion::OnRequest`");
    }
}
