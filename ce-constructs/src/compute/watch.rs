//! What is worth watching of services and functions.

use super::{FargateService, LambdaFunction};
use crate::observe::{AlarmTier, Metric, MissingData, Statistic, Watched, Watchlist, Widget};

/// Tasks that are busy or fill their memory or disk: all warn.
///
/// Ids: `Cpu`, `Memory` and `Storage`, each over 80 percent for 5 minutes. `Storage` needs Container Insights.
impl Watched for FargateService<'_> {
    fn watchlist(&self) -> Watchlist {
        let full = |metric: Metric, what: &str| {
            metric.above(80.0).for_periods(5).described(format!("tasks use over 80 percent of their {what}"))
        };
        Watchlist::of_resource(self.service().scope())
            .alarm(AlarmTier::Warn, "Cpu", full(self.cpu(), "CPU"))
            .alarm(AlarmTier::Warn, "Memory", full(self.memory(), "memory"))
            .alarm(AlarmTier::Warn, "Storage", full(self.storage(), "disk").missing(MissingData::NotBreaching))
            .widget(Widget::metrics("CPU and memory, in percent", [self.cpu(), self.memory()]))
            .widget(Widget::metrics("Tasks", [self.running_tasks()]))
            .widget(Widget::log("Errors", "filter level = \"error\" | sort @timestamp desc | limit 20", [&self.logs()]))
    }
}

impl LambdaFunction<'_> {
    /// Calls that failed.
    pub fn errors(self) -> Metric {
        self.metric("Errors").statistic(Statistic::Sum)
    }

    /// Calls that were refused for want of concurrency.
    pub fn throttles(self) -> Metric {
        self.metric("Throttles").statistic(Statistic::Sum)
    }

    /// How long a call takes, in milliseconds.
    pub fn run_time(self) -> Metric {
        self.metric("Duration")
    }

    /// Any metric of the function, by its name.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html>
    pub fn metric(self, name: &str) -> Metric {
        Metric::new("AWS/Lambda", name).dimension("FunctionName", self.function().ref_())
    }
}

/// Calls that fail or are refused warn.
///
/// Ids: `Errors`, `Throttles`.
impl Watched for LambdaFunction<'_> {
    fn watchlist(&self) -> Watchlist {
        let any = |metric: Metric| metric.above(0.0).missing(MissingData::NotBreaching);
        Watchlist::of_resource(self.function().scope())
            .alarm(AlarmTier::Warn, "Errors", any(self.errors()).described("a call failed"))
            .alarm(AlarmTier::Warn, "Throttles", any(self.throttles()).described("a call was refused"))
            .widget(Widget::metrics("Calls", [self.metric("Invocations").statistic(Statistic::Sum), self.errors()]))
            .widget(Widget::metrics("Time of a call, in milliseconds", [self.run_time()]))
    }
}
