//! What differs in outputs and exports.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::shown::shown;
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
}

pub(super) fn compare(before: &Resolved, after: &Resolved) -> Vec<OutputDifference> {
    let mut names: Vec<&String> = before.outputs.keys().chain(after.outputs.keys()).collect();
    names.sort();
    names.dedup();
    let differs = names.into_iter().filter(|name| before.outputs.get(*name) != after.outputs.get(*name));
    differs.map(|name| difference(name, before.outputs.get(name), after.outputs.get(name))).collect()
}

fn difference(name: &str, before: Option<&ActiveOutput>, after: Option<&ActiveOutput>) -> OutputDifference {
    let show = |value: &Value| shown(None, &[name], value);
    let export = |output: Option<&ActiveOutput>| output.and_then(|output| output.export.as_ref()).map(show);
    let exports = [export(before), export(after)];
    OutputDifference {
        name: name.to_owned(),
        before: before.map(|output| show(&output.value)),
        after: after.map(|output| show(&output.value)),
        export: Some(exports).filter(|[before, after]| before != after),
    }
}
