//! Attributes that do not exist.

use super::Problem;
use crate::diagnostics::nearest;
use crate::tree::{ResourceNode, Tree};
use crate::value::Token;

rule!(
    "CE0412",
    "the type has no such attribute",
    "`Fn::GetAtt` takes the attributes the type's schema lists. Handles have a method for each; `.att(\"…\")` can misspell one."
);

/// Types whose attributes are not known before they are deployed.
const OPEN: [&str; 3] = [
    "AWS::CloudFormation::Stack",
    "AWS::CloudFormation::CustomResource",
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
];

pub(super) fn check(tree: &Tree, resource: &ResourceNode) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (_, value) in resource.properties.iter() {
        value.tokens(&mut |token| problems.extend(one(tree, token)));
    }
    problems
}

fn one(tree: &Tree, token: &Token) -> Option<Problem> {
    let Token::Att(node, attribute) = token else { return None };
    let resource = (node.app == tree.app).then(|| tree.resource(node.index))??;
    let schema = resource.schema()?;
    if schema.attribute(attribute).is_some() || OPEN.contains(&schema.name) {
        return None;
    }
    let names = schema.attributes.iter().map(|attribute| attribute.name);
    let help = match nearest(attribute, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", names.take(12).collect::<Vec<_>>().join(", ")),
    };
    Some(Problem::new(format!("`{}` has no attribute `{attribute}`, which is read", schema.name), help))
}
