//! Engines of databases and caches, their versions, and which sizes they run on.
//!
//! ```
//! use ce_constructs::data::{AuroraEngine, CacheEngine, RdsEngine};
//! assert_eq!(AuroraEngine::postgresql("15.17").parameter_family(), "aurora-postgresql15");
//! assert_eq!(RdsEngine::mysql("8.4.11").parameter_family(), "mysql8.4");
//! assert_eq!(CacheEngine::REDIS_7_1.parameter_family(), "redis7");
//! ```
//!
//! The constants are a new version of each line, one that linters of the last months know too. Another version is given as text: one that
//! AWS no longer creates is a finding that names the nearest one it does.

mod aurora;
mod cache;
mod classes;
mod rds;
mod version;

pub use aurora::AuroraEngine;
pub use cache::CacheEngine;
pub(super) use classes::{aurora_takes, cache_has, rds_takes};
pub use rds::RdsEngine;
pub use version::EngineVersion;
