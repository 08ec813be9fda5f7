//! Services that find each other.

use ce_synth::{Code, Rule, Scope};

use crate::compute::ServiceConnect;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2016"),
    title: "Service Connect lacks a namespace or a port",
    about: "Services find each other in the namespace of their cluster, and one that is called listens on a port. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, connect: Option<&ServiceConnect>, namespace: bool, listens: bool) {
    let Some(connect) = connect else { return };
    if !namespace {
        scope
            .error(RULE.code, "the cluster has no namespace")
            .help("write `EcsCluster::builder().namespace(\"shop\")`");
    }
    if let Some(name) = connect.name.as_ref().filter(|_| !listens) {
        scope
            .error(RULE.code, format!("`{name}` is called and listens on no port"))
            .help("write `.port(8080)`, or `ServiceConnect::client()`");
    }
}
