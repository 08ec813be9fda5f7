//! Two endpoints for one service.

use ce_synth::{Code, Rule, Scope};

use crate::network::AwsService;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1006"),
    title: "a service has two endpoints in one VPC",
    about: "Two interface endpoints cannot both answer for a service's private name: EC2 refuses the second. The second is \
            left out. Source: https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
};

#[track_caller]
pub(in crate::network) fn check(scope: Scope<'_>, endpoints: &[AwsService]) {
    for (place, service) in endpoints.iter().enumerate() {
        if endpoints[..place].contains(service) {
            scope
                .error(RULE.code, format!("`{}` has an endpoint already", service.name()))
                .help("name each service once");
        }
    }
}
