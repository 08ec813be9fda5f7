//! Who looks, at what, how often.

use std::collections::BTreeMap;

use super::verdict::{Verdict, of_event, of_stack};
use super::{Kind, Watched};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, FailureKind, Page, Place, Stack, StackEvent, StackStatus, Target};
use crate::engine::{Moment, Span};

/// While something happened lately a place is looked at twice a second, then once, then every two seconds.
const PACES: [(Span, Span); 2] = [(Span::seconds(60), Span(500)), (Span::seconds(300), Span(1_000))];
const SLOWEST: Span = Span(2_000);
/// An answer may show a stack as it was a minute ago; longer than that it is believed.
pub(crate) const OLD_ANSWERS: Span = Span::seconds(90);

/// The stacks that are waited for, by place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watcher {
    watched: BTreeMap<StackId, Watched>,
    rounds: BTreeMap<Place, Round>,
}

#[derive(Clone, Debug, Default)]
struct Round {
    turn: u64,
    /// Where a listing goes on.
    rest: Option<(Target, Page)>,
    /// More pages than stacks are waited for, or it is forbidden: each is looked at alone.
    alone: bool,
    busy: bool,
}

/// One look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Look {
    /// At all stacks of a place.
    Listing(Target),
    /// At one stack.
    Stack(StackId),
    /// At the latest events of one.
    Events(StackId),
}

/// What was seen.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Sighting {
    /// Something happened to a resource.
    Event(StackId, Box<StackEvent>),
    /// The stack is in another state.
    Status(StackId, StackStatus),
    /// The operation ended; with the stack as it then is, none if it is gone.
    Over(StackId, StackStatus, Option<Box<Stack>>),
}

impl Watcher {
    /// Waits for one more. Whether its place was not looked at before.
    pub(crate) fn add(&mut self, watched: Watched) -> bool {
        let place = watched.target.place.clone();
        self.watched.insert(watched.id.clone(), watched);
        let round = self.rounds.entry(place).or_default();
        !std::mem::replace(&mut round.busy, true)
    }

    pub(crate) fn get(&self, id: &StackId) -> Option<&Watched> {
        self.watched.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &StackId) -> Option<&mut Watched> {
        self.watched.get_mut(id)
    }

