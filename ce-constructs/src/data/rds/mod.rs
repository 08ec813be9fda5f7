//! RDS: a single instance of PostgreSQL, MySQL or MariaDB, with a standby in another zone, and read replicas.

mod build;
mod builder;
mod check;
mod instance;
mod metrics;
mod replica;
mod watch;

pub use builder::RdsInstanceBuilder;
pub use instance::RdsInstance;
