//! When a failed call is sent again.

use crate::cloud::{Failure, FailureKind};
use crate::engine::Span;

/// How hard a call is tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Patience {
    /// Until it is done, within reason: the run cannot go on without.
    Firm,
    /// Once: whoever asked will look again anyway.
    Once,
    /// Again only where the service asks to wait, and a few times: it is good to know, and nothing depends on it.
    Idle,
}

/// A refusal is waited out this often; the pace of the place decides when.
const REFUSALS: u32 = 200;
const TRIES: u32 = 9;
const IDLE_TRIES: u32 = 4;
const TRIES_WITH_NEW_CREDENTIALS: u32 = 4;

/// What to do with a failure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Again {
    No,
    /// As soon as the place takes it.
    InTurn,
    After(Span),
}

impl Patience {
    pub(crate) fn again(self, failure: &Failure, attempt: u32) -> Again {
        use FailureKind as K;
        if self == Self::Once {
            return Again::No;
        }
        if self == Self::Idle {
            let waits = failure.kind == K::Throttled && attempt < IDLE_TRIES;
            return if waits { Again::After(backoff(600, attempt)) } else { Again::No };
        }
        match failure.kind {
            K::Throttled if attempt < REFUSALS => Again::InTurn,
            K::Unavailable | K::NoAnswer | K::Garbled if attempt < TRIES => Again::After(backoff(200, attempt)),
            K::Expired if attempt < TRIES_WITH_NEW_CREDENTIALS => Again::After(backoff(1_000, attempt)),
            // The driver learns the difference of the clocks from the answer.
            K::ClockSkew if attempt < 2 => Again::After(Span(200)),
            _ => Again::No,
        }
    }
}

/// Twice as long each time, at most ten seconds.
fn backoff(first: u64, attempt: u32) -> Span {
    Span((first << attempt.saturating_sub(1).min(16)).min(10_000))
}

#[cfg(test)]
mod tests {
    use super::{Again, Patience};
    use crate::cloud::Failure;
    use crate::engine::Span;

    #[test]
    fn it_waits_longer_each_time_and_gives_up() {
        let lost = Failure::no_answer("reset");
        assert_eq!(Patience::Firm.again(&lost, 1), Again::After(Span(200)));
        assert_eq!(Patience::Firm.again(&lost, 3), Again::After(Span(800)));
        assert_eq!(Patience::Firm.again(&lost, 9), Again::No);
        assert_eq!(Patience::Once.again(&lost, 1), Again::No);
        assert_eq!(Patience::Idle.again(&lost, 1), Again::No);
        let throttled = Failure::answered("ThrottlingException", "Rate exceeded");
        assert_eq!(Patience::Idle.again(&throttled, 1), Again::After(Span(600)));
        assert_eq!(Patience::Idle.again(&throttled, 4), Again::No);
    }

    #[test]
    fn a_quota_or_a_denial_is_not_tried_again() {
        for code in ["LimitExceededException", "AccessDenied", "ValidationError"] {
            assert_eq!(Patience::Firm.again(&Failure::answered(code, ""), 1), Again::No);
        }
    }
}
