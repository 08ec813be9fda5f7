//! Names of load balancers and target groups.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1057"),
    title: "the name of a load balancer or target group has a form AWS refuses",
    about: "Up to 32 letters, digits and hyphens; no hyphen at either end; not starting with `internal-`. Source: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, name: &str) {
    let signs = name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    let ends = name.starts_with('-') || name.ends_with('-');
    if name.is_empty() || name.len() > 32 || !signs || ends || name.starts_with("internal-") {
        scope
            .error(RULE.code, format!("the name `{name}` of `{}` characters", name.chars().count()))
            .help("use up to 32 letters, digits and hyphens, no hyphen at either end, and not `internal-` first");
    }
}
