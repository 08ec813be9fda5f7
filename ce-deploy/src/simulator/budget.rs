//! How many requests a place takes: a token bucket for each API.

use std::collections::BTreeMap;

use super::settings::Budget;
use crate::engine::Moment;

/// Buckets by API.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    /// Thousandths of a request that are left, and when that was so.
    left: BTreeMap<&'static str, (u64, Moment)>,
}

impl Buckets {
    /// Takes one request out, if there is one.
    pub(super) fn take(&mut self, api: &'static str, budget: Budget, now: Moment) -> bool {
        let full = u64::from(budget.burst) * 1_000;
        let (left, since) = self.left.entry(api).or_insert((full, now));
        let regained = (now - *since).0.saturating_mul(u64::from(budget.per_second));
        *left = full.min(left.saturating_add(regained));
        *since = now;
        match left.checked_sub(1_000) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Buckets, Budget};
    use crate::engine::Moment;

    #[test]
    fn a_bucket_fills_again() {
        let budget = Budget { burst: 2, per_second: 1 };
        let mut buckets = Buckets::default();
        let mut take = |at| buckets.take("DescribeStacks", budget, Moment(at));
        assert_eq!([take(0), take(0), take(0), take(999), take(1_999)], [true, true, false, false, true]);
    }
}
