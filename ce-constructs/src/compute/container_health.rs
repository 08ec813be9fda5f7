//! How ECS finds out whether a container works.

use ce_cfn::ecs::task_definition::HealthCheck;
use ce_synth::Duration;

/// A command that ECS runs in a container again and again; the container works while it succeeds.
///
/// ```
/// use ce_constructs::compute::ContainerHealth;
/// use ce_synth::Duration;
/// let check = ContainerHealth::shell("curl -f http://localhost:8080/health || exit 1").start_period(Duration::seconds(30));
/// ```
///
/// By default it runs every 30 seconds, has 5 seconds to end, and may fail three times in a row.
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerHealth {
    command: Vec<String>,
    pub(super) interval: Duration,
    pub(super) timeout: Duration,
    pub(super) retries: u8,
    pub(super) start_period: Option<Duration>,
}

impl ContainerHealth {
    fn of(command: Vec<String>) -> Self {
        let (interval, timeout) = (Duration::seconds(30), Duration::seconds(5));
        Self { command, interval, timeout, retries: 3, start_period: None }
    }

    /// A command for the container's shell.
    pub fn shell(command: impl Into<String>) -> Self {
        Self::of(vec!["CMD-SHELL".to_owned(), command.into()])
    }

    /// A program and its arguments, for images without a shell.
    pub fn program<const N: usize>(arguments: [&str; N]) -> Self {
        Self::of(std::iter::once("CMD").chain(arguments).map(str::to_owned).collect())
    }

    /// The time between two runs, 5 to 300 seconds. Default: 30 seconds.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// How long a run may take, 2 to 60 seconds and less than the interval. Default: 5 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many failures in a row mean that it does not work, 1 to 10. Default: 3.
    pub fn retries(mut self, retries: u8) -> Self {
        self.retries = retries;
        self
    }

    /// For how long after the start failures do not count, up to 300 seconds. Default: they count at once.
    pub fn start_period(mut self, period: Duration) -> Self {
        self.start_period = Some(period);
        self
    }

    pub(super) fn property(&self) -> HealthCheck {
        HealthCheck::new()
            .command(self.command.clone())
            .interval(self.interval.as_seconds())
            .timeout(self.timeout.as_seconds())
            .retries(self.retries)
            .start_period(self.start_period.map(Duration::as_seconds))
    }
}
