//! How the simulated cloud behaves.

use std::collections::BTreeMap;

use crate::engine::Span;

/// How the simulated cloud behaves: how long things take, how late reads are, how many requests it takes.
///
/// ```
/// use ce_deploy::engine::Span;
/// use ce_deploy::simulator::{ServiceTimes, Settings};
/// let settings = Settings::default().seed(7).times(ServiceTimes::default().of("AWS::RDS::DBInstance", Span::seconds(600)));
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    pub(super) seed: u64,
    pub(super) times: ServiceTimes,
    pub(super) read_lag: Span,
    pub(super) event_lag: Span,
    pub(super) trail_lag: Span,
    pub(super) budget: Option<Budget>,
    pub(super) page: usize,
    pub(super) stacks: usize,
    pub(super) repeated_execution: RepeatedExecution,
    pub(super) conditional_replaces: bool,
    pub(super) sees_outputs: bool,
}

/// What an `ExecuteChangeSet` that was taken before is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RepeatedExecution {
    /// `InvalidChangeSetStatus`, naming the state of the execution.
    #[default]
    Refused,
    /// As if it were the first, when the token is the same; it is done once.
    Accepted,
}

/// How many requests of one API a place takes: a token bucket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// Requests that may come at once.
    pub burst: u32,
    /// Requests a second that it regains.
    pub per_second: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            times: ServiceTimes::default(),
            read_lag: Span(0),
            event_lag: Span(0),
            trail_lag: Span::seconds(300),
            budget: None,
            page: 100,
            stacks: 2_000,
            repeated_execution: RepeatedExecution::default(),
            conditional_replaces: false,
            sees_outputs: true,
        }
    }
}

impl Settings {
    /// Where ids come from: the same seed and the same calls give the same ids. Default: 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How long things take. Default: [`ServiceTimes::default`].
    pub fn times(mut self, times: ServiceTimes) -> Self {
        self.times = times;
        self
    }

    /// How old what a read of a stack, a change set or a resource shows may be. Default: nothing.
    pub fn read_lag(mut self, lag: Span) -> Self {
        self.read_lag = lag;
        self
    }

    /// How long an event takes to show. Default: nothing.
    pub fn event_lag(mut self, lag: Span) -> Self {
        self.event_lag = lag;
        self
    }

    /// How long a call takes to show in CloudTrail. Default: five minutes, the average that its user guide gives.
    pub fn trail_lag(mut self, lag: Span) -> Self {
        self.trail_lag = lag;
        self
    }

    /// How many requests of one API an account and region takes. Default: any number.
    pub fn budget(mut self, budget: Budget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// Items on a page of a long answer, at least one. Default: 100.
    pub fn page(mut self, items: usize) -> Self {
        self.page = items.max(1);
        self
    }

    /// Stacks that an account and region takes. Default: 2,000, the service's quota.
    pub fn stack_quota(mut self, stacks: usize) -> Self {
        self.stacks = stacks;
        self
    }

    /// Whether a change that the schema says may replace a resource does. Default: it does not.
    pub fn conditional_replaces(mut self, replaces: bool) -> Self {
        self.conditional_replaces = replaces;
        self
    }

    /// Whether a change set sees that an output of another stack, which `Fn::GetStackOutput` reads, has another value.
    /// If not, the value is read anew only when something else makes the stack change. Default: it does.
    pub fn sees_outputs(mut self, sees: bool) -> Self {
        self.sees_outputs = sees;
        self
    }

    /// What a repeated `ExecuteChangeSet` is answered. Default: it is refused.
    pub fn repeated_execution(mut self, answer: RepeatedExecution) -> Self {
        self.repeated_execution = answer;
        self
    }
}

/// How long the service takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceTimes {
    pub(super) change_set: Span,
    pub(super) resource: Span,
    pub(super) deletion: Span,
    pub(super) detection: Span,
    pub(super) stuck: Span,
    pub(super) types: BTreeMap<String, Span>,
}

impl Default for ServiceTimes {
    fn default() -> Self {
        Self {
            change_set: Span(1_000),
            resource: Span(3_000),
            deletion: Span(2_000),
            detection: Span(2_000),
            stuck: Span::seconds(3 * 3_600),
            types: BTreeMap::new(),
        }
    }
}

impl ServiceTimes {
    /// Until a change set is worked out. Default: 1 s.
    pub fn change_set(mut self, span: Span) -> Self {
        self.change_set = span;
        self
    }

    /// Until a resource of any other type is made or changed. Default: 3 s.
    pub fn resource(mut self, span: Span) -> Self {
        self.resource = span;
        self
    }

    /// Until a resource is deleted. Default: 2 s.
    pub fn deletion(mut self, span: Span) -> Self {
        self.deletion = span;
        self
    }

    /// Until drift is detected. Default: 2 s.
    pub fn detection(mut self, span: Span) -> Self {
        self.detection = span;
        self
    }

    /// Until a resource that hangs is given up. Default: 3 h, as of a custom resource that never answers, three times.
    pub fn stuck(mut self, span: Span) -> Self {
        self.stuck = span;
        self
    }

    /// Until a resource of one type is made or changed. Default: as any other.
    pub fn of(mut self, type_name: impl Into<String>, span: Span) -> Self {
        self.types.insert(type_name.into(), span);
        self
    }

    pub(super) fn making(&self, type_name: &str) -> Span {
        self.types.get(type_name).copied().unwrap_or(self.resource)
    }
}
