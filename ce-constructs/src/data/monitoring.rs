//! What a database says about itself: operating system metrics and query statistics.

use std::fmt;
use std::str::FromStr;

use ce_synth::Scope;

use crate::security::{Principal, Role, aws_managed_policy};

/// How often Enhanced Monitoring reports the operating system's metrics: every 1, 5, 10, 15, 30 or 60 seconds, or never.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonitoringInterval(u8);

impl MonitoringInterval {
    /// Never.
    pub const OFF: Self = Self(0);

    /// Every so many seconds.
    ///
    /// # Panics
    /// If it is none of 1, 5, 10, 15, 30 and 60; in a `const` that is a compile error. Text that is read at run time
    /// is parsed.
    #[track_caller]
    pub const fn seconds(seconds: u8) -> Self {
        assert!(is_legal(seconds) && seconds > 0, "Enhanced Monitoring reports every 1, 5, 10, 15, 30 or 60 seconds");
        Self(seconds)
    }

    /// The number of seconds; off is 0.
    pub const fn as_seconds(self) -> u8 {
        self.0
    }

    /// Whether nothing is reported.
    pub const fn is_off(self) -> bool {
        self.0 == 0
    }
}

const fn is_legal(seconds: u8) -> bool {
    matches!(seconds, 0 | 1 | 5 | 10 | 15 | 30 | 60)
}

impl fmt::Display for MonitoringInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}s", self.0)
    }
}

/// A text that is not an interval of Enhanced Monitoring.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an interval of Enhanced Monitoring: expected `1s`, `5s`, `10s`, `15s`, `30s`, `60s`, or `0s` for off"
)]
pub struct ParseMonitoringIntervalError(String);

impl FromStr for MonitoringInterval {
    type Err = ParseMonitoringIntervalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let seconds = text.strip_suffix('s').and_then(|seconds| seconds.parse().ok());
        let seconds = seconds.filter(|seconds| is_legal(*seconds));
        seconds.map(Self).ok_or_else(|| ParseMonitoringIntervalError(text.to_owned()))
    }
}

/// Statistics of queries: Performance Insights and the Database Insights that is built on it.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Insights {
    /// No statistics.
    Off,
    /// Database Insights in standard mode: seven days, without extra cost.
    Standard,
    /// Database Insights in advanced mode: 465 days, billed by vCPU or ACU.
    Advanced,
}

impl Insights {
    /// The days Performance Insights keeps.
    pub(crate) const fn retention_days(self) -> i64 {
        match self {
            Self::Off => 0,
            Self::Standard => 7,
            Self::Advanced => 465,
        }
    }
}

/// The role that Enhanced Monitoring writes its metrics with.
#[track_caller]
pub(super) fn monitoring_role(scope: Scope<'_>) -> Role<'_> {
    Role::builder(Principal::service("monitoring.rds.amazonaws.com"))
        .managed_policy(aws_managed_policy("service-role/AmazonRDSEnhancedMonitoringRole"))
        .build(scope, "MonitoringRole")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_parse_are_inverse() {
        for interval in [MonitoringInterval::OFF, MonitoringInterval::seconds(15)] {
            assert_eq!(interval.to_string().parse(), Ok(interval));
        }
        assert!("2s".parse::<MonitoringInterval>().is_err());
    }
}
