//! Logs, metrics, alarms and who hears of them, dashboards, canaries, objectives and traces.
//!
//! ```
//! # use ce_synth::{Account, App, Environment, Region, Tier};
//! # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! use ce_constructs::observe::{AlarmTier, Canary, Channel, Escalation, Metric, Watch};
//! use ce_constructs::security::Key;
//!
//! # let app = App::new();
//! # let stack = app.stack("Shop", PROD);
//! let key = Key::builder().build(stack, "Key");
//! let oncall = Escalation::builder("shop", &key)
//!     .page(Channel::pager_duty("https://events.pagerduty.com/integration/0123/enqueue"))
//!     .warn(Channel::email("shop@example.com"))
//!     .build(stack, "Oncall");
//! let front = Canary::builder("shop-front", "https://shop.example.com/").build(stack, "Front");
//! Watch::builder(&oncall).named("shop").over(&front).build(stack, "Watch");
//! let orders = Metric::new("Shop", "Orders");
//! orders.below(1.0).for_periods(3).alarm(stack, "NoOrders").escalate(&oncall, AlarmTier::Warn);
//! # app.synth().unwrap();
//! ```
//!
//! Alarms and dashboards come from what they are about: services, load balancers, databases, caches, distributions,
//! functions and canaries are [`Watched`], and so are your own constructs. [`Watch`] makes the alarms that each recommends
//! and tells them to the tiers of an [`Escalation`].
//!
//! By default logs are kept for 90 days in production, 30 in staging, 14 in development, encrypted with one key for the
//! stack; topics are encrypted, take messages over TLS only, from CloudWatch and EventBridge of the account; metrics are
//! averages over a minute; traces are sampled without a reservoir; development gets those alarms alone that page.
//!
//! What it does not do: collect. Agents, collectors and applications write what these blocks keep and watch.

mod alarm;
mod alarm_action;
mod alarm_actions;
mod alarm_condition;
mod application_signals;
mod canary;
mod composite_alarm;
mod dashboard;
mod endpoint;
mod escalation;
pub(crate) mod json_text;
pub(crate) mod log_encryption;
mod log_group;
pub(crate) mod metric;
mod objective;
mod publisher;
mod query_definition;
mod retention;
pub mod rules;
mod runbook_link;
mod sampling_rule;
mod statistic;
mod topic;
mod trace_group;
mod watch;
mod widget;

pub use alarm::{Alarm, AlarmBuilder, MissingData};
pub use alarm_action::{AlarmAction, Urgency};
pub use alarm_condition::AlarmCondition;
pub use application_signals::ApplicationSignals;
pub use canary::{Canary, CanaryBuilder, CanaryRuntime, ParseCanaryRuntimeError};
pub use composite_alarm::{CompositeAlarm, CompositeAlarmBuilder};
pub use dashboard::{Dashboard, DashboardBuilder};
pub use endpoint::Endpoint;
pub use escalation::{AlarmTier, Channel, Escalation, EscalationBuilder, SlackChannel};
pub use log_group::{LogGroup, LogGroupBuilder};
pub use metric::Metric;
pub use objective::{ServiceObjective, ServiceObjectiveBuilder};
pub use publisher::Publisher;
pub use query_definition::{QueryDefinition, QueryDefinitionBuilder};
pub use retention::{ParseRetentionError, Retention};
pub use rules::RULES;
pub use runbook_link::RunbookLink;
pub use sampling_rule::{SamplingRule, SamplingRuleBuilder};
pub use statistic::{ParsePercentileError, Percentile, Statistic};
pub use topic::{Topic, TopicBuilder};
pub use trace_group::{TraceGroup, TraceGroupBuilder};
pub use watch::{Watch, WatchBuilder, Watched, Watchlist};
pub use widget::Widget;

pub(crate) use alarm::Comparison;
