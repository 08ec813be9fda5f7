//! Ids that cannot be part of a path.

use crate::App;
use crate::diagnostics::{Diagnostic, Place, Severity};

rule!(
    "CE0002",
    "an id is empty or holds a slash",
    "Ids are joined with slashes into paths, and paths are what waivers, moves and the lock speak of."
);

pub(crate) fn report(app: &App, parent: u32, id: &str, at: Place) {
    let finding = Diagnostic {
        code: RULE.code,
        severity: Severity::Error,
        message: format!("`{id}` cannot be an id"),
        path: app.tree.borrow().path_of(parent),
        at: Some(at),
        notes: Vec::new(),
        help: Some("use a word without slashes, such as `Orders`; nest with `scope.child(..)`".to_owned()),
    };
    app.record(parent, finding);
}
