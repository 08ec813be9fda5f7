//! How fast a place is asked.
//!
//! AWS does not publish how many calls it takes; it says when there were too many. So a place begins with a window of
//! calls under way that grows with every answer. The first refusal sets a rate, from what was taken in the last second.
//! From then on there is something to measure: a bucket of tokens that is empty at one refusal and empty at the next has
//! given between them what it regains, and nothing else. The rate is set a little below that, and it grows again the
//! longer no refusal comes, late and then fast; the more often the same limit was met, the later.

use std::collections::VecDeque;

use crate::engine::{Moment, Span};

/// One call after the other at first: of a place that takes few, only one is refused. Who waits for one answer to ask the
/// next thing loses no time.
const FIRST_WINDOW: usize = 1;
const WIDEST_WINDOW: usize = 32;
/// The window is one wider after so many answers.
const ANSWERS_TO_WIDEN: usize = 4;
/// Thousandths of a call a second.
const SLOWEST: u64 = 250;
/// Faster than a call a millisecond is no pace; without an end, a refusal every some minutes would make it grow forever.
const FASTEST: u64 = 1_000_000;
/// Refusals of calls that were under way together count once. So long nothing is sent after the first one either, so that
/// the place has something in hand again.
const SAME_REFUSAL: Span = Span(1_000);
/// A refusal so soon after the last says that the rate was far too high.
const SOON: Span = Span(3_000);
/// After this time without a refusal the rate has doubled.
const DOUBLED_AFTER: Span = Span(30_000);
const DOUBLED_AFTER_AT_MOST: Span = Span(240_000);

/// The pace of one place.
#[derive(Clone, Debug)]
pub(crate) struct Pace {
    window: usize,
    under_way: usize,
    answers: usize,
    limit: Option<Limit>,
    not_before: Moment,
    taken: VecDeque<Moment>,
}

/// What is known of what a place takes.
#[derive(Clone, Copy, Debug)]
struct Limit {
    /// Thousandths of a call a second right after the last refusal.
    rate: u64,
    /// The last refusal.
    since: Moment,
    /// Calls that were taken since.
    taken: u64,
    doubled_after: Span,
}

/// When the next call may go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Turn {
    Now,
    At(Moment),
    AfterAnAnswer,
}

impl Pace {
    pub(crate) fn new() -> Self {
        Self {
            window: FIRST_WINDOW,
            under_way: 0,
            answers: 0,
            limit: None,
            not_before: Moment::default(),
            taken: VecDeque::new(),
        }
    }

    pub(crate) fn turn(&self, now: Moment) -> Turn {
        if self.under_way >= self.window {
            Turn::AfterAnAnswer
        } else if now < self.not_before {
            Turn::At(self.not_before)
        } else {
            Turn::Now
        }
    }

    pub(crate) fn sent(&mut self, now: Moment) {
        self.under_way += 1;
        if let Some(rate) = self.rate(now) {
            self.not_before = now + Span(1_000_000 / rate);
        }
    }

    pub(crate) fn answered(&mut self, now: Moment) {
        self.under_way = self.under_way.saturating_sub(1);
        self.answers += 1;
        if self.answers.is_multiple_of(ANSWERS_TO_WIDEN) {
            self.window = (self.window + 1).min(WIDEST_WINDOW);
        }
        if let Some(limit) = &mut self.limit {
            limit.taken += 1;
        }
        self.taken.push_back(now);
        self.forget(now);
    }

    /// A call was refused. Whether this is news.
    pub(crate) fn refused(&mut self, now: Moment) -> bool {
        self.under_way = self.under_way.saturating_sub(1);
        self.forget(now);
        let limit = match self.limit {
            Some(limit) if now - limit.since < SAME_REFUSAL => return false,
            Some(limit) => limit.met_again(now),
            None => Limit::first(self.taken.len(), now),
        };
        let first = self.limit.is_none();
        self.limit = Some(limit);
        self.window = FIRST_WINDOW;
        self.not_before = now + Span(1_000_000 / limit.rate).max(if first { SAME_REFUSAL } else { Span(0) });
        true
    }

    fn rate(&self, now: Moment) -> Option<u64> {
        self.limit.map(|limit| limit.rate_at(now))
    }

    fn forget(&mut self, now: Moment) {
        while self.taken.front().is_some_and(|at| now - *at > Span(1_000)) {
            self.taken.pop_front();
        }
    }
}

impl Limit {
    /// A guess: of the calls of a second, some were what the place had in hand.
    fn first(taken: usize, now: Moment) -> Self {
        let rate = ((taken as u64 + 1) * 600).clamp(SLOWEST, FASTEST);
        Self { rate, since: now, taken: 0, doubled_after: DOUBLED_AFTER }
    }

