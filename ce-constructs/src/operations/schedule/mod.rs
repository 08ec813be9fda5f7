//! When something is done: expressions, time zones, and schedules of EventBridge Scheduler.

mod cron;
mod expression;
mod scheduled;
mod target;
mod time_zone;

pub use expression::{ParseScheduleExpressionError, ScheduleExpression};
pub use scheduled::{Schedule, ScheduleBuilder};
pub use target::ScheduleTarget;
pub use time_zone::{ParseTimeZoneError, TimeZone};
