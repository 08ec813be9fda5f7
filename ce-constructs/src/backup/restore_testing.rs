//! Tests of restores.

use ce_cfn::backup;
use ce_cfn::backup::restore_testing_plan::{Algorithm, RecoveryPointTypes, RestoreTestingRecoveryPointSelection};
use ce_synth::{Duration, IntoValue, Scope, Value};

use super::authority::Authority;
use super::{RestoreTest, rules};
use crate::operations::{ScheduleExpression, TimeZone};
use crate::security::Role;

/// Which backup is restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryPoint {
    /// The latest.
    Latest,
    /// Any.
    Random,
}

/// A plan that restores backups to see whether they can be, and deletes what it restored; `Copy`.
///
/// ```
/// # use ce_constructs::backup::{ProtectedKind, RestoreTest, RestoreTesting};
/// # use ce_constructs::operations::ScheduleExpression;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const TEST: Environment = Environment::new("test", Account::new("222222222222"), Region::EU_WEST_1, Tier::Staging);
/// # let app = App::new();
/// # let stack = app.stack("Recovery", TEST);
/// RestoreTesting::builder("monthly", ScheduleExpression::monthly(1, 6, 0))
///     .test(RestoreTest::of("databases", ProtectedKind::Aurora))
///     .build(stack, "Tests");
/// # app.synth().unwrap();
/// ```
///
/// It restores in the account and region it is in: to test apart from production, copy backups to another account and put
/// the plan there. By default it takes the latest backup of the last 30 days out of any vault, and begins within a day.
#[derive(Clone, Copy)]
pub struct RestoreTesting<'a> {
    plan: backup::RestoreTestingPlanRef<'a>,
    role: Role<'a>,
}

impl<'a> RestoreTesting<'a> {
    /// A plan of a name, 1 to 50 letters, digits and `_`, at times written with cron.
    pub fn builder(name: impl Into<String>, times: ScheduleExpression) -> RestoreTestingBuilder<'a> {
        let (zone, vaults, tests) = Default::default();
        RestoreTestingBuilder {
            name: name.into(),
            times,
            zone,
            vaults,
            point: RecoveryPoint::Latest,
            window: Duration::days(30),
            snapshots_only: false,
            start: Duration::days(1),
            tests,
            authority: Authority::AwsManaged,
        }
    }

    /// The role AWS Backup acts with.
    pub fn acts_as(self) -> Role<'a> {
        self.role
    }

    /// The resource, for what this block does not set.
    pub fn plan(self) -> backup::RestoreTestingPlanRef<'a> {
        self.plan
    }
}

/// Settings of a [`RestoreTesting`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct RestoreTestingBuilder<'a> {
    name: String,
    times: ScheduleExpression,
    zone: Option<TimeZone>,
    vaults: Vec<Value<String>>,
    point: RecoveryPoint,
    window: Duration,
    snapshots_only: bool,
    start: Duration,
    tests: Vec<RestoreTest>,
    authority: Authority<'a>,
}

impl<'a> RestoreTestingBuilder<'a> {
    /// The zone its times are of. Default: UTC.
    pub fn zone(mut self, zone: TimeZone) -> Self {
        self.zone = Some(zone);
        self
    }

    /// Only backups of this vault, by its ARN; called again, also of another. Default: of any.
    pub fn from_vault(mut self, arn: impl IntoValue<String>) -> Self {
        self.vaults.push(arn.into_value());
        self
    }

    /// Which backup is restored. Default: [`RecoveryPoint::Latest`].
    pub fn restores(mut self, point: RecoveryPoint) -> Self {
        self.point = point;
        self
    }

    /// How old a backup may be, in whole days, 1 to 365. Default: 30 days.
    pub fn not_older_than(mut self, age: Duration) -> Self {
        self.window = age;
        self
    }

    /// Leaves continuous backups out. Default: snapshots and continuous backups.
    pub fn snapshots_only(mut self) -> Self {
        self.snapshots_only = true;
        self
    }

    /// How late a test may begin, in whole hours, 1 to 168. Default: a day.
    pub fn start_within(mut self, time: Duration) -> Self {
        self.start = time;
        self
    }

    /// What is restored; called again, also something else. Default: nothing, which is a finding (`CE8207`).
    pub fn test(mut self, test: RestoreTest) -> Self {
        self.tests.push(test);
        self
    }

    /// Acts with a role that is there already and trusts `backup.amazonaws.com`. Default: a role of its own, with AWS's
    /// policy for restores.
    pub fn runs_as(mut self, role: &Role<'a>) -> Self {
        self.authority = Authority::Role(*role);
        self
    }

    /// Lets its role do what databases of RDS and Aurora need, and nothing else. Default: what AWS lets AWS Backup
    /// restore.
    pub fn least_privilege_for_databases(mut self) -> Self {
        self.authority = Authority::Databases;
        self
    }

    /// Adds the plan, its tests and its role.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> RestoreTesting<'a> {
        let scope = scope.child(id);
        let names: Vec<&str> = self.tests.iter().map(RestoreTest::name).collect();
        rules::restore_testing::check(scope, &self.name, &names, self.start, self.window);
        rules::rule_schedule::check(scope, &self.name, &self.times);
        for test in &self.tests {
            test.check(scope);
        }
        let role = self.authority.for_restores(scope);
        let plan = backup::RestoreTestingPlan::new()
            .restore_testing_plan_name(&self.name)
            .schedule_expression(self.times.to_string())
            .schedule_expression_timezone(self.zone.as_ref().map(TimeZone::as_str))
            .start_window_hours(self.start.as_seconds().div_ceil(3_600))
            .recovery_point_selection(self.points());
        let plan = scope.add("Resource", plan);
        for (place, test) in self.tests.iter().enumerate() {
            scope.add(&format!("Test{}", place + 1), test.resource(plan, role));
        }
        RestoreTesting { plan, role }
    }

    fn points(&self) -> RestoreTestingRecoveryPointSelection {
        let vaults = if self.vaults.is_empty() { vec!["*".into_value()] } else { self.vaults.clone() };
        let algorithm = match self.point {
            RecoveryPoint::Latest => Algorithm::LATEST_WITHIN_WINDOW,
            RecoveryPoint::Random => Algorithm::RANDOM_WITHIN_WINDOW,
        };
        let mut types = vec![RecoveryPointTypes::SNAPSHOT];
        if !self.snapshots_only {
            types.push(RecoveryPointTypes::CONTINUOUS);
        }
        RestoreTestingRecoveryPointSelection::new()
            .algorithm(algorithm)
            .include_vaults(vaults)
            .recovery_point_types(types)
            .selection_window_days(self.window.days_rounded_up())
    }
}
