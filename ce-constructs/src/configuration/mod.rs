//! What may change while the application runs: feature flags, given out step by step.
//!
//! ```
//! use ce_constructs::configuration::{FeatureFlag, FeatureFlags, FlagRollout};
//! use ce_synth::{Account, App, Duration, Environment, Percent, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! let stack = app.stack("Shop", PROD);
//! FeatureFlags::builder("shop")
//!     .flag(FeatureFlag::off("gift-cards").described("lets people give money"))
//!     .flag(FeatureFlag::on("search").attribute("results", 20))
//!     .rollout(FlagRollout::linear(Percent::new(25), Duration::minutes(20)))
//!     .build(stack, "Flags");
//! app.synth()?;
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! By default a change reaches a fifth of the readers every two minutes, is watched for ten more, and is taken back when
//! an alarm of yours is raised in that time.
//!
//! What is set once for a deployment is a [`Parameter`](crate::security::Parameter), what is secret a
//! [`Secret`](crate::security::Secret). It does not decide by user: rules with segments are written in AppConfig itself.

mod feature_flag;
mod feature_flags;
mod rollout;
pub mod rules;

pub use feature_flag::{FeatureFlag, FlagValue};
pub use feature_flags::{FeatureFlags, FeatureFlagsBuilder};
pub use rollout::FlagRollout;
pub use rules::RULES;
