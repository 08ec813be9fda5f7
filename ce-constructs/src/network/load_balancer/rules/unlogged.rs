//! A load balancer without access logs.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1062"),
    title: "a load balancer has no access logs",
    about: "Without them nobody can say later who asked for what; production alone is looked at. Security Hub: ELB.5, \
            https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>) {
    if scope.environment().tier.is_production() {
        scope
            .warning(RULE.code, "a load balancer without access logs")
            .help("give it a bucket: `.access_logs(&bucket)`");
    }
}
