//! Two stacks that would be one.

use std::collections::BTreeMap;

use crate::app::Report;

rule!(
    "CE0107",
    "two stacks have the same name in one account and region",
    "CloudFormation knows a stack by its name within an account and region: the second would be an update of the first."
);

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    let mut taken = BTreeMap::new();
    for (index, stack) in tree.stacks() {
        let place = (stack.environment.account, stack.environment.region, stack.name.as_str());
        if let Some(first) = taken.insert(place, index) {
            let message = format!("`{}` is also the name of the stack `{}`", stack.name, tree.path_of(first));
            let finding = report.error(tree.id(index), RULE.code, message);
            finding.help = Some("name one of them with `scope.stack().named(..)`".to_owned());
        }
    }
}
