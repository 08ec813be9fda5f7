//! How many dynamic references a template may hold.

use crate::app::Report;
use crate::synth::Plan;
use crate::value::{Expr, dynamic_references};

rule!(
    "CE0108",
    "a template holds more than 60 dynamic references",
    "CloudFormation resolves at most 60 `{{resolve:…}}` in a template. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html"
);

const LIMIT: usize = 60;

pub(crate) fn check(plan: &Plan, report: &mut Report<'_>) {
    let tree = report.tree;
    for (stack, _) in tree.stacks() {
        let resources = plan.members[&stack].iter().copied().filter_map(|index| tree.resource(index));
        let count: usize =
            resources.flat_map(|resource| resource.properties.iter()).map(|(_, value)| in_value(value)).sum();
        if count > LIMIT {
            let message = format!("{count} dynamic references in one template, at most {LIMIT} are resolved");
            let finding = report.error(tree.id(stack), RULE.code, message);
            finding.help = Some("split the stack, or let the service read the secret itself".to_owned());
        }
    }
}

fn in_value(value: &Expr) -> usize {
    match value {
        Expr::Text(text) => dynamic_references(text),
        Expr::List(items) => items.iter().map(in_value).sum(),
        Expr::Object(map) => map.iter().map(|(_, value)| in_value(value)).sum(),
        Expr::Token(token) => match &**token {
            crate::value::Token::Call(_, argument) => in_value(argument),
            _ => 0,
        },
        _ => 0,
    }
}
