//! Replicas of secrets, and the keys that encrypt them.

use std::rc::Rc;

use ce_synth::{App, Found, NodeId, Report};

use super::super::SiteRole;
use super::super::comparison::{Comparison, refers_to};
use super::super::site::Stacks;

rule!(
    "CE8419",
    "a secret is replicated before the key of its replica is there",
    "Secrets Manager encrypts a replica with a key of its own region, which must exist when the secret is made. The replica \
     of a key comes after the key; a secret beside the key comes with it, and so too early. In any other stack it waits for \
     the key's replica by itself. \
     Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/create-manage-multi-region-secrets.html"
);

/// Lets every stack with a secret whose replica is encrypted by a replica key wait for that key.
pub(in crate::resilience) fn order(app: &App, stacks: &Rc<Stacks>) {
    let stacks = Rc::clone(stacks);
    app.before_synth(move |app| {
        for wait in app.read(|tree| waits(&Comparison::new(tree, &stacks))) {
            let stack = app.scope(wait.secret).stack();
            if stack.node() != app.scope(wait.key).stack().node() {
                stack.needs(app.scope(wait.replica).stack().scope());
            }
        }
    });
}

pub(in crate::resilience) fn check(comparison: &Comparison<'_>, report: &mut Report<'_>) {
    for Wait { secret, key, .. } in waits(comparison) {
        let (secret_path, key_path) = (comparison.shared_path(secret), comparison.shared_path(key));
        if secret_path.split('/').next() == key_path.split('/').next() {
            let message = format!("`{secret_path}` is replicated before `{key_path}`, which encrypts its replica");
            let help = "build the key in a stack of its own, such as `site.stack(\"Keys\")`";
            report.warning(secret, RULE.code, message).help = Some(help.to_owned());
        }
    }
}

/// A secret, the key it is encrypted by, and the replica of that key.
struct Wait {
    secret: NodeId,
    key: NodeId,
    replica: NodeId,
}

fn waits(comparison: &Comparison<'_>) -> Vec<Wait> {
    let pairs: Vec<(NodeId, NodeId)> = comparison
        .of_type(SiteRole::Standby, "AWS::KMS::ReplicaKey")
        .filter_map(|replica| Some((twin(comparison, &replica)?, replica.node())))
        .collect();
    let mut waits = Vec::new();
    for secret in comparison.anywhere("AWS::SecretsManager::Secret") {
        let Some(regions) = secret.at_path("ReplicaRegions") else { continue };
        let used = pairs.iter().filter(|(key, _)| refers_to(regions, *key));
        waits.extend(used.map(|(key, replica)| Wait { secret: secret.node(), key: *key, replica: *replica }));
    }
    waits
}

/// The key of the primary at the path of a replica.
fn twin(comparison: &Comparison<'_>, replica: &Found<'_, ()>) -> Option<NodeId> {
    let path = comparison.shared_path(replica.node());
    let mut keys = comparison.of_type(SiteRole::Primary, "AWS::KMS::Key");
    keys.find(|key| comparison.shared_path(key.node()) == path).map(|key| key.node())
}
