//! What is worth watching of an RDS instance.

use super::RdsInstance;
use crate::observe::{AlarmTier, Statistic, Watched, Watchlist, Widget};

const GIB: f64 = 1_073_741_824.0;

/// A busy instance, more connections than usual, a disk that fills: all warn.
///
/// Ids: `Cpu` (over 80 percent for 5 minutes), `Connections` (far above what was learned), `Storage` (under a fifth of what
/// it began with).
impl Watched for RdsInstance<'_> {
    fn watchlist(&self) -> Watchlist {
        let cpu = self.cpu().above(80.0).for_periods(5).described("it uses over 80 percent of its CPU");
        let connections = self.database_connections().above_expected(3.0).for_periods(5);
        let list = Watchlist::of_resource(self.instance().scope()).alarm(AlarmTier::Warn, "Cpu", cpu).alarm(
            AlarmTier::Warn,
            "Connections",
            connections.described("far more connections than usual are open"),
        );
        let storage = self.instance().peek("AllocatedStorage").and_then(|gib| gib.as_text()?.parse::<f64>().ok());
        let list = match storage {
            Some(gib) => {
                let little = self.free_storage().below(gib * GIB / 5.0).for_periods(5);
                list.alarm(AlarmTier::Warn, "Storage", little.described("a fifth of the disk is left"))
            }
            None => list,
        };
        let each = |name: &str| self.metric(name).statistic(Statistic::Average);
        list.widget(Widget::metrics("CPU, in percent", [self.cpu()]))
            .widget(Widget::metrics("Connections", [self.database_connections()]))
            .widget(Widget::metrics("Free memory and disk", [self.freeable_memory(), self.free_storage()]))
            .widget(Widget::metrics("Disk I/O", [each("ReadIOPS"), each("WriteIOPS")]))
    }
}
