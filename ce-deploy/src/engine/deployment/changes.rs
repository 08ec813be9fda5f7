//! All changes of a change set: its pages, and those of the change sets of nested stacks.
//!
//! An answer may leave a change out, so all is read twice, and what either reading shows counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::cloud::{Call, Change, ChangeSetAnswer, ChangeSetState, Page, StackRef};
use crate::plan::digest_of_changes;

/// All changes of a change set, as far as they were read. Nested stacks are keyed by dotted logical id, the root by the
/// empty text.
#[derive(Clone, Debug, Default)]
pub(super) struct ChangeList {
    root: Option<Open>,
    open: Vec<Open>,
    at: Option<Open>,
    /// Nested stacks that this reading has come across.
    seen: BTreeSet<String>,
    again: bool,
    found: BTreeMap<String, Vec<Change>>,
}

#[derive(Clone, Debug)]
struct Open {
    path: String,
    stack: StackRef,
    change_set: String,
}

impl ChangeList {
    /// The call for the first page.
    pub(super) fn begin(stack: StackRef, change_set: String) -> (Self, Call) {
        let at = Open { path: String::new(), stack, change_set };
        let call = at.call(Page::first());
        (Self { root: Some(at.clone()), at: Some(at), ..Self::default() }, call)
    }

    /// Whether it is the root that is read.
    pub(super) fn at_root(&self) -> bool {
        self.at.as_ref().is_none_or(|at| at.path.is_empty())
    }

    /// Whether all was read once and no more than that.
    pub(super) fn is_read_once(&self) -> bool {
        self.again
    }

    /// Whether all was read twice.
    pub(super) fn is_read(&self) -> bool {
        self.again && self.at.is_none()
    }

    /// Takes a page in; the call for what comes next, none when all is read.
    pub(super) fn took(&mut self, answer: ChangeSetAnswer) -> Option<Call> {
        let at = self.at.clone()?;
        if answer.state == ChangeSetState::Complete {
            for change in answer.changes {
                self.open_nested(&at, &change);
                let list = self.found.entry(at.path.clone()).or_default();
                if !list.contains(&change) {
                    list.push(change);
                }
            }
        }
        match answer.next {
            Some(page) => Some(at.call(page)),
            None => self.skip(),
        }
    }

    /// The service may show a page twice; a nested stack is looked into once a reading.
    fn open_nested(&mut self, at: &Open, change: &Change) {
        let Some(nested) = &change.nested else { return };
        let path = [at.path.as_str(), change.logical_id.as_str()].join(".");
        let path = path.trim_start_matches('.').to_owned();
        if self.seen.insert(path.clone()) {
            let stack = change.physical_id.as_ref().map_or_else(|| at.stack.clone(), StackRef::id);
            self.open.push(Open { path, stack, change_set: nested.clone() });
        }
    }

    /// Leaves out what cannot be read: the assembly has the templates of nested stacks, and is judged by them.
    pub(super) fn skip(&mut self) -> Option<Call> {
        self.at = self.open.pop();
        if self.at.is_none() && !std::mem::replace(&mut self.again, true) {
            self.seen.clear();
            self.at.clone_from(&self.root);
        }
        self.at.as_ref().map(|at| at.call(Page::first()))
    }

    pub(super) fn root(&self) -> &[Change] {
        self.found.get("").map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn nested(&self) -> BTreeMap<String, Vec<Change>> {
        self.found
            .iter()
            .filter(|(path, _)| !path.is_empty())
            .map(|(path, list)| (path.clone(), list.clone()))
            .collect()
    }

    /// All, the root's under the empty text.
    pub(super) fn all(&self) -> &BTreeMap<String, Vec<Change>> {
        &self.found
    }

    /// What makes it this list, in whichever order the service gives it.
    pub(super) fn digest(&self) -> String {
        digest_of_changes(&self.found)
    }
}

impl Open {
    fn call(&self, page: Page) -> Call {
        Call::DescribeChangeSet { stack: self.stack.clone(), change_set: self.change_set.clone(), page }
    }
}
