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

pub(super) fn check(tree: &Tree, token: &Token, schema: &ValueSchema) -> Option<Problem> {
    let references = &schema.references;
    // Where several types are named, the lists are examples and not complete: an origin's domain name is named with
    // those of load balancers and gateways, and a bucket's is taken too.
    let [first, others @ ..] = &references[..] else { return None };
    if others.iter().any(|other| other.type_name != first.type_name) {
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
