//! Which events a rule is about.

use ce_synth::{Expr, IntoValue, PropMap, Scope};

use super::Match;
use crate::observe::Alarm;
use crate::operations::rules;

/// The state of an alarm of CloudWatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmState {
    /// The line is crossed.
    Alarm,
    /// It is not.
    Ok,
    /// There is too little data to tell.
    InsufficientData,
}

impl AlarmState {
    const fn name(self) -> &'static str {
        match self {
            Self::Alarm => "ALARM",
            Self::Ok => "OK",
            Self::InsufficientData => "INSUFFICIENT_DATA",
        }
    }
}

/// Which events a rule is about: who sends them, what they are called, and what is in them.
///
/// ```
/// use ce_constructs::operations::{EventPattern, Match};
/// let failed = EventPattern::of("aws.ecs", "ECS Deployment State Change").detail("eventName", [Match::text("SERVICE_DEPLOYMENT_FAILED")]);
/// let findings = EventPattern::guard_duty_findings(7.0);
/// let scaling = EventPattern::from_source("aws.application-autoscaling");
/// # let _ = (failed, findings, scaling);
/// ```
///
/// Source: <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html>
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a pattern does nothing until a rule has it"]
pub struct EventPattern {
    source: String,
    detail_types: Vec<String>,
    resources: Vec<Expr>,
    detail: PropMap,
    conflicts: Vec<String>,
}

impl EventPattern {
    /// Every event of a source, `aws.ecs`.
    pub fn from_source(source: impl Into<String>) -> Self {
        let (detail_types, resources, conflicts) = Default::default();
        Self { source: source.into(), detail_types, resources, detail: PropMap::new(), conflicts }
    }

    /// Every event of a source that is called so: `aws.ecs`, `ECS Deployment State Change`.
    pub fn of(source: impl Into<String>, detail_type: impl Into<String>) -> Self {
        Self::from_source(source).or_called(detail_type)
    }

    /// Alarms of CloudWatch whose state becomes this.
    pub fn alarm_state(state: AlarmState) -> Self {
        Self::of("aws.cloudwatch", "CloudWatch Alarm State Change").detail("state.value", [Match::text(state.name())])
    }

    /// Findings of GuardDuty of a severity and above: 4 is medium, 7 high, 9 critical.
    /// Source: <https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html>
    pub fn guard_duty_findings(severity: f64) -> Self {
        Self::of("aws.guardduty", "GuardDuty Finding").detail("severity", [Match::at_least(severity)])
    }

    /// New findings that Security Hub has from anywhere, of these severities: `CRITICAL`, `HIGH`.
    pub fn security_hub_findings<S: Into<String>>(severities: impl IntoIterator<Item = S>) -> Self {
        let labels: Vec<Match> = severities.into_iter().map(|label| Match::text(label.into())).collect();
        Self::of("aws.securityhub", "Security Hub Findings - Imported").detail("findings.Severity.Label", labels)
    }

    /// Jobs of AWS Backup that end in a state, `FAILED`.
    pub fn backup_jobs<S: Into<String>>(states: impl IntoIterator<Item = S>) -> Self {
        let states: Vec<Match> = states.into_iter().map(|state| Match::text(state.into())).collect();
        Self::of("aws.backup", "Backup Job State Change").detail("state", states)
    }

    /// Deployments of ECS services that begin, end or fail.
    pub fn ecs_deployments() -> Self {
        Self::of("aws.ecs", "ECS Deployment State Change")
    }

    /// What Application Auto Scaling did: services and databases that grew or shrank.
    ///
    /// Source: <https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-eventbridge-events.html>
    pub fn scaling_activities() -> Self {
        Self::of("aws.application-autoscaling", "Application Auto Scaling Scaling Activity State Change")
    }

    /// Also events that are called so. Default: the name it was made with.
    pub fn or_called(mut self, detail_type: impl Into<String>) -> Self {
        self.detail_types.push(detail_type.into());
        self
    }

    /// Only events about these ARNs; called again, it adds. Default: about anything.
    pub fn about<V: IntoValue<String>>(mut self, arns: impl IntoIterator<Item = V>) -> Self {
        self.resources.extend(arns.into_iter().map(|arn| arn.into_value().into_expr()));
        self
    }

    /// Only events about this alarm; called again, also about another. Default: about any.
    pub fn about_alarm(self, alarm: &Alarm<'_>) -> Self {
        self.about([alarm.arn()])
    }

    /// Only events in whose detail a field, by its dotted path, is one of these. Default: whatever is in it.
    pub fn detail(mut self, path: &str, values: impl IntoIterator<Item = Match>) -> Self {
        let values: Vec<Expr> = values.into_iter().map(Match::into_expr).collect();
        let taken = self.detail_at(path).is_some() || values.is_empty();
        if taken || self.detail.set_path(path, Expr::List(values)).is_err() {
            self.conflicts.push(path.to_owned());
        }
        self
    }

    fn detail_at(&self, path: &str) -> Option<&Expr> {
        match path.split_once('.') {
            None => self.detail.get(path),
            Some((first, rest)) => self.detail.get(first)?.at(rest),
        }
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        rules::pattern_detail::check(scope, &self.conflicts);
    }

    pub(super) fn property(&self) -> Expr {
        let mut pattern = PropMap::new();
        pattern.set("source", Expr::list([Expr::text(self.source.clone())]));
        if !self.detail_types.is_empty() {
            pattern.set("detail-type", self.detail_types.clone().into());
        }
        if !self.resources.is_empty() {
            pattern.set("resources", Expr::List(self.resources.clone()));
        }
        if !self.detail.is_empty() {
            pattern.set("detail", self.detail.clone().into());
        }
        pattern.into()
    }
}
