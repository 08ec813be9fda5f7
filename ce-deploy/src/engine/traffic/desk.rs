//! The desk that every call goes over.

use std::collections::{BTreeMap, VecDeque};

use super::allowance::Allowance;
use super::jitter::Jitter;
use super::pace::{Pace, Turn};
use super::patience::{Again, Patience};
use crate::cloud::{Answer, Call, Failure, FailureKind, Place, Target};
use crate::engine::{Action, CallId, Moment, Progress, Span, TimerId};
use crate::journal::Entry;

/// Sends calls at the pace of their place, sends them again where that helps, keeps what must be done later, and gathers
/// the actions of a step. `P` says what a call or a reminder is for.
#[derive(Clone, Debug)]
pub(crate) struct Desk<P> {
    lanes: BTreeMap<Place, Lane<P>>,
    sent: BTreeMap<CallId, Letter<P>>,
    agenda: BTreeMap<(Moment, u64), Due<P>>,
    allowance: Allowance,
    jitter: Jitter,
    /// The timer that counts; one that was overtaken by an earlier one goes off for nothing.
    wake: Option<(Moment, TimerId)>,
    last: u64,
    actions: Vec<Action>,
}

#[derive(Clone, Debug)]
struct Lane<P> {
    pace: Pace,
    queue: VecDeque<Letter<P>>,
    /// When the queue is looked at next, so that it is on the agenda once.
    woken_at: Option<Moment>,
}

#[derive(Clone, Debug)]
struct Letter<P> {
    purpose: P,
    target: Target,
    call: Call,
    patience: Patience,
    attempt: u32,
}

#[derive(Clone, Debug)]
enum Due<P> {
    Reminder(P),
    Resend(Letter<P>),
    Queue(Place),
}

impl<P> Desk<P> {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            lanes: BTreeMap::new(),
            sent: BTreeMap::new(),
            agenda: BTreeMap::new(),
            allowance: Allowance::default(),
            jitter: Jitter::new(seed),
            wake: None,
            last: 0,
            actions: Vec::new(),
        }
    }

    /// A desk whose numbers begin there.
    pub(crate) fn numbered_from(first: u64) -> Self {
        Self { last: first, ..Self::new(0) }
    }

    /// Asks, and goes on asking until it is done or makes no sense.
    pub(crate) fn ask(&mut self, now: Moment, purpose: P, target: &Target, call: Call) {
        self.put(now, Letter { purpose, target: target.clone(), call, patience: Patience::Firm, attempt: 1 });
    }

    /// Asks once.
    pub(crate) fn look(&mut self, now: Moment, purpose: P, target: &Target, call: Call) {
        self.put(now, Letter { purpose, target: target.clone(), call, patience: Patience::Once, attempt: 1 });
    }

    /// Asks for something that is good to know.
    pub(crate) fn wonder(&mut self, now: Moment, purpose: P, target: &Target, call: Call) {
        self.put(now, Letter { purpose, target: target.clone(), call, patience: Patience::Idle, attempt: 1 });
    }

    /// When a place may be looked at next; the moment is taken.
    pub(crate) fn next_look(&mut self, place: &Place, from: Moment) -> Moment {
        self.allowance.take(place, from)
    }

    /// Brings something up again later.
    pub(crate) fn remind(&mut self, at: Moment, purpose: P) {
        self.schedule(at, Due::Reminder(purpose));
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.actions.push(action);
    }

    pub(crate) fn tell(&mut self, progress: Progress) {
        self.actions.push(Action::Tell(Box::new(progress)));
    }

    pub(crate) fn record(&mut self, entry: &Entry) {
        self.actions.push(Action::Record(entry.line()));
    }

    /// Takes an answer in: what it is for and how the call ended; none while it is tried again.
    pub(crate) fn answered(
        &mut self,
        now: Moment,
        id: CallId,
        result: Result<Answer, Failure>,
    ) -> Option<(P, Result<Answer, Failure>)> {
        let letter = self.sent.remove(&id)?;
        let place = letter.target.place.clone();
        self.note(now, &place, result.as_ref().err());
        let settled = match result {
            Ok(answer) => Some((letter.purpose, Ok(answer))),
            Err(failure) => self.failed(now, letter, failure),
        };
        self.pump(now, &place);
        settled
    }

    /// What was to be brought up again by now.
    pub(crate) fn due(&mut self, now: Moment) -> Vec<P> {
        let mut due = Vec::new();
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= now) {
            match entry.remove() {
                Due::Reminder(purpose) => due.push(purpose),
                Due::Resend(letter) => self.put(now, letter),
                Due::Queue(place) => {
                    self.lanes.entry(place.clone()).or_insert_with(Lane::new).woken_at = None;
                    self.pump(now, &place);
                }
            }
        }
        due
    }

    /// A timer went off.
    pub(crate) fn woke(&mut self, id: TimerId) {
        if self.wake.is_some_and(|(_, awaited)| awaited == id) {
            self.wake = None;
        }
    }

    /// The actions of the step, and a timer for what comes next.
    pub(crate) fn actions(&mut self) -> Vec<Action> {
        if let Some(next) = self.agenda.keys().next().map(|(at, _)| *at)
            && self.wake.is_none_or(|(wake, _)| next < wake)
        {
            let id = TimerId(self.number());
            self.wake = Some((next, id));
            self.actions.push(Action::Wake { id, at: next });
        }
        std::mem::take(&mut self.actions)
    }

    fn failed(&mut self, now: Moment, mut letter: Letter<P>, failure: Failure) -> Option<(P, Result<Answer, Failure>)> {
        let again = letter.patience.again(&failure, letter.attempt);
        letter.attempt += 1;
        match again {
            Again::No => return Some((letter.purpose, Err(failure))),
            Again::InTurn => {
                self.lanes.entry(letter.target.place.clone()).or_insert_with(Lane::new).queue.push_front(letter);
            }
            Again::After(span) => {
                let (place, attempt) = (letter.target.place.clone(), letter.attempt);
                self.tell(Progress::Retry { place, reason: failure.to_string(), attempt });
                let at = now + Span(self.jitter.soften(span.0));
                self.schedule(at, Due::Resend(letter));
            }
        }
        None
    }

    fn note(&mut self, now: Moment, place: &Place, failure: Option<&Failure>) {
        let pace = &mut self.lanes.entry(place.clone()).or_insert_with(Lane::new).pace;
        if failure.is_some_and(|failure| failure.kind == FailureKind::Throttled) {
            if pace.refused(now) {
                self.tell(Progress::Throttled { place: place.clone() });
            }
        } else {
            pace.answered(now);
        }
    }

    fn put(&mut self, now: Moment, letter: Letter<P>) {
        let place = letter.target.place.clone();
        self.lanes.entry(place.clone()).or_insert_with(Lane::new).queue.push_back(letter);
        self.pump(now, &place);
    }

    /// Sends what the pace of the place allows.
    fn pump(&mut self, now: Moment, place: &Place) {
        loop {
            let Some(lane) = self.lanes.get_mut(place).filter(|lane| !lane.queue.is_empty()) else { return };
            match lane.pace.turn(now) {
                Turn::AfterAnAnswer => return,
                Turn::At(at) => {
                    if lane.woken_at.is_none_or(|woken| at < woken) {
                        lane.woken_at = Some(at);
                        self.schedule(at, Due::Queue(place.clone()));
                    }
                    return;
                }
                Turn::Now => {
                    lane.pace.sent(now);
                    let Some(letter) = lane.queue.pop_front() else { return };
                    self.dispatch(letter);
                }
            }
        }
    }

    fn dispatch(&mut self, letter: Letter<P>) {
        let id = CallId(self.number());
        self.actions.push(Action::Call { id, target: letter.target.clone(), call: letter.call.clone() });
        self.sent.insert(id, letter);
    }

    fn schedule(&mut self, at: Moment, due: Due<P>) {
        let number = self.number();
        self.agenda.insert((at, number), due);
    }

    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

