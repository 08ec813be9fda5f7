//! References to the wrong kind of thing.

use super::Problem;
use crate::schema::{RefKind, ValueSchema};
use crate::tree::Tree;
use crate::value::Token;

rule!(
    "CE0411",
    "a reference leads to the wrong kind of thing",
    "The schemas say which type a property names, and whether it wants an ARN. Typed properties take only the \
     right handles; an untyped expression or a raw override can be anything."
);

/// Whether a type is another or, by its name, a kind of it: an `AWS::KMS::ReplicaKey` is an `AWS::KMS::Key`.
fn is_a(kind: &str, of: &str) -> bool {
    match (kind.rsplit_once("::"), of.rsplit_once("::")) {
        (Some((service, kind)), Some((of_service, of))) => service == of_service && kind.ends_with(of),
        _ => kind == of,
    }
}

pub(super) fn check(tree: &Tree, token: &Token, schema: &ValueSchema) -> Option<Problem> {
    let references = &schema.references;
    // Where several types are named, the lists are examples and not complete: an origin's domain name is named with
    // those of load balancers and gateways, and a bucket's is taken too.
    let [first, others @ ..] = &references[..] else { return None };
    if others.iter().any(|other| !is_a(other.type_name, first.type_name)) {
        return None;
    }
    let node = match token {
        Token::Ref(node) | Token::Att(node, _) if node.app == tree.app => node,
        _ => return None,
    };
    let resource = tree.resource(node.index)?;
    let wanted = references.iter().filter(|reference| reference.type_name == resource.type_name);
    let mut wanted = wanted.peekable();
    if wanted.peek().is_none() {
        let message = format!("a `{}` is not what belongs here", resource.type_name);
        return Some(Problem::new(message, format!("refer to a `{}`", first.type_name)));
    }
    let kind = resource.schema()?.reference.kind;
    let only_arn = wanted.all(|reference| reference.attribute.ends_with("Arn"));
    let is_plain_ref = matches!(token, Token::Ref(_)) && kind == RefKind::Identifier;
    (only_arn && is_plain_ref).then(|| {
        let message = format!("the `Ref` of a `{}` is not its ARN", resource.type_name);
        Problem::new(message, "use the handle's `.arn()`")
    })
}