    pub(crate) fn remove(&mut self, id: &StackId) -> Option<Watched> {
        self.watched.remove(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Watched> {
        self.watched.values()
    }

    /// The next look at a place; none when nothing is waited for there any more.
    pub(crate) fn turn(&mut self, place: &Place) -> Option<(Look, Target, Call)> {
        let here: Vec<&Watched> = self.watched.values().filter(|watched| watched.target.place == *place).collect();
        let round = self.rounds.entry(place.clone()).or_default();
        if here.is_empty() {
            round.busy = false;
            return None;
        }
        round.turn += 1;
        let look = next_look(round, &here);
        let (target, call) = self.call(place, &look)?;
        Some((look, target, call))
    }

    /// How long until the next look at a place.
    pub(crate) fn interval(&self, now: Moment, place: &Place) -> Span {
        let here = self.watched.values().filter(|watched| watched.target.place == *place);
        let calm = here.map(|watched| now - watched.moved).min().unwrap_or_default();
        PACES.iter().find(|(until, _)| calm < *until).map_or(SLOWEST, |(_, pace)| *pace)
    }

    /// What an answer shows.
    pub(crate) fn answered(&mut self, now: Moment, look: &Look, result: Result<Answer, Failure>) -> Vec<Sighting> {
        match (look, result) {
            (Look::Listing(target), Ok(Answer::Stacks(stacks, rest))) => self.listed(now, target, &stacks, rest),
            (Look::Listing(target), Err(failure)) => {
                self.not_listed(target, &failure);
                Vec::new()
            }
            (Look::Stack(id), Ok(Answer::Stacks(stacks, _))) => {
                stacks.first().map(|stack| self.seen(now, id, stack)).unwrap_or_default()
            }
            (Look::Stack(id), Err(failure)) if failure.kind == FailureKind::NotFound => self.missing(id),
            (Look::Events(id), Ok(Answer::Events(events, _))) => self.happened(now, id, events),
            _ => Vec::new(),
        }
    }

    fn call(&self, place: &Place, look: &Look) -> Option<(Target, Call)> {
        let rest = self.rounds.get(place).and_then(|round| round.rest.clone());
        Some(match look {
            Look::Listing(target) => {
                let page = rest.map(|(_, page)| page).unwrap_or_default();
                (target.clone(), Call::DescribeStacks { stack: None, page })
            }
            Look::Stack(id) => {
                let watched = self.watched.get(id)?;
                let call = Call::DescribeStacks { stack: Some(watched.stack.clone()), page: Page::first() };
                (watched.target.clone(), call)
            }
            Look::Events(id) => {
                let watched = self.watched.get(id)?;
                let call = Call::DescribeStackEvents { stack: watched.stack.clone(), page: Page::first() };
                (watched.target.clone(), call)
            }
        })
    }

    fn listed(&mut self, now: Moment, target: &Target, stacks: &[Stack], rest: Option<Page>) -> Vec<Sighting> {
        let here: Vec<(StackId, String)> = self
            .watched
            .values()
            .filter(|watched| watched.target.place == target.place)
            .map(|watched| (watched.id.clone(), watched.stack.as_str().to_owned()))
            .collect();
        if let Some(round) = self.rounds.get_mut(&target.place) {
            round.alone |= rest.is_some() && here.len() < 3;
            round.rest = rest.map(|page| (target.clone(), page));
        }
        let found = |arn: &str| stacks.iter().find(|stack| stack.id == arn);
        here.iter()
            .filter_map(|(id, arn)| Some((id, found(arn)?)))
            .flat_map(|(id, stack)| self.seen(now, id, stack))
            .collect()
    }

    fn not_listed(&mut self, target: &Target, failure: &Failure) {
        if let Some(round) = self.rounds.get_mut(&target.place) {
            round.rest = None;
            round.alone |= failure.kind == FailureKind::Denied;
        }
    }

    fn seen(&mut self, now: Moment, id: &StackId, stack: &Stack) -> Vec<Sighting> {
        let Some(watched) = self.watched.get_mut(id) else { return Vec::new() };
        let mut sightings = Vec::new();
        watched.seen_at_work |= stack.status.is_in_progress();
        if stack.status.is_in_progress() && watched.ended.is_none() && watched.status != Some(stack.status) {
            watched.status = Some(stack.status);
            watched.moved = now;
            sightings.push(Sighting::Status(id.clone(), stack.status));
        }
        // Events are newer than an answer that shows another state than they do.
        let agreed = watched.ended.is_none_or(|ended| ended == stack.status);
        let verdict = match of_stack(watched, stack) {
            _ if is_long_over(watched, now, stack) => Verdict::Over(stack.status),
            Verdict::Over(_) if !agreed => Verdict::Open,
            verdict => verdict,
        };
        if let Verdict::Over(status) = verdict {
            let gone = status == StackStatus::DeleteComplete;
            sightings.push(Sighting::Over(id.clone(), status, (!gone).then(|| Box::new(stack.clone()))));
        }
        sightings
    }

    fn missing(&self, id: &StackId) -> Vec<Sighting> {
        let deleted = self.watched.get(id).is_some_and(|watched| watched.kind == Kind::Delete);
        if deleted { vec![Sighting::Over(id.clone(), StackStatus::DeleteComplete, None)] } else { Vec::new() }
    }

    fn happened(&mut self, now: Moment, id: &StackId, events: Vec<StackEvent>) -> Vec<Sighting> {
        let Some(watched) = self.watched.get_mut(id) else { return Vec::new() };
        let mut sightings = Vec::new();
        let ours = |event: &StackEvent| watched.owns(event);
        let news: Vec<StackEvent> =
            events.into_iter().filter(|event| ours(event) && !watched.events.contains(&event.id)).collect();
        // The first event of the answer is the latest: an end after which more came is none.
        let verdict = news.iter().find(|event| event.is_of_stack()).map(|event| of_event(watched, event));
        for event in news.into_iter().rev() {
            watched.tokens = true;
            watched.moved = now;
            watched.events.insert(event.id.clone());
            sightings.push(Sighting::Event(id.clone(), Box::new(event)));
        }
        match verdict {
            Some(Verdict::Over(status)) => {
                watched.ended = Some(status);
                if status == StackStatus::DeleteComplete {
                    sightings.push(Sighting::Over(id.clone(), status, None));
                }
            }
            Some(Verdict::Open) => watched.ended = None,
            None => {}
        }
        sightings
    }
}

/// Whether the operation of an earlier run ended before others worked on the stack: no answer is so old that it does not
/// show it.
fn is_long_over(watched: &Watched, now: Moment, stack: &Stack) -> bool {
    let settled = !stack.status.is_in_progress() && stack.status != StackStatus::ReviewInProgress;
    watched.attached && settled && now - watched.moved > OLD_ANSWERS
}

/// A listing goes on first; then who ended by its events; then states and events in turn.
fn next_look(round: &Round, here: &[&Watched]) -> Look {
    if let Some((target, _)) = &round.rest {
        return Look::Listing(target.clone());
    }
    let together = here.len() > 1 && !round.alone;
    let turn = usize::try_from(round.turn / 2).unwrap_or_default();
    let next = here[turn % here.len()];
    let by_state = round.turn.is_multiple_of(2);
    match here.iter().find(|watched| watched.ended.is_some()) {
        Some(ended) if together => return Look::Listing(ended.target.clone()),
        Some(ended) if by_state || here.len() == 1 => return Look::Stack(ended.id.clone()),
        _ => {}
    }
    // Events that carry our token tell the end themselves; the state is looked at now and then all the same.
    let trusted = here.len() == 1 && next.tokens && !round.turn.is_multiple_of(8);
    match (by_state && !trusted, together) {
        (true, true) => Look::Listing(next.target.clone()),
        (true, false) => Look::Stack(next.id.clone()),
        (false, _) => Look::Events(next.id.clone()),
    }
}