    fn met_again(self, now: Moment) -> Self {
        let (passed, current) = ((now - self.since).0.max(1), self.rate_at(now));
        let regained = self.taken.saturating_mul(1_000_000) / passed;
        let soon = now - self.since < SOON;
        let most = if soon { current * 7 / 10 } else { current };
        let rate = (regained * 9 / 10).min(most).clamp(SLOWEST, FASTEST);
        let same = !soon && rate.abs_diff(self.rate) * 4 <= self.rate;
        let later = Span(self.doubled_after.0 * 2).min(DOUBLED_AFTER_AT_MOST);
        Self { rate, since: now, taken: 0, doubled_after: if same { later } else { DOUBLED_AFTER } }
    }

    fn rate_at(self, now: Moment) -> u64 {
        let (calm, whole) = ((now - self.since).0.min(10 * self.doubled_after.0), self.doubled_after.0);
        // In thousandths, as three times the time in milliseconds is too large to be multiplied.
        let part = calm * 1_000 / whole;
        (self.rate + self.rate * part * part / 1_000 * part / 1_000_000).min(FASTEST)
    }
}

#[cfg(test)]
mod tests {
    use super::{ANSWERS_TO_WIDEN, Pace, Turn};
    use crate::engine::{Moment, Span};

    #[test]
    fn a_window_grows_with_answers() {
        let mut pace = Pace::new();
        let now = Moment(0);
        for _ in 0..ANSWERS_TO_WIDEN {
            assert_eq!(pace.turn(now), Turn::Now);
            pace.sent(now);
            assert_eq!(pace.turn(now), Turn::AfterAnAnswer);
            pace.answered(now);
        }
        pace.sent(now);
        assert_eq!(pace.turn(now), Turn::Now, "two at once by now");
    }

    #[test]
    fn a_refusal_slows_down_once_and_calm_speeds_up() {
        let mut pace = Pace::new();
        let now = Moment(5_000);
        for _ in 0..4 {
            pace.sent(now);
            pace.answered(now);
        }
        (0..2).for_each(|_| pace.sent(now));
        assert!(pace.refused(now));
        assert!(!pace.refused(now), "they were under way together");
        assert_eq!(pace.turn(now), Turn::At(now + Span::seconds(1)));
        // Six tenths of five calls a second.
        assert_eq!(pace.rate(now), Some(3_000));
        assert_eq!(pace.rate(now + Span::seconds(30)), Some(6_000));
    }

    #[test]
    fn a_refusal_every_ten_minutes_leaves_a_pace() {
        let mut pace = Pace::new();
        for tens in 0..1_000 {
            let now = Moment(tens * 600_000);
            pace.sent(now);
            assert!(pace.refused(now));
        }
        assert!(pace.rate(Moment(600_000_000)).is_some_and(|rate| rate <= super::FASTEST));
    }

    /// A minute of a place with a bucket of tokens: calls that were sent, and how many of them were refused.
    fn a_minute(per_second: u64, burst: u64) -> (u64, u64) {
        let (mut pace, mut tokens, mut refused, mut sent) = (Pace::new(), burst * 1_000, 0, 0);
        for now in (0..60_000).map(Moment) {
            tokens = (tokens + per_second).min(burst * 1_000);
            while pace.turn(now) == Turn::Now {
                pace.sent(now);
                sent += 1;
                if tokens >= 1_000 {
                    tokens -= 1_000;
                    pace.answered(now);
                } else {
                    refused += 1;
                    pace.refused(now);
                }
            }
        }
        (sent, refused)
    }

    #[test]
    fn it_settles_near_what_a_place_takes() {
        for (per_second, burst) in
            [(1, 1), (1, 5), (2, 1), (2, 2), (2, 10), (4, 4), (4, 20), (10, 10), (10, 50), (25, 25)]
        {
            let (sent, refused) = a_minute(per_second, burst);
            assert!(sent * 5 >= per_second * 60 * 3, "{per_second} a second, {burst} in hand: only {sent} sent");
            assert!(
                refused <= (sent / 20).max(3),
                "{per_second} a second, {burst} in hand: {refused} of {sent} refused"
            );
        }
    }

    #[test]
    fn a_limit_that_is_met_again_is_tried_later_each_time() {
        let mut pace = Pace::new();
        let mut now = Moment(0);
        for later in [30, 30, 60, 120, 240, 240] {
            pace.sent(now);
            pace.refused(now);
            assert_eq!(pace.limit.map(|limit| limit.doubled_after), Some(Span::seconds(later)));
            // What it takes at the slowest.
            for _ in 0..5 {
                now = now + Span::seconds(4);
                pace.sent(now);
                pace.answered(now);
            }
        }
    }
}
