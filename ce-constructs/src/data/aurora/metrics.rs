//! What CloudWatch knows of an Aurora cluster.
//!
//! Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html>

use super::AuroraCluster;
use crate::observe::{Metric, Statistic};

impl AuroraCluster<'_> {
    /// A metric of `AWS/RDS` over all its instances, by its name.
    pub fn metric(&self, name: &str) -> Metric {
        Metric::new("AWS/RDS", name).dimension("DBClusterIdentifier", self.cluster().ref_())
    }

    /// A metric of `AWS/RDS` of the writer alone.
    pub fn writer_metric(&self, name: &str) -> Metric {
        self.metric(name).dimension("Role", "WRITER")
    }

    /// CPU of its instances, in percent.
    pub fn cpu(&self) -> Metric {
        self.metric("CPUUtilization")
    }

    /// Open connections of its busiest instance.
    pub fn database_connections(&self) -> Metric {
        self.metric("DatabaseConnections").statistic(Statistic::Maximum)
    }

    /// Free memory of the instance with the least, in bytes.
    pub fn freeable_memory(&self) -> Metric {
        self.metric("FreeableMemory").statistic(Statistic::Minimum)
    }

    /// Free storage for temporary tables and logs of the instance with the least, in bytes.
    pub fn free_local_storage(&self) -> Metric {
        self.metric("FreeLocalStorage").statistic(Statistic::Minimum)
    }

    /// How far the slowest reader is behind, in milliseconds.
    pub fn replica_lag(&self) -> Metric {
        self.metric("AuroraReplicaLagMaximum").statistic(Statistic::Maximum)
    }

    /// Transactions that blocked each other, per second.
    pub fn deadlocks(&self) -> Metric {
        self.metric("Deadlocks")
    }

    /// How far a secondary of a global database is behind the primary, in milliseconds: what a failover would lose.
    pub fn global_rpo_lag(&self) -> Metric {
        self.metric("AuroraGlobalDBRPOLag").statistic(Statistic::Maximum)
    }

    /// How far the copy in a secondary region is behind, in milliseconds.
    pub fn global_replication_lag(&self) -> Metric {
        self.metric("AuroraGlobalDBReplicationLag").statistic(Statistic::Maximum)
    }

    /// Capacity of serverless instances, in ACU.
    pub fn serverless_capacity(&self) -> Metric {
        self.metric("ServerlessDatabaseCapacity")
    }
}
