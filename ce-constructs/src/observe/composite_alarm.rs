//! Alarms about alarms.

use ce_cfn::{cloudwatch, ids};
use ce_synth::{Duration, IntoValue, Scope, Value};

use super::alarm_actions::add_action;
use super::{Alarm, AlarmAction, AlarmCondition, AlarmTier, Escalation, RunbookLink, Topic, rules};

/// An alarm about other alarms: one call for what they mean together, instead of one for each; `Copy`.
///
/// ```
/// # use ce_synth::{Duration, Scope};
/// use ce_constructs::observe::{Alarm, AlarmCondition, AlarmTier, CompositeAlarm, Escalation};
/// fn outage<'a>(stack: Scope<'a>, oncall: &Escalation<'a>, errors: Alarm<'a>, slow: Alarm<'a>, deploying: Alarm<'a>) {
///     CompositeAlarm::builder(AlarmCondition::all([errors, slow]))
///         .described("users get errors, and wait for them")
///         .runbook("https://runbooks.example.com/outage")
///         .quiet_while(&deploying, Duration::minutes(5))
///         .build(stack, "Outage")
///         .escalate(oncall, AlarmTier::Page);
/// }
/// ```
///
/// By default it does nothing but change its state. It cannot scale anything: alarms about metrics do.
#[derive(Clone, Copy)]
pub struct CompositeAlarm<'a> {
    alarm: cloudwatch::CompositeAlarmRef<'a>,
}

impl<'a> CompositeAlarm<'a> {
    /// An alarm that is raised while a condition about others holds.
    pub fn builder(condition: impl Into<AlarmCondition>) -> CompositeAlarmBuilder<'a> {
        CompositeAlarmBuilder { condition: condition.into(), name: None, description: None, runbook: None, quiet: None }
    }

    /// Tells a topic when the alarm is raised and when it is over.
    #[track_caller]
    pub fn notify(self, topic: &Topic<'_>) -> Self {
        self.on_alarm(topic).on_ok(topic)
    }

    /// Tells whoever hears of a tier when the alarm is raised and when it is over.
    #[track_caller]
    pub fn escalate(self, escalation: &Escalation<'_>, tier: AlarmTier) -> Self {
        self.notify(&escalation.topic(tier))
    }

    /// What is done when the alarm is raised: at most five actions. Default: nothing.
    #[track_caller]
    pub fn on_alarm(self, action: impl Into<AlarmAction>) -> Self {
        self.add(cloudwatch::CompositeAlarm::ALARM_ACTIONS.name(), action.into())
    }

    /// What is done when the alarm is over: at most five actions. Default: nothing.
    #[track_caller]
    pub fn on_ok(self, action: impl Into<AlarmAction>) -> Self {
        self.add(cloudwatch::CompositeAlarm::OK_ACTIONS.name(), action.into())
    }

    #[track_caller]
    fn add(self, state: &'static str, action: AlarmAction) -> Self {
        rules::composite_action::check(self.alarm.scope(), &action);
        add_action(*self.alarm, state, action);
        self
    }

    /// The alarm's name.
    pub fn name(self) -> Value<ids::CloudWatchCompositeAlarm> {
        self.alarm.ref_()
    }

    /// The alarm's ARN.
    pub fn arn(self) -> Value<ids::CloudWatchCompositeAlarmArn> {
        self.alarm.arn()
    }

    /// The generated resource.
    pub fn alarm(self) -> cloudwatch::CompositeAlarmRef<'a> {
        self.alarm
    }
}

/// Settings of a [`CompositeAlarm`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct CompositeAlarmBuilder<'a> {
    condition: AlarmCondition,
    name: Option<Value<String>>,
    description: Option<Value<String>>,
    runbook: Option<RunbookLink>,
    quiet: Option<(Alarm<'a>, Duration)>,
}

impl<'a> CompositeAlarmBuilder<'a> {
    /// Names the alarm. Default: a name that CloudFormation makes.
    pub fn named(mut self, name: impl IntoValue<String>) -> Self {
        self.name = Some(name.into_value());
        self
    }

    /// Says what the alarm means. Default: nothing.
    pub fn described(mut self, text: impl IntoValue<String>) -> Self {
        self.description = Some(text.into_value());
        self
    }

    /// Where it says what to do; it stands after the description. Default: nowhere.
    pub fn runbook(mut self, link: impl Into<RunbookLink>) -> Self {
        self.runbook = Some(link.into());
        self
    }

    /// Does nothing while another alarm is raised, waits so long for that one to be raised first, and stays quiet as long
    /// after it is over. Default: it is never quiet.
    pub fn quiet_while(mut self, other: &Alarm<'a>, around: Duration) -> Self {
        self.quiet = Some((*other, around));
        self
    }

    /// Adds the alarm.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> CompositeAlarm<'a> {
        let scope = scope.child(id);
        rules::composite_size::check(scope, self.condition.size());
        let description = match self.runbook {
            Some(link) => Some(link.after(self.description)),
            None => self.description,
        };
        let alarm = cloudwatch::CompositeAlarm::new()
            .alarm_rule(self.condition.text())
            .alarm_name(self.name.map(Value::cast::<ids::CloudWatchAlarm>))
            .alarm_description(description);
        let alarm = match self.quiet {
            Some((other, around)) => alarm
                .actions_suppressor(other.arn().cast::<String>())
                .actions_suppressor_wait_period(i64::from(around.as_seconds()))
                .actions_suppressor_extension_period(i64::from(around.as_seconds())),
            None => alarm,
        };
        CompositeAlarm { alarm: scope.add("Resource", alarm) }
    }
}
