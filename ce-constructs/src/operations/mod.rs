//! What is done by itself: runbooks, rules about events, schedules.
//!
//! ```
//! use ce_constructs::operations::{ApiCall, ApiOperation, AutomationDocument, Schedule, ScheduleExpression, Step};
//! use ce_synth::{Account, App, Environment, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! const REBOOT: ApiOperation = ApiOperation::new("rds:RebootDBInstance");
//! let app = App::new();
//! let stack = app.stack("Shop", PROD);
//! let arn = "arn:aws:rds:eu-west-1:111111111111:db:shop";
//! let reboot = ApiCall::new(REBOOT).on([arn]).input("DBInstanceIdentifier", "shop");
//! let runbook = AutomationDocument::builder("Restarts the database").step(Step::call("Reboot", reboot)).build(stack, "Reboot");
//! Schedule::builder(ScheduleExpression::weekly(1, 4, 30), &runbook).build(stack, "Weekly");
//! app.synth()?;
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! By default a runbook acts with a role of its own that may do what its steps say and nothing else, and whatever starts
//! it may start that one runbook. A schedule is of UTC, runs at its minute, and tries again for a day.
//!
//! It writes no code: what a step cannot say in API calls is a script that you give it.

pub(crate) mod automation;
mod event;
pub mod rules;
mod runbook;
mod schedule;

pub use automation::{
    ApiCall, ApiOperation, AutomationDocument, AutomationDocumentBuilder, Choice, DocumentParameter, OnFailure,
    ParseApiOperationError, Script, Step, Test, ValueType, output, parameter,
};
pub use event::{AlarmState, EventPattern, EventRule, EventRuleBuilder, EventTarget, Match};
pub use rules::RULES;
pub use runbook::{
    AuroraBackup, Evidence, Isolation, NodeScaling, RedisSnapshot, ShardScaling, SnapshotJanitor, SourceBlock,
    ThreatIsolation,
};
pub use schedule::{
    ParseScheduleExpressionError, ParseTimeZoneError, Schedule, ScheduleBuilder, ScheduleExpression, ScheduleTarget,
    TimeZone,
};
