//! Backups of Aurora by hand.

use ce_cfn::ids;
use ce_synth::{Duration, Expr, IntoValue, Scope, Value, join};

use crate::operations::{
    ApiCall, ApiOperation, AutomationDocument, DocumentParameter, Step, ValueType, output, parameter,
};
use crate::security::{Role, own_arn};

const START: ApiOperation = ApiOperation::new("backup:StartBackupJob");
const DESCRIBE: ApiOperation = ApiOperation::new("backup:DescribeBackupJob");

/// A runbook that backs a database up before a change, with an end: manual snapshots of RDS have none.
///
/// ```
/// # use ce_constructs::operations::AuroraBackup;
/// # use ce_constructs::security::{Principal, Role, aws_managed_policy};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// # let role = Role::builder(Principal::service("backup.amazonaws.com")).build(stack, "Role");
/// let cluster = "arn:aws:rds:us-east-1:111111111111:cluster:shop";
/// AuroraBackup::of(cluster, "shop-vault", &role).named("shop-pre-change-snapshot").build(stack, "Snapshot");
/// # app.synth().unwrap();
/// ```
///
/// By default a backup is kept for 90 days; `DeleteAfterDays` is the parameter that says otherwise. It waits until the
/// backup is there, for six hours at most.
#[derive(Clone, Debug)]
#[must_use = "a runbook does nothing until `build`"]
pub struct AuroraBackup {
    cluster: Value<String>,
    vault: Value<String>,
    role: Value<ids::IamRoleArn>,
    name: Option<String>,
    kept: Duration,
}

impl AuroraBackup {
    /// Of a cluster, by its ARN, into a vault, by its name, with a role that AWS Backup can take on.
    pub fn of(cluster: impl IntoValue<String>, vault: impl IntoValue<ids::BackupBackupVault>, role: &Role<'_>) -> Self {
        let vault: Value<ids::BackupBackupVault> = vault.into_value();
        Self {
            cluster: cluster.into_value(),
            vault: vault.cast(),
            role: role.arn(),
            name: None,
            kept: Duration::days(90),
        }
    }

    /// Names the document. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// How long a backup is kept, in whole days, if whoever starts it does not say. Default: 90 days.
    pub fn kept(mut self, time: Duration) -> Self {
        self.kept = time;
        self
    }

    /// Adds the document.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> AutomationDocument<'a> {
        let days = DocumentParameter::new("DeleteAfterDays", ValueType::Integer)
            .described("after how many days the backup is deleted")
            .default(i64::from(self.kept.days_rounded_up()));
        let vault = own_arn("backup", join!["backup-vault:", &self.vault]);
        let start = ApiCall::new(START)
            .on([vault])
            .passing(&self.role, "backup.amazonaws.com")
            .input("BackupVaultName", self.vault)
            .input("ResourceArn", self.cluster)
            .input("IamRoleArn", self.role)
            .input("Lifecycle", Expr::object([("DeleteAfterDays", parameter("DeleteAfterDays"))]));
        let describe = ApiCall::new(DESCRIBE)
            .on_everything("backup jobs are no resources to IAM")
            .input("BackupJobId", output("StartBackupJob", "BackupJobId"));
        let mut document = AutomationDocument::builder("Backs the database up before a change")
            .parameter(days)
            .step(Step::call("StartBackupJob", start).output("BackupJobId", "$.BackupJobId", ValueType::Text))
            .step(Step::wait_for("WaitForBackup", describe, "$.State", ["COMPLETED"]).timeout(Duration::hours(6)));
        if let Some(name) = self.name {
            document = document.named(name);
        }
        document.build(scope, id)
    }
}
