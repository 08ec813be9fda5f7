//! Databases and caches: Aurora, RDS, Redis.

mod acu;
mod aurora;
mod backup_retention;
mod certificate_authority;
mod credentials;
mod engine;
mod instance_class;
mod monitoring;
mod node_type;
mod parameters;
mod placement;
mod rds;
mod redis;
pub mod rules;
mod upkeep;
mod window;

pub use acu::{Acu, ParseAcuError};
pub use aurora::{AuroraCluster, AuroraClusterBuilder, AuroraGlobal, AuroraGlobalBuilder, Capacity, ReaderScaling};
pub use backup_retention::{BackupRetention, ParseBackupRetentionError};
pub use certificate_authority::CertificateAuthority;
pub use credentials::{Credentials, Login, ManagedLogin};
pub use engine::{AuroraEngine, CacheEngine, EngineVersion, RdsEngine};
pub use instance_class::{InstanceClass, ParseInstanceClassError};
pub use monitoring::{Insights, MonitoringInterval, ParseMonitoringIntervalError};
pub use node_type::{NodeType, ParseNodeTypeError};
pub use rds::{RdsInstance, RdsInstanceBuilder};
pub use redis::{
    AccessToken, Alone, CacheAccess, CacheUser, Member, RedisCluster, RedisClusterBuilder, RedisGlobal, RedisGlobalBuilder,
    Scaled, ShardScaling, Shards,
};
pub use rules::RULES;
pub use window::{DailyWindow, ParseWindowError, WeeklyWindow};
