//! Types that do not exist.

use crate::app::Report;
use crate::diagnostics::nearest;
use crate::schema::Schemas;
use crate::tree::ResourceNode;

rule!(
    "CE0401",
    "the resource type does not exist",
    "The registry's schemas know no type of this name. Types of others (`Custom::…`, `MyCompany::…`) are not looked at."
);

pub(super) fn check(index: u32, resource: &ResourceNode, schemas: &'static Schemas, report: &mut Report<'_>) {
    let name = &resource.type_name;
    if !name.starts_with("AWS::") {
        return;
    }
    let help = match nearest(name, schemas.names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("if the type is newer than this version of ce: `scope.accept({}, \"…\")`", RULE.code),
    };
    let finding = report.error(report.tree.id(index), RULE.code, format!("`{name}` is not a resource type"));
    finding.help = Some(help);
}
