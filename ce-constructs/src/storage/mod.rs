//! Where objects are kept: buckets of S3.
//!
//! ```
//! use ce_constructs::storage::{Bucket, LifecycleRule, StorageClass};
//! use ce_synth::{Account, App, Duration, Environment, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! let stack = app.stack("Shop", PROD);
//! let logs = Bucket::builder().logs_of_buckets().build(stack, "Logs");
//! let aging = LifecycleRule::new().transition(StorageClass::StandardInfrequentAccess, Duration::days(30));
//! Bucket::builder().lifecycle(aging).access_logs_to(&logs, "exports/").build(stack, "Exports");
//! app.synth()?;
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! By default a bucket keeps versions, is encrypted, takes no request without TLS and none from the public, and stays
//! when it leaves the template.
//!
//! It makes no public buckets and no websites: a CDN in front of a closed bucket does both better.

mod bucket;
mod bucket_builder;
mod bucket_grants;
mod bucket_name;
mod cors;
mod lifecycle;
mod log_source;
mod object_lock;
mod replication;
pub mod rules;
mod storage_class;

pub use bucket::Bucket;
pub use bucket_builder::BucketBuilder;
pub use bucket_grants::BucketGrants;
pub use bucket_name::{BucketName, ParseBucketNameError};
pub use cors::{Cors, CorsMethod};
pub use lifecycle::LifecycleRule;
pub use log_source::LogSource;
pub use object_lock::ObjectLock;
pub use replication::Replication;
pub use rules::RULES;
pub use storage_class::StorageClass;
