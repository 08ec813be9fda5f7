//! What is watched of a system: each part brings its own, and the application adds what it counts.

use ce::observe::Percentile;
use ce::prelude::*;

use super::System;
use super::services::Services;

impl Watched for System<'_> {
    fn watchlist(&self) -> Watchlist {
        let (front, services, data) = (&self.front, &self.services, &self.data);
        Watchlist::of("System")
            .part(&application(services))
            // That alarm is beside the services: it takes releases back.
            .part(&front.balancer.watchlist().without("ErrorRate"))
            .part(&front.auth.targets)
            .part(&front.core.targets)
            .part(&front.agent.targets)
            .part(&services.auth)
            .part(&services.core)
            .part(&services.agent)
            .part(&services.workflow)
            .part(&data.database)
            .part(&data.cache)
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
