//! Schedules.

use ce_cfn::scheduler::schedule::{FlexibleTimeWindow, Mode, State};
use ce_cfn::{ids, scheduler};
use ce_synth::value::account_id;
use ce_synth::{Duration, Scope, Value};

use super::{ScheduleExpression, ScheduleTarget, TimeZone};
use crate::operations::rules;
use crate::security::{Key, Principal, Role};

/// A schedule of EventBridge Scheduler: when a topic is told, or a runbook started; `Copy`.
///
/// ```
/// # use ce_constructs::observe::Topic;
/// # use ce_constructs::operations::{Schedule, ScheduleExpression, ScheduleTarget, TimeZone};
/// # use ce_constructs::security::Key;
/// # use ce_synth::{Account, App, Duration, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// # let key = Key::builder().build(stack, "Key");
/// # let operations = Topic::builder(&key).build(stack, "Operations");
/// const BERLIN: TimeZone = TimeZone::new("Europe/Berlin");
/// let remind = ScheduleTarget::topic(&operations).message("rotate the API keys");
/// Schedule::builder(ScheduleExpression::cron("0 9 1 */3 ? *"), remind)
///     .named("rotate-api-keys")
///     .zone(BERLIN)
///     .within(Duration::minutes(15))
///     .build(stack, "RotateApiKeys");
/// # app.synth().unwrap();
/// ```
///
/// By default it is on, of UTC, in the default group, and is done at its minute. Its role may do this one thing.
#[derive(Clone, Copy)]
pub struct Schedule<'a> {
    schedule: scheduler::ScheduleRef<'a>,
    role: Role<'a>,
}

impl<'a> Schedule<'a> {
    /// A schedule that tells or starts a target.
    pub fn builder(times: ScheduleExpression, target: impl Into<ScheduleTarget<'a>>) -> ScheduleBuilder<'a> {
        let (name, description, group, zone, window, key) = Default::default();
        let target = target.into();
        ScheduleBuilder { times, target, name, description, group, zone, window, enabled: true, key }
    }

    /// The schedule's ARN.
    pub fn arn(self) -> Value<ids::SchedulerScheduleArn> {
        self.schedule.arn()
    }

    /// The role it acts with.
    pub fn acts_as(self) -> Role<'a> {
        self.role
    }

    /// The resource, for what this block does not set.
    pub fn schedule(self) -> scheduler::ScheduleRef<'a> {
        self.schedule
    }
}

/// Settings of a [`Schedule`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ScheduleBuilder<'a> {
    times: ScheduleExpression,
    target: ScheduleTarget<'a>,
    name: Option<String>,
    description: Option<String>,
    group: Option<String>,
    zone: Option<TimeZone>,
    window: Option<Duration>,
    enabled: bool,
    key: Option<Key<'a>>,
}

impl<'a> ScheduleBuilder<'a> {
    /// The schedule's name, 1 to 64 letters, digits, `-`, `_` and `.`. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The group of schedules it belongs to, by its name. Default: the group `default`.
    pub fn group(mut self, name: impl Into<String>) -> Self {
        self.group = Some(name.into());
        self
    }

    /// The zone its times are of. Default: UTC.
    pub fn zone(mut self, zone: TimeZone) -> Self {
        self.zone = Some(zone);
        self
    }

    /// Lets it be done within so long after its time, so that not everything starts at once. Default: at its minute.
    pub fn within(mut self, window: Duration) -> Self {
        self.window = Some(window);
        self
    }

    /// Makes it, but does not switch it on. Default: it is on.
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }

    /// Encrypts what it says by a key of your own. Default: a key of AWS.
    pub fn encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.key = Some(*key);
        self
    }

    /// Adds the schedule and its role.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Schedule<'a> {
        let scope = scope.child(id);
        rules::schedule_setting::check_name(scope, self.name.as_deref());
        rules::schedule_setting::check_window(scope, self.window);
        rules::schedule_setting::check_zone(scope, &self.times, self.zone.is_some());
        self.target.check(scope);
        let trusted =
            Principal::service("scheduler.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id());
        let role = Role::builder(trusted).build(scope, "Role");
        self.target.permit(role);
        if let Some(key) = self.key {
            key.grants().decrypt(&role);
        }
        let schedule = scheduler::Schedule::new()
            .name(self.name)
            .description(self.description)
            .group_name(self.group)
            .schedule_expression(self.times.to_string())
            .schedule_expression_timezone(self.zone.as_ref().map(TimeZone::as_str))
            .flexible_time_window(window(self.window))
            .state(if self.enabled { State::ENABLED } else { State::DISABLED })
            .kms_key_arn(self.key.map(Key::arn))
            .target(self.target.property(role));
        Schedule { schedule: scope.add("Resource", schedule), role }
    }
}

fn window(length: Option<Duration>) -> FlexibleTimeWindow {
    match length {
        None => FlexibleTimeWindow::new().mode(Mode::OFF),
        Some(length) => {
            FlexibleTimeWindow::new().mode(Mode::FLEXIBLE).maximum_window_in_minutes(length.as_seconds().div_ceil(60))
        }
    }
}
