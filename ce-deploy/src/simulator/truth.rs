//! What is really there, for who judges a run.

use std::collections::BTreeMap;

use super::change_set::ChangeSet;
use super::service::Service;
use super::stack::{Stack, StackKey};
use crate::cloud::{Change, ChangeSetState, ExecutionState, Output, Place, StackEvent, StackStatus, Tag, Token};
use crate::engine::Moment;

/// A stack as it is.
#[derive(Clone, Copy, Debug)]
pub struct Truth<'a> {
    pub(super) service: &'a Service,
    pub(super) stack: &'a Stack,
    pub(super) key: StackKey,
}

impl<'a> Truth<'a> {
    /// Its ARN.
    pub fn id(&self) -> &'a str {
        &self.stack.id
    }

    /// Its name.
    pub fn name(&self) -> &'a str {
        &self.stack.name
    }

    /// Where it is.
    pub fn place(&self) -> &'a Place {
        &self.service.place(self.stack.place).place
    }

    /// Its state.
    pub fn status(&self) -> StackStatus {
        self.stack.status
    }

    /// Whether it is nested in another.
    pub fn is_nested(&self) -> bool {
        self.stack.parent.is_some()
    }

    /// Its policy; none before it has one.
    pub fn policy(&self) -> Option<&'a str> {
        self.stack.policy.as_ref().map(|kept| kept.text.as_str())
    }

    /// Logical ids of its resources that hold data and that its policy does not hold.
    pub fn unheld(&self) -> Vec<String> {
        self.service.unheld(self.stack)
    }

    /// Its state at a moment; none before it was made.
    pub fn status_at(&self, moment: Moment) -> Option<StackStatus> {
        let history = &self.stack.history;
        history.iter().rev().find(|(since, _)| *since <= moment).map(|(_, stack)| stack.status)
    }

    /// Its template; none before it has one.
    pub fn template(&self) -> Option<&'a str> {
        self.stack.definition.template.as_deref().map(|template| &*template.text)
    }

    /// Its parameters as they were given, hidden ones too.
    pub fn given(&self) -> &'a BTreeMap<String, String> {
        &self.stack.definition.given
    }

    /// Its tags.
    pub fn tags(&self) -> &'a [Tag] {
        &self.stack.definition.tags
    }

    /// Its outputs.
    pub fn outputs(&self) -> &'a [Output] {
        &self.stack.outputs
    }

    /// Its resources: logical id, type, state.
    pub fn resources(&self) -> impl Iterator<Item = (&'a str, &'a str, &'static str)> {
        self.stack
            .resources
            .iter()
            .map(|(logical, resource)| (logical.as_str(), resource.type_name.as_str(), resource.status))
    }

    /// Its events, the first first; those that are never shown are not among them.
    pub fn events(&self) -> &'a [StackEvent] {
        &self.stack.events
    }

    /// The ARN of the stack around it; none if it is not nested.
    pub fn parent(&self) -> Option<&'a str> {
        self.stack.parent.as_ref().map(|(parent, _)| self.service.stack(*parent).id.as_str())
    }

    /// Whether it is what its template says, with the values that other stacks have now.
    pub fn is_in_step(&self) -> bool {
        self.service.is_in_step(self.key)
    }

    /// The token of the operation that is under way.
    pub fn running(&self) -> Option<&'a Token> {
        self.stack.running.as_ref()?.token.as_ref()
    }
}

/// A change set as it is.
#[derive(Clone, Copy, Debug)]
pub struct KnownChangeSet<'a> {
    pub(super) service: &'a Service,
    pub(super) change_set: &'a ChangeSet,
}

impl<'a> KnownChangeSet<'a> {
    /// Its ARN.
    pub fn id(&self) -> &'a str {
        &self.change_set.id
    }

    /// The ARN of its stack.
    pub fn stack(&self) -> &'a str {
        &self.service.stack(self.change_set.stack).id
    }

    /// Its states.
    pub fn states(&self) -> (ChangeSetState, ExecutionState) {
        (self.change_set.state, self.change_set.execution)
    }

    /// Its template.
    pub fn template(&self) -> Option<&'a str> {
        self.change_set.goal.template.as_deref().map(|template| &*template.text)
    }

    /// What it changes.
    pub fn changes(&self) -> &'a [Change] {
        &self.change_set.changes
    }

    /// What it changes with its nested stacks, by dotted logical id; the stack's own under the empty text.
    pub fn all_changes(&self) -> BTreeMap<String, Vec<Change>> {
        let mut all = BTreeMap::new();
        self.gather("", &mut all);
        all
    }

    fn gather(&self, path: &str, all: &mut BTreeMap<String, Vec<Change>>) {
        // One that changes nothing failed, and is not part of the whole.
        if self.change_set.state == ChangeSetState::Failed {
            return;
        }
        all.insert(path.to_owned(), self.change_set.changes.clone());
        for (logical, key) in &self.change_set.nested {
            let inner = if path.is_empty() { logical.clone() } else { format!("{path}.{logical}") };
            Self { service: self.service, change_set: self.service.change_set(*key) }.gather(&inner, all);
        }
    }

    /// The token it was made with.
    pub fn token(&self) -> &'a Token {
        &self.change_set.token
    }

    /// Whether it belongs to the change set of a stack around.
    pub fn is_nested(&self) -> bool {
        self.change_set.parent.is_some()
    }
}
