//! Why an operation failed: what failed of itself, the first first, down to nested stacks.

use std::collections::BTreeSet;

use super::Watched;
use crate::cloud::{Answer, Call, Failure, Page, StackEvent, StackRef};

/// Enough for the 500 resources a stack may have, at some events each and a hundred a page.
const PAGES: usize = 40;

/// A search through the events of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Inquiry {
    watched: Watched,
    pages: usize,
    /// Nested stacks whose events are still to be read.
    nested: Vec<String>,
    seen: BTreeSet<String>,
    causes: Vec<StackEvent>,
}

/// What a page of events led to.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Found {
    /// Events of the stack that nobody was told of, and the next page to ask for.
    More(Vec<StackEvent>, Box<Call>),
    /// Events of the stack that nobody was told of, and what failed of itself.
    All(Vec<StackEvent>, Vec<StackEvent>),
}

impl Inquiry {
    pub(crate) fn new(watched: Watched) -> Self {
        Self { watched, pages: 0, nested: Vec::new(), seen: BTreeSet::new(), causes: Vec::new() }
    }

    /// The first page to ask for.
    pub(crate) fn first(&mut self) -> Call {
        self.call(self.watched.stack.clone(), Page::first())
    }

    fn call(&mut self, stack: StackRef, page: Page) -> Call {
        self.pages += 1;
        Call::DescribeStackEvents { stack, page }
    }

    /// Takes a page in. One that cannot be read ends the search with what is known.
    pub(crate) fn took(&mut self, result: Result<Answer, Failure>) -> Found {
        let Ok(Answer::Events(events, rest)) = result else { return self.next(Vec::new()) };
        let stack = events.first().map(|event| StackRef::id(&event.stack));
        let (mine, more) = self.of_operation(events);
        let news: Vec<StackEvent> = mine.iter().filter(|event| self.is_news(event)).cloned().collect();
        mine.into_iter().filter(|event| event.is_cause()).for_each(|event| self.note(event));
        match (rest, stack) {
            (Some(page), Some(stack)) if more && self.pages < PAGES => {
                let call = self.call(stack, page);
                Found::More(news, Box::new(call))
            }
            _ => self.next(news),
        }
    }

    fn next(&mut self, news: Vec<StackEvent>) -> Found {
        match self.nested.pop() {
            Some(nested) if self.pages < PAGES => {
                let call = self.call(StackRef::id(nested), Page::first());
                Found::More(news, Box::new(call))
            }
            _ => {
                self.causes.sort_by(|one, other| (one.at, &one.logical_id).cmp(&(other.at, &other.logical_id)));
                Found::All(news, std::mem::take(&mut self.causes))
            }
        }
    }

    fn is_news(&self, event: &StackEvent) -> bool {
        event.stack == self.watched.stack.as_str() && !event.is_of_stack() && !self.watched.events.contains(&event.id)
    }

    /// What failed in a nested stack failed there of itself.
    fn note(&mut self, event: StackEvent) {
        let nested = event.physical_id.as_ref().filter(|id| {
            event.type_name == "AWS::CloudFormation::Stack" && id.starts_with("arn:") && **id != event.stack
        });
        match nested {
            Some(nested) => {
                if self.seen.insert(nested.clone()) {
                    self.nested.push(nested.clone());
                }
            }
            None => {
                if self.seen.insert(event.id.clone()) {
                    self.causes.push(event);
                }
            }
        }
    }

    /// The events of the operation, and whether there may be more on the next page. Where events carry no token, those
    /// since the stack's own last beginning count.
    fn of_operation(&self, events: Vec<StackEvent>) -> (Vec<StackEvent>, bool) {
        let with_tokens = events.iter().any(|event| self.watched.owns(event));
        let mut mine = Vec::new();
        for event in events {
            if with_tokens && !self.watched.owns(&event) && event.token.is_some() {
                return (mine, false);
            }
            let begins = event.is_of_stack() && begins_operation(&event.status);
            mine.push(event);
            if begins {
                return (mine, false);
            }
        }
        (mine, true)
    }
}

fn begins_operation(status: &str) -> bool {
    matches!(status, "CREATE_IN_PROGRESS" | "UPDATE_IN_PROGRESS" | "IMPORT_IN_PROGRESS" | "DELETE_IN_PROGRESS")
}
