//! Databases and caches: Aurora, RDS, Redis.
//!
//! ```
//! use ce_constructs::cidr;
//! use ce_constructs::data::{AuroraCluster, RedisCluster};
//! use ce_constructs::network::{Connect, MultiAzVpc, SecurityGroup};
//! use ce_synth::{Account, App, Environment, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! let stack = app.stack("Shop", PROD);
//! let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
//! let orders = AuroraCluster::builder(&vpc).database("orders").build(stack, "Orders");
//! let sessions = RedisCluster::builder(&vpc).build(stack, "Sessions");
//!
//! let api = SecurityGroup::builder(&vpc, "the api's tasks").build(stack, "Api");
//! api.connections().allow_to_default_port(&orders);
//! api.connections().allow_to_default_port(&sessions);
//! stack.output("OrdersHost", orders.endpoint());
//! app.synth()?;
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! By default data is in isolated subnets, behind a security group that lets nothing in or out; encrypted at rest by a
//! key of its own and in transit by TLS that clients cannot leave out; with a generated password or token in a secret;
//! backed up; in two zones in production, where AWS also refuses to delete databases. What leaves the template leaves
//! a snapshot.
//!
//! Versions, sizes, windows and names that the services refuse are findings, with what to write instead.
//!
//! It makes no schemas and moves no data. The blocks do not fail over between regions: that is a decision.

mod acu;
mod aurora;
mod backup_retention;
mod certificate_authority;
mod credentials;
mod database_events;
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
pub use database_events::{DatabaseEvent, DatabaseEvents};
pub use engine::{AuroraEngine, CacheEngine, EngineVersion, RdsEngine};
pub use instance_class::{InstanceClass, ParseInstanceClassError};
pub use monitoring::{Insights, MonitoringInterval, ParseMonitoringIntervalError};
pub use node_type::{NodeType, ParseNodeTypeError};
pub use rds::{RdsInstance, RdsInstanceBuilder};
pub use redis::{
    AccessToken, Alone, CacheAccess, CacheUser, Member, RedisCluster, RedisClusterBuilder, RedisGlobal,
    RedisGlobalBuilder, Scaled, ShardScaling, Shards,
};
pub use rules::RULES;
pub use window::{DailyWindow, ParseWindowError, WeeklyWindow};
