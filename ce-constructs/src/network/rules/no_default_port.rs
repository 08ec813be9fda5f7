//! A connection to something without a port of its own.

use ce_synth::{Code, Finding, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1007"),
    title: "the other end of a connection has no default port",
    about: "`allow_to_default_port` uses the port that the other end listens on. A database has one; a service without \
            a listener, or a bare security group, does not, and then the port has to be said.",
};

#[track_caller]
pub(in crate::network) fn report<'a>(scope: Scope<'a>, peer: &str) -> Finding<'a> {
    scope
        .error(RULE.code, format!("`{peer}` has no default port"))
        .help("say the port: `allow_to(&peer, Port::tcp(8080))`")
}
