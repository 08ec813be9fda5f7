//! What is watched of a system: each part brings its own, and the application adds what it counts.

use ce::observe::{MissingData, Percentile};
use ce::prelude::*;

use super::System;
use super::front::Door;
use super::services::Services;

impl Watched for System<'_> {
    fn watchlist(&self) -> Watchlist {
        let (front, services, data) = (&self.front, &self.services, &self.data);
        Watchlist::of("System")
            .part(&application(services))
            // That alarm is beside the services: it takes releases back.
            .part(&front.balancer.watchlist().without("ErrorRate"))
            .part(&front.auth)
            .part(&front.core)
            .part(&front.agent)
            .part(&services.auth)
            .part(&services.core)
            .part(&services.agent)
            .part(&services.workflow)
            .part(&data.database)
            .part(&data.cache)
    }
}

/// A way is open while either version has a healthy target.
impl Watched for Door<'_> {
    fn watchlist(&self) -> Watchlist {
        let Some(next) = &self.next else { return self.targets.watchlist() };
        let both = [("now", self.targets.healthy_hosts()), ("next", next.healthy_hosts())];
        let healthy = Metric::math("FILL(now, 0) + FILL(next, 0)", both);
        let none = healthy.below(1.0).for_periods(5).missing(MissingData::Breaching);
        self.targets.watchlist().change("Unavailable", |_| none.described("no target of either version is healthy"))
    }
}

/// What the services count themselves, and what is counted in their logs.
fn application(services: &Services<'_>) -> Watchlist {
    let own = |name: &str| Metric::new("ClaudeEnhancer", name);
    let took = |service: &str| {
        let time = own("ProcessingTime").dimension("Service", service);
        time.statistic(Statistic::Percentile(Percentile::P95)).label(service)
    };
    let errors = services.all().map(|(name, service)| {
        service.logs().count("LoggedErrors", "{ $.level = \"error\" }", "ClaudeEnhancer", &format!("{name}-errors"))
    });
    Watchlist::of("Application")
        .widget(Widget::metrics("Throughput", [own("Throughput").statistic(Statistic::Sum)]))
        .widget(Widget::numbers("Active users", [own("ActiveUsers").statistic(Statistic::Maximum)]))
        .widget(Widget::metrics("Agents' task queue", [own("ActiveTaskCount").statistic(Statistic::Sum)]))
        .widget(Widget::metrics("Processing time, p95", ["auth", "core", "agent", "workflow"].map(took)))
        .widget(Widget::metrics("Success rate, end to end", [own("SuccessRate")]))
        .widget(Widget::metrics("Errors in logs", errors))
}
