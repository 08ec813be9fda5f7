//! When something happens again and again.

/// Times at which the bounds of a service's tasks change.
///
/// Source: <https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub(super) expression: String,
    pub(super) zone: Option<String>,
}

impl Schedule {
    /// Six fields: minutes, hours, day of the month, month, day of the week, year: `0 7 ? * MON-FRI *`.
    pub fn cron(fields: &str) -> Self {
        Self { expression: format!("cron({fields})"), zone: None }
    }

    /// One point in time, `2026-11-27T06:00:00`.
    pub fn at(time: &str) -> Self {
        Self { expression: format!("at({time})"), zone: None }
    }

    /// The zone the times are of, `Europe/Berlin`. Default: UTC.
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.zone = Some(zone.into());
        self
    }
}
