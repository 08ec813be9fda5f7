//! Property paths of a registry schema, marked on the properties they name.

use std::collections::BTreeSet;

use crate::cfn::model::{Kind, Property, Replaces, ResourceType};

/// Marks create-only, write-only, read-only and deprecated properties.
///
/// A nested definition can be shared by several paths, so replacement of nested properties is taken from the
/// schema only where no other source says it.
pub(crate) fn mark(merged: &mut ResourceType, deprecated: &BTreeSet<String>, alone: bool) {
    let replaces = |value: Replaces| move |property: &mut Property| property.replaces = property.replaces.max(value);
    let reaches = |path: &&String| alone || !path.contains('/');
    for path in merged.create_only.clone().iter().filter(reaches) {
        at(merged, path, replaces(Replaces::Yes));
    }
    for path in merged.conditional_create_only.clone().iter().filter(reaches) {
        at(merged, path, replaces(Replaces::Maybe));
    }
    for path in merged.write_only.clone() {
        at(merged, &path, |property| property.write_only = true);
    }
    for path in merged.read_only.clone() {
        at(merged, &path, |property| property.read_only = true);
    }
    for path in deprecated {
        at(merged, path, |property| property.deprecated = true);
    }
}

fn at(merged: &mut ResourceType, path: &str, change: impl Fn(&mut Property)) {
    let mut index = 0;
    let mut steps = path.split('/').filter(|step| !matches!(*step, "*" | "properties" | "items")).peekable();
    while let Some(step) = steps.next() {
        let Some(property) = merged.objects[index].properties.get_mut(step) else { return };
        if steps.peek().is_none() {
            change(property);
            return;
        }
        let Kind::Object(next) = property.shape.leaf().kind else { return };
        index = next;
    }
}
