//! Rules that resources are held against.

use ce_cfn::config::config_rule::{Scope as Subject, Source};
use ce_cfn::{config, ids};
use ce_synth::tree::NodeId;
use ce_synth::value::{if_, no_value};
use ce_synth::{Expr, IntoValue, PropMap, Scope, Value, join};

use super::{ConfigRecorder, ManagedRule};
use crate::governance::rules;

/// How often a rule looks that looks by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Every hour.
    Hour,
    /// Every three hours.
    ThreeHours,
    /// Every six hours.
    SixHours,
    /// Every twelve hours.
    TwelveHours,
    /// Every day.
    Day,
}

impl Frequency {
    const fn name(self) -> &'static str {
        match self {
            Self::Hour => "One_Hour",
            Self::ThreeHours => "Three_Hours",
            Self::SixHours => "Six_Hours",
            Self::TwelveHours => "Twelve_Hours",
            Self::Day => "TwentyFour_Hours",
        }
    }
}

/// A rule of AWS Config that AWS keeps; `Copy`.
///
/// ```
/// # use ce_constructs::governance::{ConfigRule, ManagedRule};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Config", PROD);
/// ConfigRule::builder(ManagedRule::VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS)
///     .input("authorizedTcpPorts", "80,443")
///     .build(stack, "OpenPorts");
/// ConfigRule::required_tags([("Environment", &["prod", "staging", "dev"][..]), ("Owner", &[])]).build(stack, "Tags");
/// # app.synth().unwrap();
/// ```
///
/// By default it looks at everything its kind looks at, as often as AWS decides. It reports; it changes nothing. The
/// account needs a [`ConfigRecorder`] first.
#[derive(Clone, Copy)]
pub struct ConfigRule<'a> {
    rule: config::ConfigRuleRef<'a>,
}

impl<'a> ConfigRule<'a> {
    /// A rule that AWS keeps.
    pub fn builder(rule: ManagedRule) -> ConfigRuleBuilder<'a> {
        let (name, description, inputs, types, tag, frequency, recorder, condition) = Default::default();
        ConfigRuleBuilder { rule, name, description, inputs, types, tag, frequency, recorder, condition }
    }

    /// Resources have these tags, up to six, each with one of some values; without values, with any.
    pub fn required_tags<'t>(tags: impl IntoIterator<Item = (&'t str, &'t [&'t str])>) -> ConfigRuleBuilder<'a> {
        let mut builder = Self::builder(ManagedRule::REQUIRED_TAGS);
        for (place, (key, values)) in tags.into_iter().enumerate() {
            builder = builder.input(format!("tag{}Key", place + 1), key);
            if !values.is_empty() {
                builder = builder.input(format!("tag{}Value", place + 1), values.join(","));
            }
        }
        builder
    }

    /// The rule's ARN.
    pub fn arn(self) -> Value<ids::ConfigConfigRuleArn> {
        self.rule.arn()
    }

    /// The resource, for what this block does not set.
    pub fn rule(self) -> config::ConfigRuleRef<'a> {
        self.rule
    }
}

/// Settings of a [`ConfigRule`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ConfigRuleBuilder<'a> {
    rule: ManagedRule,
    name: Option<String>,
    description: Option<String>,
    inputs: Vec<(String, Value<String>)>,
    types: Vec<&'static str>,
    tag: Option<(String, String)>,
    frequency: Option<Frequency>,
    recorder: Option<ConfigRecorder<'a>>,
    condition: Option<NodeId>,
}

impl<'a> ConfigRuleBuilder<'a> {
    /// The rule's name. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What it is for. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// A parameter of the rule; numbers and lists are texts, `80,443`. Default: what the rule has.
    pub fn input(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.inputs.push((name.into(), value.into_value()));
        self
    }

    /// Looks at these types alone: `AWS::EC2::Volume`. Default: every type it knows.
    pub fn only_types(mut self, types: impl IntoIterator<Item = &'static str>) -> Self {
        self.types.extend(types);
        self
    }

    /// Looks at what has a tag alone. Default: everything.
    pub fn only_tagged(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tag = Some((key.into(), value.into()));
        self
    }

    /// How often it looks, if it looks by time. Default: once a day.
    pub fn every(mut self, frequency: Frequency) -> Self {
        self.frequency = Some(frequency);
        self
    }

    /// Waits for a recorder of the same app. Default: there is one.
    pub fn after(mut self, recorder: &ConfigRecorder<'a>) -> Self {
        self.recorder = Some(*recorder);
        self
    }

    /// Makes it only when a condition holds. Default: always.
    pub fn when(mut self, condition: NodeId) -> Self {
        self.condition = Some(condition);
        self
    }

    /// Adds the rule.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> ConfigRule<'a> {
        let scope = scope.child(id);
        rules::config_rule::check(scope, &self.rule, self.frequency.is_some(), &self.names(), self.name.as_deref());
        let mut inputs = PropMap::new();
        for (name, value) in &self.inputs {
            inputs.set(name.clone(), value.clone().into_expr());
        }
        let inputs = (!inputs.is_empty()).then(|| Expr::from(inputs));
        let rule = config::ConfigRule::new()
            .config_rule_name(self.name.as_deref())
            .description(self.text())
            .source(Source::new().owner("AWS").source_identifier(self.rule.identifier()))
            .input_parameters(inputs)
            .maximum_execution_frequency(self.frequency.map(Frequency::name))
            .scope(self.subject());
        let rule = scope.add("Resource", rule);
        if let Some(recorder) = self.recorder.filter(|recorder| recorder.condition().is_none()) {
            rule.depends_on(*recorder.recorder());
        }
        if let Some(condition) = self.condition {
            rule.when(condition);
        }
        ConfigRule { rule }
    }

    /// A rule cannot depend on a recorder that may not be there; but what it says of itself may name it, and waits for it.
    fn text(&self) -> Option<Value<String>> {
        let said = self.description.as_deref().map(IntoValue::into_value);
        let Some((recorder, condition)) = self.recorder.and_then(|recorder| Some((recorder, recorder.condition()?)))
        else {
            return said;
        };
        let named = join!["recorded by ", recorder.recorder().ref_()];
        Some(match said {
            Some(said) => join![said, if_(condition, join![", ", named], "")],
            None => if_(condition, named, no_value()),
        })
    }

    fn names(&self) -> Vec<&str> {
        self.inputs.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn subject(&self) -> Option<Subject> {
        let tag = self.tag.as_ref();
        (tag.is_some() || !self.types.is_empty()).then(|| {
            Subject::new()
                .compliance_resource_types((!self.types.is_empty()).then(|| self.types.clone()))
                .tag_key(tag.map(|(key, _)| key.as_str()))
                .tag_value(tag.map(|(_, value)| value.as_str()))
        })
    }
}
