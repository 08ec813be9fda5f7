//! A second region that stands by: one definition, two sites, and what moves from one to the other.
//!
//! ```
//! use ce_constructs::cidr;
//! use ce_constructs::data::{AuroraCluster, AuroraEngine, AuroraGlobal};
//! use ce_constructs::network::MultiAzVpc;
//! use ce_constructs::resilience::{DrPair, RegionSwitch, ReplicatedKey, ReplicationLag, SwitchStep};
//! use ce_synth::{Account, App, Environment, Percent, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
//!
//! let app = App::new();
//! let sites = DrPair::builder(PROD, Region::US_WEST_2).standby_capacity(Percent::new(25)).open(&app);
//! let global = AuroraGlobal::builder("shop", AuroraEngine::POSTGRESQL_17).build(sites.primary().stack("Data"), "Global");
//! let pair = sites.build(|site| {
//!     let key = ReplicatedKey::builder().alias("alias/shop").build(site, site.stack("Keys"), "Key");
//!     let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(site.stack("Network"), "Vpc");
//!     AuroraCluster::builder(&vpc).global(&global).secret_encrypted_by(&key).build(site.stack("Data"), "Orders")
//! });
//! let standby = pair.standby_site();
//! ReplicationLag::builder().aurora("Orders", &pair.standby).build(standby.stack("Failover"), "Lag");
//! RegionSwitch::builder("shop")
//!     .step(SwitchStep::promote("Database", &global, &pair.primary, &pair.standby))
//!     .build(standby, standby.stack("Failover"), "Plan");
//! let assembly = app.synth()?;
//! assert!(!assembly.template("StandbyData").unwrap().contains("us-east-1"));
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! | block | is |
//! |---|---|
//! | [`DrPair`], [`Site`] | both regions from one closure, the standby with a share of the capacity |
//! | [`ReplicatedKey`], [`ReplicatedSecret`], [`ReplicatedBucket`], [`ReplicatedRegistry`] | things that have a copy |
//! | [`AuroraGlobal`](crate::data::AuroraGlobal), [`RedisGlobal`](crate::data::RedisGlobal) | data that has a copy |
//! | [`ReplicationLag`] | alarms about copies that fall behind |
//! | [`FailureDetector`] | a canary in the standby's region that watches the primary |
//! | [`RegionSwitch`], [`SwitchStep`] | the plan: promote, scale, then move traffic |
//! | [`CachePromotion`] | the function that makes a Redis secondary the primary, for the plan |
//! | [`FailoverRecord`] | the name that leads to one of the two |
//! | [`kept`] | any other value of the primary that the standby has to know |
//!
//! By default no stack of the standby refers to a stack in the primary's region: what it must know of it is a physical
//! name, or a parameter that CloudFormation keeps. So it can be changed while the primary's region is down.
//!
//! It does not test that your site works: a plan takes a Lambda function of yours for that. It does not restore backups,
//! and it does not fail back by itself.

mod cache_promotion;
mod comparison;
mod dr_pair;
mod failover_record;
mod failure_detector;
mod kept;
mod region_switch;
mod replicated_bucket;
mod replicated_key;
mod replicated_registry;
mod replicated_secret;
mod replication_lag;
pub mod rules;
mod site;

pub use cache_promotion::{CachePromotion, CachePromotionBuilder};
pub use dr_pair::{DrPair, DrPairBuilder, Sites};
pub use failover_record::{FailoverRecord, FailoverRecordBuilder};
pub use failure_detector::{FailureDetector, FailureDetectorBuilder};
pub use kept::kept;
pub use region_switch::{RegionSwitch, RegionSwitchBuilder, SwitchStep};
pub use replicated_bucket::{ReplicatedBucket, ReplicatedBucketBuilder};
pub use replicated_key::{ReplicatedKey, ReplicatedKeyBuilder};
pub use replicated_registry::{ReplicatedRegistry, ReplicatedRegistryBuilder};
pub use replicated_secret::{ReplicatedSecret, ReplicatedSecretBuilder};
pub use replication_lag::{ReplicationLag, ReplicationLagBuilder};
pub use rules::RULES;
pub use site::{Site, SiteRole};
