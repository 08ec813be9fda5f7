//! Roles for other accounts of the organisation.

use ce_synth::value::{account_id, partition, region};
use ce_synth::{Duration, IntoValue, Scope, Value, join};

use super::rules;
use crate::security::{Action, Grantee, Principal, Role, RoleBuilder, Statement, own_arn};
use crate::storage::Bucket;

/// What another account may do.
#[derive(Clone, Debug)]
pub enum Access<'a> {
    /// Read metrics, alarms, logs and traces.
    Monitoring,
    /// Read the audit trail and who may do what: its events, and its files where they are given.
    Audit(Option<Bucket<'a>>),
    /// Read and restore backups, with roles, by their ARNs, that the restore acts with.
    Backup(Vec<Value<String>>),
    /// Only what [`CrossAccountRoleBuilder::allow`] says.
    Nothing,
}

/// A role that another account may take on, which says an external id; `Copy`.
///
/// ```
/// # use ce_constructs::governance::{Access, CrossAccountRole};
/// # use ce_synth::{Account, App, Environment, Parameter, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Access", PROD);
/// let watcher = stack.parameter("MonitoringAccountId", Parameter::text().pattern("[0-9]{12}"));
/// CrossAccountRole::builder(Access::Monitoring, watcher, "shop-monitoring")
///     .named("shop-prod-monitoring-access")
///     .build(stack, "Monitoring");
/// # app.synth().unwrap();
/// ```
///
/// By default a session lasts an hour, and the account's own policies say who of it may take the role on. Lists are of
/// actions that read, one by one; restoring is the only one that writes.
#[derive(Clone, Copy)]
pub struct CrossAccountRole<'a> {
    role: Role<'a>,
}

impl<'a> CrossAccountRole<'a> {
    /// A role for an account, by its twelve digits or a parameter, that says this external id.
    pub fn builder(
        access: Access<'a>,
        account: impl IntoValue<String>,
        external_id: impl IntoValue<String>,
    ) -> CrossAccountRoleBuilder<'a> {
        let (account, external_id) = (account.into_value(), external_id.into_value());
        let trusted = Principal::account_of(account.clone()).external_id(external_id.clone());
        CrossAccountRoleBuilder { access, account, external_id, role: Role::builder(trusted), more: Vec::new() }
    }

    /// The role.
    pub fn role(self) -> Role<'a> {
        self.role
    }
}

impl Grantee for CrossAccountRole<'_> {
    fn role(&self) -> Role<'_> {
        self.role
    }
}

/// Settings of a [`CrossAccountRole`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct CrossAccountRoleBuilder<'a> {
    access: Access<'a>,
    account: Value<String>,
    external_id: Value<String>,
    role: RoleBuilder,
    more: Vec<Statement>,
}

impl<'a> CrossAccountRoleBuilder<'a> {
    /// The role's name, which the other account must know. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.role = self.role.named(name);
        self
    }

    /// How long a session may last, 1 to 12 hours. Default: one hour.
    pub fn max_session(mut self, length: Duration) -> Self {
        self.role = self.role.max_session(length);
        self
    }

    /// Lets it do something else too. Default: what its access says.
    pub fn allow(mut self, statement: Statement) -> Self {
        self.more.push(statement);
        self
    }

    /// Adds the role.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> CrossAccountRole<'a> {
        let scope = scope.child(id);
        rules::other_account::check(scope, &self.account, &self.external_id);
        let role = self.role.build(scope, "Role");
        match &self.access {
            Access::Monitoring => {
                role.allow(read(&MONITORING, "metrics, traces and results of queries are no resources to IAM"));
                role.allow(logs());
            }
            Access::Audit(bucket) => {
                role.allow(read(&AUDIT, "audits look at the whole account"));
                role.allow(logs());
                if let Some(bucket) = bucket {
                    bucket.grants().read(&role);
                }
            }
            Access::Backup(restorers) => may_restore(role, restorers),
            Access::Nothing => {}
        }
        for statement in self.more {
            role.allow(statement);
        }
        CrossAccountRole { role }
    }
}

