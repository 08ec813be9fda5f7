//! Logs, metrics, alarms, topics, dashboards and traces.
//!
//! ```
//! # use ce_synth::{Account, App, Environment, Region, Tier};
//! # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! use ce_constructs::observe::{Endpoint, Metric, Topic};
//! use ce_constructs::security::Key;
//!
//! # let app = App::new();
//! # let scope = app.stack("Shop", PROD);
//! let key = Key::builder().build(scope, "Key");
//! let oncall = Topic::builder(&key).build(scope, "Oncall");
//! oncall.subscribe("Mail", Endpoint::email("oncall@example.com"));
//! let orders = Metric::new("Shop", "Orders");
//! orders.below(1.0).for_periods(3).alarm(scope, "NoOrders").notify(&oncall);
//! # app.synth().unwrap();
//! ```
//!
//! By default logs are kept for 90 days in production, 30 in staging, 14 in development, encrypted with one key for the
//! stack; topics are encrypted, take
//! messages over TLS only, from CloudWatch and EventBridge of the account; metrics are averages over a minute; traces are
//! sampled without a reservoir.
//!
//! What it does not do: collect. Agents, collectors and applications write what these blocks keep and watch.

mod alarm;
mod alarm_action;
mod dashboard;
mod endpoint;
pub(crate) mod json_text;
pub(crate) mod log_encryption;
mod log_group;
pub(crate) mod metric;
mod publisher;
mod query_definition;
mod retention;
pub mod rules;
mod sampling_rule;
mod statistic;
mod topic;
mod trace_group;
mod widget;

pub use alarm::{Alarm, AlarmBuilder, MissingData};
pub use alarm_action::{AlarmAction, Urgency};
pub use dashboard::{Dashboard, DashboardBuilder};
pub use endpoint::Endpoint;
pub use log_group::{LogGroup, LogGroupBuilder};
pub use metric::Metric;
pub use publisher::Publisher;
pub use query_definition::{QueryDefinition, QueryDefinitionBuilder};
pub use retention::{ParseRetentionError, Retention};
pub use rules::RULES;
pub use sampling_rule::{SamplingRule, SamplingRuleBuilder};
pub use statistic::{ParsePercentileError, Percentile, Statistic};
pub use topic::{Topic, TopicBuilder};
pub use trace_group::{TraceGroup, TraceGroupBuilder};
pub use widget::Widget;

pub(crate) use alarm::Comparison;
