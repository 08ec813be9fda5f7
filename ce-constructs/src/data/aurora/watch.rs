//! What is worth watching of an Aurora cluster.

use super::AuroraCluster;
use crate::data::InstanceClass;
use crate::observe::{AlarmTier, Metric, MissingData, Statistic, Watched, Watchlist, Widget};

const GIB: f64 = 1_073_741_824.0;

/// Busy instances, connections that run out, temporary storage that fills: all warn.
///
/// Ids: `Cpu` (over 80 percent for 5 minutes); `Connections` (over 80 percent of `max_connections` where that is set as a
/// parameter of instances, else far above what was learned); `LocalStorage` (under a fifth of what the class has, which
/// is about twice its memory; not of serverless instances).
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.TempStorage.html>
impl Watched for AuroraCluster<'_> {
    fn watchlist(&self) -> Watchlist {
        let cpu = self.cpu().above(80.0).for_periods(5).described("instances use over 80 percent of their CPU");
        let list = Watchlist::of_resource(self.cluster().scope()).alarm(AlarmTier::Warn, "Cpu", cpu).alarm(
            AlarmTier::Warn,
            "Connections",
            self.too_many_connections(),
        );
        let list = match self.local_storage() {
            Some(gib) => {
                let little = self.free_local_storage().below(gib * GIB / 5.0).for_periods(5);
                let little = little.missing(MissingData::NotBreaching);
                list.alarm(
                    AlarmTier::Warn,
                    "LocalStorage",
                    little.described("a fifth of the temporary storage is left"),
                )
            }
            None => list,
        };
        let each = |name: &str| self.metric(name).statistic(Statistic::Average);
        list.widget(Widget::metrics("CPU, in percent", [self.cpu()]))
            .widget(Widget::metrics("Connections", [self.database_connections()]))
            .widget(Widget::metrics(
                "Free memory and temporary storage",
                [self.freeable_memory(), self.free_local_storage()],
            ))
            .widget(Widget::metrics("Disk I/O", [each("VolumeReadIOPs"), each("VolumeWriteIOPs")]))
            .widget(Widget::metrics("Latency", [each("ReadLatency"), each("WriteLatency"), each("CommitLatency")]))
            .widget(Widget::metrics("Readers behind, in milliseconds", [self.replica_lag()]))
    }
}

impl AuroraCluster<'_> {
    fn too_many_connections(&self) -> crate::observe::AlarmBuilder {
        let open = || -> Metric { self.database_connections() };
        match self.max_connections {
            Some(most) => {
                let text = format!("over 80 percent of the {most} connections are open");
                open().above(f64::from(most) * 0.8).for_periods(5).described(text)
            }
            None => open().above_expected(3.0).for_periods(5).described("far more connections than usual are open"),
        }
    }

    /// What an instance has for temporary tables, in GiB.
    fn local_storage(&self) -> Option<f64> {
        let class = self.instances().first()?.peek("DBInstanceClass")?;
        let class: InstanceClass = class.as_text()?.parse().ok()?;
        Some(2.0 * class.memory_gib()?)
    }
}
