//! Building blocks of production architectures.
//!
//! | module | blocks |
//! |---|---|
//! | [`network`] | VPCs, security groups and connections, load balancers |
//! | [`security`] | roles and grants, keys, secrets |
//! | [`configuration`] | feature flags |
//! | [`storage`] | buckets |
//! | [`compute`] | clusters, services, scaling, images |
//! | [`data`] | Aurora, RDS, Redis |
//! | [`edge`] | certificates, zones and records, firewalls, content delivery |
//! | [`observe`] | log groups, metrics, alarms, topics |
//! | [`operations`] | runbooks, event rules, schedules |
//! | [`backup`] | vaults, plans, tests of restores |
//! | [`governance`] | audit trails, configuration rules, threat detection, posture, access, costs, tags |
//! | [`resilience`] | pairs of regions, replicas, plans that switch, detectors |
//! | [`runbooks`] | what people do, written from the app |
//! | [`delivery`] | pipelines of GitHub Actions, and the roles they act with |
//!
//! A block is a builder whose required parts are arguments and whose options are setters; `build` adds it to a
//! scope and hands back a plain struct of handles. Mistakes become findings, shown all at once by
//! [`App::synth`](ce_synth::App::synth).

pub mod backup;
pub mod compute;
pub mod configuration;
pub mod data;
pub mod delivery;
pub mod edge;
pub mod governance;
pub mod network;
pub mod observe;
pub mod operations;
pub mod prelude;
pub mod resilience;
mod rules;
pub mod runbooks;
pub mod security;
pub mod storage;

pub use rules::rules;
