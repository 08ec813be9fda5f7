//! What is worth watching of a distribution.

use ce_synth::Duration;

use super::Cdn;
use crate::observe::{AlarmTier, MissingData, Statistic, Watched, Watchlist, Widget};

/// The share of requests that a cache which pays for itself answers, in percent.
const GOOD_HIT_RATE: f64 = 85.0;

/// Errors page; a cache that is of little use warns.
///
/// Ids: `Errors` (over 5 percent of answers are 5XX for 5 minutes); `CacheHits` (under 85 percent for 3 hours), where
/// [`additional_metrics`](super::CdnBuilder::additional_metrics) are on.
impl Watched for Cdn<'_> {
    fn watchlist(&self) -> Watchlist {
        let errors = self.server_error_rate().above(5.0).for_periods(5).missing(MissingData::NotBreaching);
        let list = Watchlist::of_resource(self.distribution().scope())
            .alarm(AlarmTier::Page, "Errors", errors.described("over 5 percent of what viewers ask for fails"))
            .widget(Widget::metrics("Requests", [self.metric("Requests").statistic(Statistic::Sum)]))
            .widget(Widget::metrics("Errors, in percent", [self.metric("4xxErrorRate"), self.server_error_rate()]));
        if !self.additional_metrics {
            return list;
        }
        let hits = self.cache_hit_rate().period(Duration::hours(1));
        let few = hits.clone().below(GOOD_HIT_RATE).for_periods(3).missing(MissingData::NotBreaching);
        list.alarm(AlarmTier::Warn, "CacheHits", few.described("the cache answers too little"))
            .widget(Widget::metrics("Answered from the cache, in percent", [hits]))
    }
}