impl<P> Lane<P> {
    fn new() -> Self {
        Self { pace: Pace::new(), queue: VecDeque::new(), woken_at: None }
    }
}

#[cfg(test)]
mod tests {
    use super::Desk;
    use crate::cloud::{Answer, Call, Failure, Place, Target};
    use crate::engine::{Action, CallId, Moment};

    fn target() -> Target {
        Target::new(Place::new("111111111111", "eu-west-1"))
    }

    fn calls(actions: &[Action]) -> Vec<CallId> {
        let id = |action: &Action| match action {
            Action::Call { id, .. } => Some(*id),
            _ => None,
        };
        actions.iter().filter_map(id).collect()
    }

    #[test]
    fn a_refused_call_is_sent_again_in_its_turn() {
        let mut desk = Desk::new(1);
        let mut now = Moment(0);
        desk.ask(now, "who", &target(), Call::Identity);
        let first = calls(&desk.actions())[0];
        assert!(desk.answered(now, first, Err(Failure::answered("Throttling", "Rate exceeded"))).is_none());
        let actions = desk.actions();
        let Some(Action::Wake { at, id }) = actions.last() else { panic!("{actions:?}") };
        now = *at;
        desk.woke(*id);
        assert!(desk.due(now).is_empty());
        let again = calls(&desk.actions())[0];
        assert_eq!(desk.answered(now, again, Ok(Answer::Done)), Some(("who", Ok(Answer::Done))));
    }

    #[test]
    fn an_answer_nobody_waits_for_is_nothing() {
        let mut desk = Desk::<()>::new(1);
        assert!(desk.answered(Moment(0), CallId(7), Ok(Answer::Done)).is_none());
    }

    #[test]
    fn there_is_one_timer_for_the_next_thing() {
        let mut desk = Desk::new(1);
        desk.remind(Moment(900), "later");
        let actions = desk.actions();
        let [Action::Wake { at: Moment(900), id: overtaken }] = actions[..] else { panic!("{actions:?}") };
        desk.remind(Moment(100), "sooner");
        let actions = desk.actions();
        let [Action::Wake { at: Moment(100), id }] = actions[..] else { panic!("{actions:?}") };
        desk.woke(overtaken);
        assert!(desk.actions().is_empty(), "the timer that counts is still to come");
        desk.woke(id);
        assert_eq!(desk.due(Moment(100)), ["sooner"]);
        let actions = desk.actions();
        assert!(matches!(actions[..], [Action::Wake { at: Moment(900), .. }]), "{actions:?}");
    }
}
