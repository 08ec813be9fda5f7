//! A listener without TLS.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1051"),
    title: "a listener speaks plain HTTP",
    about: "Without TLS anyone on the way reads and changes requests. A listener that only redirects to HTTPS is fine. \
            Security Hub: ELB.1, and https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html",
};

#[track_caller]
pub(crate) fn report(scope: Scope<'_>, port: u16) {
    scope
        .warning(RULE.code, format!("the listener on port `{port}` speaks plain HTTP"))
        .help("give it a certificate: `.https(&certificate)`");
}
