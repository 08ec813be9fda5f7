//! Comparing an assembly with the lock.

use std::collections::BTreeMap;

use super::{Identity, Lock};
use crate::assembly::{Assembly, StackArtifact};
use crate::diagnostics::{Code, Diagnostic, Findings, Rule, Severity};

/// How strict the comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// New resources and those without data may come and go; what holds data may not get lost.
    Open,
    /// Any difference is an error: for CI, where the lock is not written.
    Locked,
}

/// A resource that holds data left the app.
pub static LOST: Rule = Rule {
    code: Code::new("CE0501"),
    title: "a resource that holds data would get lost",
    about: "The lock knows a stateful resource that the app no longer makes under its logical id. CloudFormation \
            would take it out of the stack: it is kept or deleted by its policy, but no longer managed, and an empty \
            one takes its place. A moved construct keeps its ids with `scope.moved_from(\"Old/Path\")`; one that is \
            taken out on purpose is named with `scope.stack().removed(\"Path\")`.",
};

/// A logical id now names another type.
pub static RETYPED: Rule = Rule {
    code: Code::new("CE0502"),
    title: "a logical id changes its type",
    about: "CloudFormation refuses to change the type of a logical id, and the stack update fails.",
};

/// The lock and the app differ in locked mode.
pub static OUTDATED: Rule = Rule {
    code: Code::new("CE0503"),
    title: "the lock is out of date",
    about: "In locked mode, as in CI, the committed lock must be exactly the app's: run the app once without \
            `--locked` and commit `ce.lock`.",
};

impl Lock {
    /// What would get lost or, in locked mode, what differs.
    pub fn check(&self, assembly: &Assembly, mode: Mode) -> Findings {
        let mut found = Vec::new();
        let empty = BTreeMap::new();
        let known = self.known(assembly.app());
        let known = known.as_ref();
        for stack in assembly.stacks() {
            let old = known.and_then(|stacks| stacks.get(stack.id())).unwrap_or(&empty);
            compare(stack, old, &mut found);
        }
        for (name, resources) in known.into_iter().flatten().filter(|(name, _)| assembly.stack(name).is_none()) {
            lost_stack(name, resources, &mut found);
        }
        if mode == Mode::Locked && found.is_empty() && self.updated(assembly) != *self {
            found.push(outdated(self, assembly));
        }
        Findings::new(found, Vec::new())
    }
}

fn compare(stack: &StackArtifact, old: &BTreeMap<String, Identity>, found: &mut Vec<Diagnostic>) {
    let new: BTreeMap<&str, &str> =
        stack.resources().iter().map(|resource| (&*resource.logical_id, &*resource.type_name)).collect();
    for (path, identity) in old {
        let path_in_app = format!("{}/{path}", stack.id());
        match new.get(&*identity.logical_id) {
            Some(type_name) if **type_name != *identity.type_name => {
                let message =
                    format!("`{}` was `{}` and is now `{type_name}`", identity.logical_id, identity.type_name);
                let help = "give the new resource another id";
                found.push(error(RETYPED.code, message, path_in_app, help.to_owned()));
            }
            None if identity.stateful && !stack.removed().contains(path) => {
                let message = format!("`{}` ({}) would get lost", identity.logical_id, identity.type_name);
                let help = format!(
                    "if it moved: `.moved_from(\"{path}\")` on its new scope; if it is meant to go: `scope.stack().removed(\"{path}\")`"
                );
                found.push(error(LOST.code, message, path_in_app, help));
            }
            _ => {}
        }
    }
}

fn lost_stack(name: &str, resources: &BTreeMap<String, Identity>, found: &mut Vec<Diagnostic>) {
    for (path, identity) in resources.iter().filter(|(_, identity)| identity.stateful) {
        let message = format!("the stack of `{}` ({}) is gone", identity.logical_id, identity.type_name);
        let help =
            format!("keep the stack `{name}`, or take its section out of `ce.lock` once it is deleted on purpose");
        found.push(error(LOST.code, message, format!("{name}/{path}"), help));
    }
}

fn outdated(lock: &Lock, assembly: &Assembly) -> Diagnostic {
    let (old, new) = (lock.to_string(), lock.updated(assembly).to_string());
    let gone = old.lines().filter(|line| !new.lines().any(|other| other == *line)).map(|line| format!("gone: {line}"));
    let come = new.lines().filter(|line| !old.lines().any(|other| other == *line)).map(|line| format!("new: {line}"));
    let help = "run the app without `--locked` and commit `ce.lock`".to_owned();
    let mut finding = error(OUTDATED.code, "`ce.lock` does not fit the app".to_owned(), String::new(), help);
    finding.notes = gone.chain(come).take(20).collect();
    finding
}

fn error(code: Code, message: String, path: String, help: String) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, message, path, at: None, notes: Vec::new(), help: Some(help) }
}
