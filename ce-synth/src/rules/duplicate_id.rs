//! Two things of one id in one scope.

use crate::App;
use crate::diagnostics::{Diagnostic, Place, Severity};

rule!(
    "CE0001",
    "two things in one scope have the same id",
    "An id names a construct among its siblings, and logical ids are made from it. The second of two gets another id \
     so that the rest of the app can still be checked, but nothing is synthesized."
);

pub(crate) fn report(app: &App, parent: u32, id: &str, first: u32, at: Place) {
    let tree = app.tree.borrow();
    let path = match tree.path_of(parent) {
        root if root.is_empty() => id.to_owned(),
        parent => format!("{parent}/{id}"),
    };
    let finding = Diagnostic {
        code: RULE.code,
        severity: Severity::Error,
        message: format!("`{id}` is already taken in this scope"),
        path,
        at: Some(at),
        notes: vec![format!("the first one is made at {}", tree.node(first).at)],
        help: Some("give this one another id".to_owned()),
    };
    drop(tree);
    app.record(parent, finding);
}
