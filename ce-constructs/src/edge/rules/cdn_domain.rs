//! The names of a distribution.

use ce_synth::{Code, Rule, Scope, Value};

use super::domain_name;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6010"),
    title: "a distribution lets old versions of TLS in",
    about: "Without a name and a certificate of its own, a distribution has CloudFront's certificate, and with that \
            viewers may use TLS 1.0. Names without a certificate are refused. Source: \
            https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, certified: bool, names: &[Value<String>]) {
    if !certified {
        scope
            .warning(RULE.code, "a distribution with CloudFront's certificate lets TLS 1.0 in")
            .help("give it a name of yours: `.domain(&certificate, [\"www.example.com\"])`");
    }
    if certified && names.is_empty() {
        scope
            .error(RULE.code, "a certificate without a name it is for")
            .help("name the domains: `.domain(&certificate, [\"www.example.com\"])`");
    }
    for name in names {
        domain_name::check(scope, name);
    }
}
