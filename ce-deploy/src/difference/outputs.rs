//! What differs in outputs and exports.

use std::collections::BTreeMap;

use ce_synth::schema::Schemas;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::elsewhere::{Following, Moved};
use super::propagate::{Cause, references};
use super::properties::{has_either, is_either, names};
use super::shown::shown;
use super::{Class, ResourceDifference};
use crate::template::{ActiveOutput, Resolved};

/// An output that differs. Its values are texts to be shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OutputDifference {
    /// Its name.
    pub name: String,
    /// What it is; none if it is new.
    pub before: Option<String>,
    /// What it will be; none if it is removed.
    pub after: Option<String>,
    /// The name it is exported by, before and after, where that differs.
    pub export: Option<[Option<String>; 2]>,
    /// The resource that causes it, if the text itself is the same: `Vpc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

/// The outputs that differ, and all whose value changes, by name; these too if that is only possible.
pub(super) fn compare(
    before: &Resolved,
    after: &Resolved,
    resources: &[ResourceDifference],
    elsewhere: &BTreeMap<&str, &Following>,
    schemas: &'static Schemas,
) -> (Vec<OutputDifference>, BTreeMap<String, Moved>) {
    let mut all: Vec<&String> = before.outputs.keys().chain(after.outputs.keys()).collect();
    all.sort();
    all.dedup();
    let follow = Follow { after, resources, elsewhere, schemas };
    let (mut differ, mut moved) = (Vec::new(), BTreeMap::new());
    for name in all {
        let (old, new) = (before.outputs.get(name), after.outputs.get(name));
        let said = old.zip(new).filter(|(old, new)| old.value != new.value);
        let followed = old.and(new).filter(|_| said.is_none()).and_then(|new| follow.value(&new.value));
        moved.extend(said.map(|(old, new)| (name.clone(), by_itself(name, old, new))));
        moved.extend(followed.as_ref().map(|followed| (name.clone(), followed.moved.clone())));
        let cause = followed.filter(|followed| followed.is_shown).map(|followed| followed.cause);
        if old != new || cause.is_some() {
            differ.push(difference(name, old, new, cause));
        }
    }
    (differ, moved)
}

/// The template says another value.
fn by_itself(name: &str, old: &ActiveOutput, new: &ActiveOutput) -> Moved {
    Moved {
        certain: ![old, new].iter().any(|side| has_either(&side.value)),
        causes: vec![format!("output `{name}` changes")],
    }
}

/// What a value follows.
struct Followed {
    cause: String,
    moved: Moved,
    /// Whether it is told of the output itself: what only may be another because something changes in place is not.
    is_shown: bool,
}

struct Follow<'a> {
    after: &'a Resolved,
    resources: &'a [ResourceDifference],
    elsewhere: &'a BTreeMap<&'a str, &'a Following>,
    schemas: &'static Schemas,
}

impl Follow<'_> {
    /// What the value follows, the surest first.
    fn value(&self, value: &Value) -> Option<Followed> {
        let followed = references(value, self.after).into_iter().filter_map(|reference| {
            let here = || self.resources.iter().find(|resource| resource.logical_id == reference.to);
            let (cause, class, further) = match self.elsewhere.get(reference.to.as_str()) {
                Some(following) => (Cause::Elsewhere(following), Class::Replacement, &following.moved.causes),
                None => here().map(|one| (Cause::here(one, self.after, self.schemas), one.class, &one.causes))?,
            };
            let certain = cause.changes(reference.attribute.as_deref())? && !is_either(&names(&reference.path));
            let name = cause.name(&reference);
            let causes = std::iter::once(format!("it follows `{name}`")).chain(further.iter().cloned()).collect();
            let is_shown = certain || class >= Class::ConditionalReplacement;
            Some(Followed { cause: name, moved: Moved { certain, causes }, is_shown })
        });
        followed.max_by_key(|followed| (followed.moved.certain, followed.is_shown))
    }
}

fn difference(
    name: &str,
    before: Option<&ActiveOutput>,
    after: Option<&ActiveOutput>,
    cause: Option<String>,
) -> OutputDifference {
    let show = |value: &Value| shown(None, &[name], value);
    let export = |output: Option<&ActiveOutput>| output.and_then(|output| output.export.as_ref()).map(show);
    let exports = [export(before), export(after)];
    OutputDifference {
        name: name.to_owned(),
        before: before.map(|output| show(&output.value)),
        after: after.map(|output| show(&output.value)),
        export: Some(exports).filter(|[before, after]| before != after),
        cause,
    }
}
