//! What watches the account: audit trails, configuration rules, threat detection, posture, access from other accounts,
//! costs, tags.
//!
//! ```
//! use ce_constructs::governance::{AuditTrail, ThreatDetection};
//! use ce_constructs::observe::Topic;
//! use ce_constructs::security::Key;
//! use ce_synth::{Account, App, Environment, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
//! let app = App::new();
//! let stack = app.stack("Governance", PROD);
//! let key = Key::builder().build(stack, "Key");
//! let security = Topic::builder(&key).build(stack, "Security");
//! AuditTrail::builder("shop-audit", &key).build(stack, "Audit");
//! ThreatDetection::builder().alert(&security).build(stack, "Threats");
//! app.synth()?;
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! By default a trail covers every region and keeps its logs, locked, for seven years; GuardDuty looks at everything it
//! can and tells of high severities; Security Hub checks AWS's own standard and that of CIS.
//!
//! One trail, recorder, detector and hub is enough for an account and region: where an organisation has them, leave ours
//! out with `when`. It sets no account-wide switches that CloudFormation does not know, such as the password policy.

mod access;
mod audit;
mod config;
mod cost;
mod posture;
mod required_tags;
pub mod rules;
mod threats;

pub use access::{Access, CrossAccountRole, CrossAccountRoleBuilder};
pub use audit::{AuditTrail, AuditTrailBuilder};
pub use config::{ConfigRecorder, ConfigRecorderBuilder, ConfigRule, ConfigRuleBuilder, Frequency, ManagedRule};
pub use cost::{Budget, CostGuard, CostGuardBuilder, CostReport, TimeUnit};
pub use posture::{GroupBy, Insight, SecurityPosture, SecurityPostureBuilder, Standard};
pub use required_tags::RequiredTags;
pub use rules::RULES;
pub use threats::{RuntimeAgent, StackSetAuthority, ThreatDetection, ThreatDetectionBuilder, ThreatFeature};
