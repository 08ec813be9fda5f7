//! What CloudWatch knows of an RDS instance.
//!
//! Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html>

use super::RdsInstance;
use crate::observe::{Metric, Statistic};

impl RdsInstance<'_> {
    /// A metric of `AWS/RDS` of this instance, by its name.
    pub fn metric(&self, name: &str) -> Metric {
        Metric::new("AWS/RDS", name).dimension("DBInstanceIdentifier", self.instance().ref_())
    }

    /// CPU, in percent.
    pub fn cpu(&self) -> Metric {
        self.metric("CPUUtilization")
    }

    /// Open connections.
    pub fn database_connections(&self) -> Metric {
        self.metric("DatabaseConnections").statistic(Statistic::Maximum)
    }

    /// Free memory, in bytes.
    pub fn freeable_memory(&self) -> Metric {
        self.metric("FreeableMemory").statistic(Statistic::Minimum)
    }

    /// Free storage, in bytes.
    pub fn free_storage(&self) -> Metric {
        self.metric("FreeStorageSpace").statistic(Statistic::Minimum)
    }

    /// How far a replica is behind its source, in seconds.
    pub fn replica_lag(&self) -> Metric {
        self.metric("ReplicaLag").statistic(Statistic::Maximum)
    }
}
