//! A stack whose operation is waited for.

use std::collections::BTreeSet;

use crate::assembly::StackId;
use crate::cloud::{StackEvent, StackRef, StackStatus, Target, Token};
use crate::engine::Moment;
use crate::plan::Seen;

/// What is done to a stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Create,
    Update,
    Delete,
}

/// A stack whose operation is waited for.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    pub(crate) id: StackId,
    pub(crate) target: Target,
    /// Its ARN.
    pub(crate) stack: StackRef,
    pub(crate) kind: Kind,
    pub(crate) token: Token,
    /// Tokens of what we asked for later, such as to cancel.
    pub(crate) later: Vec<Token>,
    pub(crate) change_set: Option<String>,
    /// How it was before the operation.
    pub(crate) before: Option<Seen>,
    /// When something last happened.
    pub(crate) moved: Moment,
    pub(crate) status: Option<StackStatus>,
    /// The end that its events told.
    pub(crate) ended: Option<StackStatus>,
    /// Whether it was seen at work since we began.
    pub(crate) seen_at_work: bool,
    /// Whether an earlier run began it: it may be over, and others may have worked on the stack since.
    pub(crate) attached: bool,
    /// Whether its events carry our token.
    pub(crate) tokens: bool,
    pub(crate) events: BTreeSet<String>,
}

impl Watched {
    pub(crate) fn new(id: &StackId, target: &Target, stack: &str, kind: Kind, token: Token) -> Self {
        Self {
            id: id.clone(),
            target: target.clone(),
            stack: StackRef::id(stack),
            kind,
            token,
            later: Vec::new(),
            change_set: None,
            before: None,
            moved: Moment::default(),
            status: None,
            ended: None,
            seen_at_work: false,
            attached: false,
            tokens: false,
            events: BTreeSet::new(),
        }
    }

    /// Whether an event belongs to the operation.
    pub(crate) fn owns(&self, event: &StackEvent) -> bool {
        event.token.as_ref().is_some_and(|token| *token == self.token || self.later.contains(token))
    }

    pub(crate) fn change_set(self, change_set: Option<String>) -> Self {
        Self { change_set, ..self }
    }

    pub(crate) fn attached(self) -> Self {
        Self { attached: true, ..self }
    }

    pub(crate) fn before(self, before: Option<Seen>) -> Self {
        Self { before, ..self }
    }

    pub(crate) fn began(self, now: Moment) -> Self {
        Self { moved: now, ..self }
    }
}
