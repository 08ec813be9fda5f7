//! What is worth watching of a load balancer and its targets.

use super::{ApplicationLoadBalancer, TargetGroup};
use crate::observe::{AlarmTier, Metric, MissingData, Percentile, Statistic, Watched, Watchlist, Widget};

/// Errors without a sample are none, and errors without a request are all there is.
const ERROR_RATE: &str = "IF(FILL(requests, 0) > 0, \
                          100 * (FILL(targets, 0) + FILL(balancer, 0)) / FILL(requests, 1), \
                          IF(FILL(balancer, 0) > 0, 100, 0))";

impl ApplicationLoadBalancer<'_> {
    /// Requests that it handed to a target.
    pub fn requests(&self) -> Metric {
        self.metric("RequestCount").statistic(Statistic::Sum)
    }

    /// Answers with 5XX, of targets and of its own.
    pub fn server_errors(&self) -> Metric {
        Metric::math("FILL(targets, 0) + FILL(balancer, 0)", self.errors())
    }

    /// Answers with 5XX in percent of requests, of targets and of its own; 100 where no request finds a target.
    pub fn error_rate(&self) -> Metric {
        let [targets, balancer] = self.errors();
        Metric::math(ERROR_RATE, [targets, balancer, ("requests", self.requests())])
    }

    fn errors(&self) -> [(&'static str, Metric); 2] {
        let count = |name: &str| self.metric(name).statistic(Statistic::Sum);
        [("targets", count("HTTPCode_Target_5XX_Count")), ("balancer", count("HTTPCode_ELB_5XX_Count"))]
    }

    fn slower_than(&self, percentile: Percentile) -> Metric {
        self.metric("TargetResponseTime").statistic(Statistic::Percentile(percentile)).label(percentile.to_string())
    }
}

/// Errors page; answers that get slower, and connections that are refused, warn.
///
/// Ids: `ErrorRate` (over 5 percent for 5 minutes), `ResponseTime` (above what was learned for 5 minutes), `Rejected`
/// (connections beyond its capacity).
impl Watched for ApplicationLoadBalancer<'_> {
    fn watchlist(&self) -> Watchlist {
        let errors = self.error_rate().above(5.0).for_periods(5).missing(MissingData::NotBreaching);
        let slow = self.response_time().above_expected(2.0).for_periods(5).missing(MissingData::NotBreaching);
        let rejected = self.metric("RejectedConnectionCount").statistic(Statistic::Sum).above(0.0).for_periods(5);
        let rejected = rejected.missing(MissingData::NotBreaching);
        let times = [Percentile::P50, Percentile::P95, Percentile::P99].map(|percentile| self.slower_than(percentile));
        Watchlist::of_resource(self.load_balancer().scope())
            .alarm(AlarmTier::Page, "ErrorRate", errors.described("over 5 percent of requests fail"))
            .alarm(AlarmTier::Warn, "ResponseTime", slow.described("answers take longer than usual"))
            .alarm(AlarmTier::Warn, "Rejected", rejected.described("connections are refused for want of capacity"))
            .widget(Widget::metrics("Requests", [self.requests()]))
            .widget(Widget::metrics("Errors, in percent", [self.error_rate().label("5XX")]))
            .widget(Widget::metrics("Time of an answer, in seconds", times))
    }
}

impl TargetGroup<'_> {
    /// How many targets are healthy, in the zone that has most: zones without a target say 0.
    pub fn healthy_hosts(self) -> Metric {
        self.metric("HealthyHostCount").statistic(Statistic::Maximum)
    }
}

/// A group without a healthy target pages.
///
/// Ids: `Unavailable` (no healthy target for 5 minutes).
impl Watched for TargetGroup<'_> {
    fn watchlist(&self) -> Watchlist {
        let none = self.healthy_hosts().below(1.0).for_periods(5).missing(MissingData::Breaching);
        let unhealthy = self.metric("UnHealthyHostCount").statistic(Statistic::Maximum);
        Watchlist::of_resource(self.target_group().scope())
            .alarm(AlarmTier::Page, "Unavailable", none.described("no target is healthy"))
            .widget(Widget::metrics("Targets", [self.healthy_hosts(), unhealthy]))
            .widget(Widget::metrics("Requests", [self.metric("RequestCount").statistic(Statistic::Sum)]))
            .widget(Widget::metrics("Time of an answer, in seconds", [self.metric("TargetResponseTime")]))
    }
}
