//! Rules about events.

use ce_cfn::events::rule::State;
use ce_cfn::{events, ids};
use ce_synth::value::account_id;
use ce_synth::{IntoValue, Scope, Value};

use super::{EventPattern, EventTarget};
use crate::operations::{ScheduleExpression, rules};
use crate::security::{Principal, Role};

/// A rule of EventBridge: who hears of which events; `Copy`.
///
/// ```
/// # use ce_constructs::observe::Topic;
/// # use ce_constructs::operations::{EventPattern, EventRule};
/// # use ce_constructs::security::Key;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// # let key = Key::builder().build(stack, "Key");
/// let security = Topic::builder(&key).build(stack, "Security");
/// EventRule::builder(EventPattern::guard_duty_findings(7.0)).to(&security).build(stack, "Findings");
/// # app.synth().unwrap();
/// ```
///
/// By default it is on, of the account's default bus, and has no name of its own. What it starts it may start with a role
/// that can do only that.
#[derive(Clone, Copy)]
pub struct EventRule<'a> {
    rule: events::RuleRef<'a>,
    role: Option<Role<'a>>,
}

impl<'a> EventRule<'a> {
    /// A rule about events.
    pub fn builder(pattern: EventPattern) -> EventRuleBuilder<'a> {
        EventRuleBuilder::new(Cause::Pattern(pattern))
    }

    /// A rule about times, of UTC. A [`Schedule`](crate::operations::Schedule) can do more.
    pub fn every(times: ScheduleExpression) -> EventRuleBuilder<'a> {
        EventRuleBuilder::new(Cause::Times(times))
    }

    /// The rule's ARN.
    pub fn arn(self) -> Value<ids::EventsRuleArn> {
        self.rule.arn()
    }

    /// The role it starts documents with.
    pub fn acts_as(self) -> Option<Role<'a>> {
        self.role
    }

    /// The resource, for what this block does not set.
    pub fn rule(self) -> events::RuleRef<'a> {
        self.rule
    }
}

#[derive(Clone)]
enum Cause {
    Pattern(EventPattern),
    Times(ScheduleExpression),
}

/// Settings of an [`EventRule`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct EventRuleBuilder<'a> {
    cause: Cause,
    name: Option<String>,
    description: Option<String>,
    bus: Option<Value<ids::EventsEventBus>>,
    enabled: bool,
    targets: Vec<EventTarget<'a>>,
}

impl<'a> EventRuleBuilder<'a> {
    fn new(cause: Cause) -> Self {
        Self { cause, name: None, description: None, bus: None, enabled: true, targets: Vec::new() }
    }

    /// The rule's name, 1 to 64 letters, digits, `-`, `_` and `.`. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The bus whose events it is about. Default: the account's own.
    pub fn bus(mut self, bus: impl IntoValue<ids::EventsEventBus>) -> Self {
        self.bus = Some(bus.into_value());
        self
    }

    /// Makes it, but does not switch it on. Default: it is on.
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }

    /// Who hears of it; called again, also another, up to five. Default: nobody, which is a finding (`CE8308`).
    pub fn to(mut self, target: impl Into<EventTarget<'a>>) -> Self {
        self.targets.push(target.into());
        self
    }

    /// Adds the rule, and the role and permissions it reaches its targets with.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> EventRule<'a> {
        let scope = scope.child(id);
        self.check(scope);
        let starter = self.targets.iter().any(EventTarget::needs_role).then(|| {
            let trusted =
                Principal::service("events.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id());
            Role::builder(trusted).build(scope, "Role")
        });
        let targets: Vec<_> = self
            .targets
            .iter()
            .enumerate()
            .map(|(place, target)| target.property(&target_id(place), starter))
            .collect();
        let (pattern, times) = match &self.cause {
            Cause::Pattern(pattern) => (Some(pattern.property()), None),
            Cause::Times(times) => (None, Some(times.to_string())),
        };
        let rule = events::Rule::new()
            .name(self.name)
            .description(self.description)
            .event_bus_name(self.bus)
            .event_pattern(pattern)
            .schedule_expression(times)
            .state(if self.enabled { State::ENABLED } else { State::DISABLED })
            .targets(targets);
        let rule = scope.add("Resource", rule);
        for (place, target) in self.targets.iter().enumerate() {
            target.permit(rule, scope, &target_id(place), starter);
        }
        EventRule { rule, role: starter }
    }

    #[track_caller]
    fn check(&self, scope: Scope<'_>) {
        rules::schedule_setting::check_name(scope, self.name.as_deref());
        rules::target_count::check(scope, self.targets.len());
        match &self.cause {
            Cause::Pattern(pattern) => pattern.check(scope),
            Cause::Times(times) => rules::schedule_setting::check_rule(scope, times),
        }
        for target in &self.targets {
            target.check(scope);
        }
    }
}

fn target_id(place: usize) -> String {
    format!("Target{}", place + 1)
}
