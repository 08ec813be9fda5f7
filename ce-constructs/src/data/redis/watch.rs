//! What is worth watching of a cache.

use super::RedisCluster;
use crate::observe::{AlarmTier, Statistic, Watched, Watchlist, Widget};

/// Memory that fills and primaries that are busy: both warn.
///
/// Ids: `Memory` (over 80 percent for 3 minutes), `Cpu` (the engine of a primary over 80 percent for 5 minutes).
impl Watched for RedisCluster<'_> {
    fn watchlist(&self) -> Watchlist {
        let memory = self.memory().above(80.0).for_periods(3).described("over 80 percent of the memory is used");
        let cpu = self.primary_cpu().statistic(Statistic::Maximum).above(80.0).for_periods(5);
        Watchlist::of_resource(self.cache().scope())
            .alarm(AlarmTier::Warn, "Memory", memory)
            .alarm(AlarmTier::Warn, "Cpu", cpu.described("the engine of a primary is busy over 80 percent of the time"))
            .widget(Widget::metrics("Memory, in percent", [self.memory()]))
            .widget(Widget::metrics("CPU of the engine, in percent", [self.primary_cpu()]))
            .widget(Widget::metrics("Hits, in percent", [self.metric("CacheHitRate")]))
    }
}
