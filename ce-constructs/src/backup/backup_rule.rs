//! Rules of backup plans.

use ce_cfn::backup::backup_plan::BackupRuleResourceType;
use ce_synth::{Duration, IntoValue, MapOf, Scope, Value};

use super::copy::lifecycle;
use super::{BackupVault, CopyTo, rules};
use crate::operations::{ScheduleExpression, TimeZone};

/// When a plan backs up, and how long that is kept.
///
/// ```
/// use ce_constructs::backup::BackupRule;
/// use ce_constructs::operations::ScheduleExpression;
/// use ce_synth::Duration;
/// let monthly = BackupRule::new("monthly", ScheduleExpression::monthly(1, 4, 0))
///     .keep(Duration::days(365))
///     .cold_after(Duration::days(30));
/// # let _ = monthly;
/// ```
///
/// By default a backup is kept for 35 days, begins within an hour of its time, and has two days to end.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a rule does nothing until a plan has it"]
pub struct BackupRule {
    name: String,
    times: ScheduleExpression,
    zone: Option<TimeZone>,
    keep: Option<Duration>,
    cold: Option<Duration>,
    continuous: bool,
    start: Duration,
    completion: Duration,
    copies: Vec<CopyTo>,
    tags: Vec<(String, Value<String>)>,
}

impl BackupRule {
    /// A rule of a name, 1 to 50 letters, digits, `-`, `_` and `.`, at times written with cron.
    pub fn new(name: impl Into<String>, times: ScheduleExpression) -> Self {
        let (zone, cold, copies, tags) = Default::default();
        let (start, completion) = (Duration::hours(1), Duration::days(2));
        let keep = Some(Duration::days(35));
        Self { name: name.into(), times, zone, keep, cold, continuous: false, start, completion, copies, tags }
    }

    /// The zone its times are of. Default: UTC.
    pub fn zone(mut self, zone: TimeZone) -> Self {
        self.zone = Some(zone);
        self
    }

    /// How long a backup is kept, in whole days. Default: 35 days.
    pub fn keep(mut self, time: Duration) -> Self {
        self.keep = Some(time);
        self
    }

    /// Keeps backups until somebody deletes them. Default: 35 days.
    pub fn keep_forever(mut self) -> Self {
        self.keep = None;
        self
    }

    /// Moves a backup to cold storage after a time, in whole days, and keeps it there for 90 days or more. Not
    /// everything can be cold: Aurora cannot. Default: it stays warm.
    pub fn cold_after(mut self, time: Duration) -> Self {
        self.cold = Some(time);
        self
    }

    /// Keeps every change too, so that any second can be restored; for at most 35 days. Default: snapshots alone.
    pub fn continuous(mut self) -> Self {
        self.continuous = true;
        self
    }

    /// How late a backup may begin, an hour or more. Default: one hour.
    pub fn start_within(mut self, time: Duration) -> Self {
        self.start = time;
        self
    }

    /// How long a backup may take, an hour longer than it may be late or more. Default: two days.
    pub fn complete_within(mut self, time: Duration) -> Self {
        self.completion = time;
        self
    }

    /// Copies each backup to another vault; called again, also to another. Default: no copies.
    pub fn copy(mut self, copy: CopyTo) -> Self {
        self.copies.push(copy);
        self
    }

    /// Tags each backup. Default: with the tags of what is backed up alone.
    pub fn tag(mut self, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.tags.push((key.into(), value.into_value()));
        self
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>, vault: BackupVault<'_>) {
        rules::rule_schedule::check(scope, &self.name, &self.times);
        rules::lifecycle::check(scope, &self.name, self.keep, self.cold);
        rules::lifecycle::check_continuous(scope, &self.name, self.continuous, self.keep, self.cold);
        rules::rule_window::check(scope, &self.name, self.start, self.completion);
        rules::locked_retention::check(scope, &self.name, self.keep, vault);
        for copy in &self.copies {
            copy.check(scope, &self.name, self.keep);
            rules::copy_target::check(scope, &self.name, &copy.vault, vault);
        }
    }

    pub(super) fn property(&self, vault: BackupVault<'_>) -> BackupRuleResourceType {
        let copies: Vec<_> = self.copies.iter().map(|copy| copy.property(self.keep)).collect();
        let tags: Value<MapOf<String>> = self.tags.clone().into_value();
        BackupRuleResourceType::new()
            .rule_name(&self.name)
            .target_backup_vault(vault.name())
            .schedule_expression(self.times.to_string())
            .schedule_expression_timezone(self.zone.as_ref().map(TimeZone::as_str))
            .start_window_minutes(self.start.as_seconds().div_ceil(60))
            .completion_window_minutes(self.completion.as_seconds().div_ceil(60))
            .enable_continuous_backup(self.continuous.then_some(true))
            .lifecycle(lifecycle(self.keep, self.cold))
            .copy_actions((!copies.is_empty()).then_some(copies))
            .recovery_point_tags((!self.tags.is_empty()).then_some(tags))
    }
}
