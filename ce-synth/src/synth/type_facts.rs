//! What synthesis asks the schema table about a type.

use std::borrow::Cow;

use crate::schema::TagForm;
use crate::tree::ResourceNode;
use crate::value::Expr;

/// Whether an attribute is a list, which crosses a border joined.
pub(super) fn gives_list(resource: &ResourceNode, attribute: &str) -> bool {
    resource.schema().and_then(|schema| schema.attribute(attribute)).is_some_and(|attribute| attribute.value.is_list())
}

/// Whether data is lost with it.
pub(crate) fn is_stateful(resource: &ResourceNode) -> bool {
    resource.schema().is_some_and(|schema| schema.stateful)
}

/// Adds tags that are not set yet, in the type's own shape; a type that takes none is left alone. One that is not
/// tagged as it is made, as a health check, is tagged by CloudFormation right after.
pub(super) fn add_tags(resource: &mut ResourceNode, tags: Vec<(Cow<'static, str>, Expr)>) {
    let Some(tagging) = resource.schema().and_then(|schema| schema.tagging.as_ref()) else { return };
    let empty = match tagging.form {
        TagForm::Map => Expr::Object(crate::value::PropMap::new()),
        TagForm::List | TagForm::AutoScaling => Expr::List(Vec::new()),
    };
    if resource.properties.get(tagging.property).is_none() {
        resource.properties.set(tagging.property, empty);
    }
    match resource.properties.get_mut(tagging.property) {
        Some(Expr::Object(map)) => {
            for (key, value) in tags.into_iter().filter(|(key, _)| map.get(key).is_none()).collect::<Vec<_>>() {
                map.set(key, value);
            }
        }
        Some(Expr::List(items)) => {
            for (key, value) in tags {
                if !items.iter().any(|item| item.at("Key").and_then(Expr::as_text) == Some(&*key)) {
                    items.push(tag(key, value, tagging.form));
                }
            }
        }
        _ => {}
    }
}

fn tag(key: Cow<'static, str>, value: Expr, form: TagForm) -> Expr {
    let launched = if form == TagForm::AutoScaling { Expr::Bool(true) } else { Expr::Null };
    Expr::object([("Key", Expr::Text(key)), ("Value", value), ("PropagateAtLaunch", launched)])
}