const MONITORING: [Action; 15] = [
    Action::new("cloudwatch:DescribeAlarmHistory"),
    Action::new("cloudwatch:DescribeAlarms"),
    Action::new("cloudwatch:GetDashboard"),
    Action::new("cloudwatch:GetMetricData"),
    Action::new("cloudwatch:GetMetricStatistics"),
    Action::new("cloudwatch:ListDashboards"),
    Action::new("cloudwatch:ListMetrics"),
    Action::new("cloudwatch:ListTagsForResource"),
    Action::new("logs:GetQueryResults"),
    Action::new("logs:StopQuery"),
    Action::new("xray:BatchGetTraces"),
    Action::new("xray:GetGroups"),
    Action::new("xray:GetInsightSummaries"),
    Action::new("xray:GetServiceGraph"),
    Action::new("xray:GetTraceSummaries"),
];

const LOGS: [Action; 5] = [
    Action::new("logs:DescribeLogGroups"),
    Action::new("logs:DescribeLogStreams"),
    Action::new("logs:FilterLogEvents"),
    Action::new("logs:GetLogEvents"),
    Action::new("logs:StartQuery"),
];

const AUDIT: [Action; 17] = [
    Action::new("cloudtrail:DescribeTrails"),
    Action::new("cloudtrail:GetEventSelectors"),
    Action::new("cloudtrail:GetTrail"),
    Action::new("cloudtrail:GetTrailStatus"),
    Action::new("cloudtrail:ListTrails"),
    Action::new("cloudtrail:LookupEvents"),
    Action::new("config:DescribeComplianceByConfigRule"),
    Action::new("config:DescribeConfigRules"),
    Action::new("config:GetComplianceDetailsByConfigRule"),
    Action::new("config:GetResourceConfigHistory"),
    Action::new("guardduty:GetFindings"),
    Action::new("guardduty:ListDetectors"),
    Action::new("guardduty:ListFindings"),
    Action::new("iam:GetAccountAuthorizationDetails"),
    Action::new("iam:GetAccountSummary"),
    Action::new("iam:GetCredentialReport"),
    Action::new("securityhub:GetFindings"),
];

const BACKUP: [Action; 9] = [
    Action::new("backup:DescribeBackupVault"),
    Action::new("backup:DescribeRecoveryPoint"),
    Action::new("backup:DescribeRestoreJob"),
    Action::new("backup:GetRecoveryPointRestoreMetadata"),
    Action::new("backup:ListBackupVaults"),
    Action::new("backup:ListProtectedResources"),
    Action::new("backup:ListRecoveryPointsByBackupVault"),
    Action::new("backup:ListRecoveryPointsByResource"),
    Action::new("backup:ListRestoreJobs"),
];

fn read(actions: &[Action], reason: &str) -> Statement {
    Statement::allow(actions.iter().cloned()).on(["*"]).with_wildcard_reason(reason)
}

/// The log groups of its region.
fn logs() -> Statement {
    let groups = own_arn("logs", "log-group:*");
    Statement::allow(LOGS).on([groups])
}

/// Backups of RDS are snapshots of RDS, of others things of Backup.
#[track_caller]
fn may_restore(role: Role<'_>, restorers: &[Value<String>]) {
    role.allow(read(&BACKUP, "lists of backups are of the whole account"));
    let own = |service: &'static str, kind: &'static str| {
        join!["arn:", partition(), ":", service, ":", region(), ":", account_id(), ":", kind]
    };
    let points = [
        own("backup", "recovery-point:*"),
        own("rds", "cluster-snapshot:awsbackup:*"),
        own("rds", "snapshot:awsbackup:*"),
    ];
    role.allow(Statement::allow([Action::new("backup:StartRestoreJob")]).on(points));
    if !restorers.is_empty() {
        let pass = Statement::allow([Action::new("iam:PassRole")]).on(restorers.to_vec());
        role.allow(pass.when("StringEquals", "iam:PassedToService", "backup.amazonaws.com"));
    }
}
