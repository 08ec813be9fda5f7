//! How fast a place is asked.
//!
//! AWS does not publish how many calls it takes; it says when there were too many. So a place begins with a window of
//! calls under way that grows with every answer. The first refusal sets a rate, from what was taken in the last second;
//! each further refusal cuts it, and it grows again the longer none comes: additive at first, fast after half a minute,
//! so that the limit is found without being run into all the time.

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
/// Refusals of calls that were under way together count once.
const SAME_REFUSAL: Span = Span(1_000);
/// A refusal so soon after the last halves the rate.
const SOON: Span = Span(3_000);
/// After this time without a refusal the rate has doubled.
const DOUBLED_AFTER: u64 = 30_000;

/// The pace of one place.
#[derive(Clone, Debug)]
pub(crate) struct Pace {
    window: usize,
    under_way: usize,
    answers: usize,
    /// Thousandths of a call a second at the last refusal, and when that was.
    limit: Option<(u64, Moment)>,
    not_before: Moment,
    taken: VecDeque<Moment>,
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
        self.taken.push_back(now);
        self.forget(now);
    }

    /// A call was refused. Whether this is news.
    pub(crate) fn refused(&mut self, now: Moment) -> bool {
        self.under_way = self.under_way.saturating_sub(1);
        self.forget(now);
        let rate = match self.limit {
            Some((_, since)) if now - since < SAME_REFUSAL => return false,
            // Still far too fast.
            Some((_, since)) if now - since < SOON => self.rate(now).unwrap_or(SLOWEST) / 2,
            Some(_) => self.rate(now).unwrap_or(SLOWEST) * 7 / 10,
            None => self.taken.len() as u64 * 700,
        };
        let rate = rate.clamp(SLOWEST, FASTEST);
        self.limit = Some((rate, now));
        self.window = FIRST_WINDOW;
        self.not_before = now + Span(1_000_000 / rate);
        true
    }

    fn rate(&self, now: Moment) -> Option<u64> {
        let (rate, since) = self.limit?;
        let calm = (now - since).0.min(10 * DOUBLED_AFTER);
        Some((rate + rate * calm * calm / (DOUBLED_AFTER * DOUBLED_AFTER)).min(FASTEST))
    }

    fn forget(&mut self, now: Moment) {
        while self.taken.front().is_some_and(|at| now - *at > Span(1_000)) {
            self.taken.pop_front();
        }
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
        // Seven tenths of four calls a second.
        assert_eq!(pace.turn(now), Turn::At(now + Span(357)));
        assert_eq!(pace.rate(now), Some(2_800));
        assert_eq!(pace.rate(now + Span::seconds(30)), Some(5_600));
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

    #[test]
    fn it_settles_near_what_a_place_takes() {
        // A place that takes two calls a second and keeps four in hand.
        let (mut pace, mut tokens, mut refused, mut sent) = (Pace::new(), 4_000_u64, 0, 0);
        for tick in 0..6_000_u64 {
            let now = Moment(tick * 10);
            tokens = (tokens + 20).min(4_000);
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
        assert!(sent > 90, "{sent} in a minute");
        assert!(refused * 12 < sent, "{refused} of {sent} refused");
    }
}
