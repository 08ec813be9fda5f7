//! What AWS Backup may do.

use ce_synth::value::{account_id, partition, region};
use ce_synth::{Scope, Value, join};

use crate::security::{Action, Principal, Role, Statement, aws_managed_policy, own_arn};

/// The role AWS Backup acts with, and what it may do.
#[derive(Clone, Copy)]
pub(super) enum Authority<'a> {
    /// What AWS keeps up to date for everything AWS Backup can back up.
    AwsManaged,
    /// What databases of RDS and Aurora need, and nothing else.
    Databases,
    /// A role that is there already.
    Role(Role<'a>),
}

/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html>
const BACKUPS: &str = "service-role/AWSBackupServiceRolePolicyForBackup";
const RESTORES: &str = "service-role/AWSBackupServiceRolePolicyForRestores";

impl<'a> Authority<'a> {
    /// The role for a plan.
    #[track_caller]
    pub(super) fn for_plan(self, scope: Scope<'a>) -> Role<'a> {
        self.role(scope, &[BACKUPS, RESTORES], &[watch, backs_up, restores, keys])
    }

    /// The role for tests of restores.
    #[track_caller]
    pub(super) fn for_restores(self, scope: Scope<'a>) -> Role<'a> {
        self.role(scope, &[RESTORES], &[watch, restores, keys])
    }

    #[track_caller]
    fn role(self, scope: Scope<'a>, managed: &[&str], own: &[fn() -> Statement]) -> Role<'a> {
        let trusted =
            || Principal::service("backup.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id());
        match self {
            Self::Role(role) => role,
            Self::AwsManaged => {
                let role = managed
                    .iter()
                    .fold(Role::builder(trusted()), |role, name| role.managed_policy(aws_managed_policy(name)));
                role.build(scope, "Role")
            }
            Self::Databases => {
                let role = Role::builder(trusted()).build(scope, "Role");
                for statement in own {
                    role.allow(statement());
                }
                role
            }
        }
    }
}

fn rds(kind: &'static str) -> Value<String> {
    own_arn("rds", join!["", kind])
}

fn databases() -> [Value<String>; 4] {
    [rds("cluster:*"), rds("db:*"), rds("cluster-snapshot:awsbackup:*"), rds("snapshot:awsbackup:*")]
}

fn watch() -> Statement {
    let read = [
        Action::new("backup:DescribeBackupVault"),
        Action::new("rds:DescribeDBClusterSnapshots"),
        Action::new("rds:DescribeDBClusters"),
        Action::new("rds:DescribeDBInstances"),
        Action::new("rds:DescribeDBSnapshots"),
        Action::new("rds:ListTagsForResource"),
        Action::new("tag:GetResources"),
    ];
    Statement::allow(read)
        .on(["*"])
        .with_wildcard_reason("lists are of everything, and what is tagged is looked for everywhere")
}

fn backs_up() -> Statement {
    let actions = [
        Action::new("rds:AddTagsToResource"),
        Action::new("rds:CopyDBClusterSnapshot"),
        Action::new("rds:CopyDBSnapshot"),
        Action::new("rds:CreateDBClusterSnapshot"),
        Action::new("rds:CreateDBSnapshot"),
        Action::new("rds:DeleteDBClusterSnapshot"),
        Action::new("rds:DeleteDBSnapshot"),
        Action::new("rds:ModifyDBClusterSnapshotAttribute"),
        Action::new("rds:ModifyDBSnapshotAttribute"),
        Action::new("backup:CopyIntoBackupVault"),
    ];
    let vaults = join!["arn:", partition(), ":backup:*:*:backup-vault:*"];
    Statement::allow(actions).on(databases()).on([vaults])
}

fn restores() -> Statement {
    let actions = [
        Action::new("rds:AddTagsToResource"),
        Action::new("rds:CreateDBInstance"),
        Action::new("rds:DeleteDBCluster"),
        Action::new("rds:DeleteDBInstance"),
        Action::new("rds:RestoreDBClusterFromSnapshot"),
        Action::new("rds:RestoreDBInstanceFromDBSnapshot"),
    ];
    let groups = ["cluster-pg:*", "pg:*", "subgrp:*", "og:*"].map(rds);
    Statement::allow(actions).on(databases()).on(groups)
}

/// Snapshots are copied and restored by RDS, with the keys of the account.
fn keys() -> Statement {
    let actions = [
        Action::new("kms:CreateGrant"),
        Action::new("kms:Decrypt"),
        Action::new("kms:DescribeKey"),
        Action::new("kms:GenerateDataKeyWithoutPlaintext"),
    ];
    let keys = own_arn("kms", "key/*");
    let service = ["backup", "rds"].map(|name| join![name, ".", region(), ".amazonaws.com"]);
    Statement::allow(actions).on([keys]).when_any("StringEquals", "kms:ViaService", service)
}
