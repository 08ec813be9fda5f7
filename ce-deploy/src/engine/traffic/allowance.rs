//! How often a place is looked at while waiting.

use std::collections::BTreeMap;

use crate::cloud::Place;
use crate::engine::{Moment, Span};

/// Two looks a second at a place, whatever number of stacks is waited for. Source: our target in `docs/performance.md`.
const APART: Span = Span(500);

/// Gives out the moments at which a place may be looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowance {
    next: BTreeMap<Place, Moment>,
}

impl Allowance {
    /// The first free moment from a time on; it is taken.
    pub(crate) fn take(&mut self, place: &Place, from: Moment) -> Moment {
        let next = self.next.entry(place.clone()).or_default();
        let at = from.max(*next);
        *next = at + APART;
        at
    }
}

#[cfg(test)]
mod tests {
    use super::Allowance;
    use crate::cloud::Place;
    use crate::engine::Moment;

    #[test]
    fn looks_are_half_a_second_apart() {
        let mut allowance = Allowance::default();
        let place = Place::new("111111111111", "eu-west-1");
        assert_eq!(allowance.take(&place, Moment(100)), Moment(100));
        assert_eq!(allowance.take(&place, Moment(100)), Moment(600));
        assert_eq!(allowance.take(&place, Moment(5_000)), Moment(5_000));
    }
}
