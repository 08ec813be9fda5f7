//! How a load balancer finds out which targets are healthy.

use std::borrow::Cow;

use ce_synth::Duration;

/// The health check of a target group: an HTTP request to each target.
///
/// ```
/// use ce_constructs::network::load_balancer::TargetHealth;
/// use ce_synth::Duration;
/// let check = TargetHealth::path("/health").interval(Duration::seconds(15));
/// assert_eq!(check.seconds_to_healthy(), 30);
/// ```
///
/// Limits: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html>
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a health check does nothing until a target group takes it"]
pub struct TargetHealth {
    pub(super) path: Cow<'static, str>,
    pub(super) interval: Duration,
    pub(super) timeout: Duration,
    pub(super) healthy: u8,
    pub(super) unhealthy: u8,
    pub(super) codes: Cow<'static, str>,
    pub(super) port: Option<u16>,
}

impl TargetHealth {
    /// Asks for a path, with `GET`.
    pub fn path(path: impl Into<Cow<'static, str>>) -> Self {
        Self {
            path: path.into(),
            interval: Duration::seconds(30),
            timeout: Duration::seconds(5),
            healthy: 2,
            unhealthy: 3,
            codes: "200".into(),
            port: None,
        }
    }

    /// Time between two checks of a target, 5 to 300 seconds. Default: 30 seconds.
    pub fn interval(self, interval: Duration) -> Self {
        Self { interval, ..self }
    }

    /// How long a target may take to answer, 2 to 120 seconds and less than the interval. Default: 5 seconds.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Successes in a row that make a target healthy, 2 to 10. Default: 2.
    pub fn healthy_after(self, checks: u8) -> Self {
        Self { healthy: checks, ..self }
    }

    /// Failures in a row that make a target unhealthy, 2 to 10. Default: 3.
    pub fn unhealthy_after(self, checks: u8) -> Self {
        Self { unhealthy: checks, ..self }
    }

    /// The status codes that count as success, as `200`, `200,204` or `200-299`; for gRPC `0-99`. Default: `200`.
    pub fn codes(self, codes: impl Into<Cow<'static, str>>) -> Self {
        Self { codes: codes.into(), ..self }
    }

    /// The port that is asked. Default: the port that traffic goes to.
    pub fn port(self, port: u16) -> Self {
        Self { port: Some(port), ..self }
    }

    /// How long a new target that answers at once takes to get traffic.
    pub const fn seconds_to_healthy(&self) -> u32 {
        self.interval.as_seconds() * self.healthy as u32
    }
}

impl Default for TargetHealth {
    /// Asks for `/`.
    fn default() -> Self {
        Self::path("/")
    }
}
