//! Raw overrides whose path leads nowhere.

use crate::scope::Scope;

rule!(
    "CE0003",
    "the path of a raw override leads nowhere",
    "`resource.set(path, value)` makes the objects on its way, but cannot go through a text, a number, a reference, \
     or past the end of a list."
);

#[track_caller]
pub(crate) fn report(scope: Scope<'_>, path: &str, part: &str) {
    scope
        .error(RULE.code, format!("`{path}` leads nowhere at `{part}`"))
        .help("start with `Properties.`, and index only elements that are there");
}
