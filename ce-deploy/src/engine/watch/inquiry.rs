//! Why an operation failed: what failed of itself, the first first, down to nested stacks.

use std::collections::BTreeSet;

use super::{Kind, Watched};
use crate::cloud::{Answer, Call, Failure, Page, StackEvent, StackRef, StackStatus};
use crate::engine::Span;

/// Enough for the 500 resources a stack may have, at some events each and a hundred a page.
const PAGES: usize = 40;
/// Events show a while after the state they lead to. So long the end is waited for, each time longer; it may never show.
const LATE: [Span; 4] = [Span(1_000), Span(2_000), Span(4_000), Span(8_000)];

/// A search through the events of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Inquiry {
    watched: Watched,
    pages: usize,
    /// Nested stacks whose events are still to be read.
    nested: Vec<String>,
    seen: BTreeSet<String>,
    causes: Vec<StackEvent>,
    /// Whether the end of the operation was among the events.
    ended: bool,
    waited: usize,
    /// Whether its events were told when they happened.
    told: bool,
}

/// What a page of events led to.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Found {
    /// Events of the stack that nobody was told of, and the next page to ask for.
    More(Vec<StackEvent>, Box<Call>),
    /// Events of the stack that nobody was told of, and how long to wait for later ones.
    Late(Vec<StackEvent>, Span),
    /// Events of the stack that nobody was told of, and what failed of itself.
    All(Vec<StackEvent>, Vec<StackEvent>),
}

impl Inquiry {
    pub(crate) fn new(watched: Watched) -> Self {
        Self {
            watched,
            pages: 0,
            nested: Vec::new(),
            seen: BTreeSet::new(),
            causes: Vec::new(),
            ended: false,
            waited: 0,
            told: false,
        }
    }

    /// A search through the events of an operation that is long over: nobody is told of them again.
    pub(crate) fn again(watched: Watched) -> Self {
        Self { told: true, ..Self::new(watched) }
    }

    /// The first page to ask for, at the beginning and after each wait.
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
        self.ended |= mine.iter().any(|event| self.is_end(event));
        let news: Vec<StackEvent> = mine.iter().filter(|event| self.is_news(event)).cloned().collect();
        self.watched.events.extend(news.iter().map(|event| event.id.clone()));
        mine.into_iter().filter(|event| event.is_cause()).for_each(|event| self.note(event));
        match (rest, stack) {
            (Some(page), Some(stack)) if more && self.pages < PAGES => {
                let call = self.call(stack, page);
                Found::More(news, Box::new(call))
            }
            _ if self.is_late() => {
                self.waited += 1;
                Found::Late(news, LATE[self.waited - 1])
            }
            _ => self.next(news),
        }
    }

    /// Whether the stack's own events do not tell the end yet, so that what led to it may be missing too.
    fn is_late(&self) -> bool {
        !self.ended && self.waited < LATE.len() && self.pages < PAGES
    }

    fn is_end(&self, event: &StackEvent) -> bool {
        let ends = |status: StackStatus| !status.is_in_progress() && status != StackStatus::ReviewInProgress;
        event.status.parse().is_ok_and(ends) && event.is_of_stack() && event.stack == self.watched.stack.as_str()
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
        let mine = event.stack == self.watched.stack.as_str() && !event.is_of_stack();
        mine && !self.told && !self.watched.events.contains(&event.id)
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
    /// since the stack's own last beginning count; otherwise a page may be in disorder.
    fn of_operation(&self, events: Vec<StackEvent>) -> (Vec<StackEvent>, bool) {
        let begins = |event: &StackEvent| event.is_of_stack() && self.begins(&event.status);
        let owned = |event: &StackEvent| self.watched.owns(event);
        if let Some(first) = events.iter().filter(|event| owned(event)).map(|event| event.at).min() {
            let others = |event: &StackEvent| event.token.is_some() && !owned(event);
            let more = !events.iter().any(|event| others(event) || (owned(event) && begins(event)));
            let mine = |event: &StackEvent| owned(event) || (event.token.is_none() && event.at >= first);
            return (events.into_iter().filter(mine).collect(), more);
        }
        // Others worked on the stack before, and what we did does not show yet.
        if events.iter().any(|event| event.token.is_some()) && self.waited < LATE.len() {
            return (Vec::new(), false);
        }
        let last = events.iter().position(begins);
        let more = last.is_none();
        let count = last.map_or(events.len(), |last| last + 1);
        (events.into_iter().take(count).collect(), more)
    }

    /// Whether an operation begins with a state. A creation that is taken back deletes too, nested stacks at least.
    fn begins(&self, status: &str) -> bool {
        match self.watched.kind {
            Kind::Delete => status == "DELETE_IN_PROGRESS",
            Kind::Create | Kind::Update => {
                matches!(status, "CREATE_IN_PROGRESS" | "UPDATE_IN_PROGRESS" | "IMPORT_IN_PROGRESS")
            }
        }
    }
}
