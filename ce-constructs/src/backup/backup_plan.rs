//! Backup plans.

use ce_cfn::backup::backup_plan::BackupPlanResourceType;
use ce_cfn::{backup, ids};
use ce_synth::{Scope, Value};

use super::authority::Authority;
use super::{BackupRule, BackupVault, Selection, rules};
use crate::security::Role;

/// A plan of AWS Backup: what is backed up when, into which vault; `Copy`.
///
/// ```
/// # use ce_constructs::backup::{BackupPlan, BackupRule, BackupVault, Selection, VaultName};
/// # use ce_constructs::operations::ScheduleExpression;
/// # use ce_constructs::security::Key;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Backup", PROD);
/// # let key = Key::builder().build(stack, "Key");
/// # let vault = BackupVault::builder(VaultName::new("shop-prod"), &key).build(stack, "Vault");
/// let orders = Selection::resources("orders", ["arn:aws:rds:eu-west-1:111111111111:cluster:orders"]);
/// BackupPlan::builder(&vault)
///     .rule(BackupRule::new("nightly", ScheduleExpression::daily(5, 0)))
///     .select(orders)
///     .least_privilege_for_databases()
///     .build(stack, "Plan");
/// # app.synth().unwrap();
/// ```
///
/// By default it acts with a role of its own that has AWS's two policies for backups and restores.
#[derive(Clone, Copy)]
pub struct BackupPlan<'a> {
    plan: backup::BackupPlanRef<'a>,
    role: Role<'a>,
}

impl<'a> BackupPlan<'a> {
    /// A plan that backs up into a vault.
    pub fn builder(vault: &BackupVault<'a>) -> BackupPlanBuilder<'a> {
        let (name, rules, selections) = Default::default();
        BackupPlanBuilder { vault: *vault, name, rules, selections, authority: Authority::AwsManaged }
    }

    /// The plan's id.
    pub fn id(self) -> Value<ids::BackupBackupPlan> {
        self.plan.backup_plan_id()
    }

    /// The role AWS Backup acts with.
    pub fn acts_as(self) -> Role<'a> {
        self.role
    }

    /// The resource, for what this block does not set.
    pub fn plan(self) -> backup::BackupPlanRef<'a> {
        self.plan
    }
}

/// Settings of a [`BackupPlan`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct BackupPlanBuilder<'a> {
    vault: BackupVault<'a>,
    name: Option<String>,
    rules: Vec<BackupRule>,
    selections: Vec<Selection>,
    authority: Authority<'a>,
}

impl<'a> BackupPlanBuilder<'a> {
    /// The plan's name. Default: the id it is built with.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// When it backs up, and how long that is kept; called again, also otherwise. Default: never, which is a finding
    /// (`CE8205`).
    pub fn rule(mut self, rule: BackupRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// What it backs up; called again, also something else. Default: nothing, which is a finding (`CE8206`).
    pub fn select(mut self, selection: Selection) -> Self {
        self.selections.push(selection);
        self
    }

    /// Acts with a role that is there already and trusts `backup.amazonaws.com`. Default: a role of its own.
    pub fn runs_as(mut self, role: &Role<'a>) -> Self {
        self.authority = Authority::Role(*role);
        self
    }

    /// Lets its role do what databases of RDS and Aurora need, and nothing else. Default: what AWS lets AWS Backup do
    /// with everything.
    pub fn least_privilege_for_databases(mut self) -> Self {
        self.authority = Authority::Databases;
        self
    }

    /// Adds the plan, its selections and its role.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> BackupPlan<'a> {
        let scope = scope.child(id);
        self.check(scope);
        let role = self.authority.for_plan(scope);
        let rules: Vec<_> = self.rules.iter().map(|rule| rule.property(self.vault)).collect();
        let body = BackupPlanResourceType::new().backup_plan_name(self.name.unwrap_or_else(|| id.to_owned()));
        let plan = scope.add("Resource", backup::BackupPlan::new().backup_plan(body.backup_plan_rule(rules)));
        for (place, selection) in self.selections.iter().enumerate() {
            let body = backup::BackupSelection::new().backup_plan_id(plan).backup_selection(selection.property(role));
            scope.add(&format!("Selection{}", place + 1), body);
        }
        BackupPlan { plan, role }
    }

    #[track_caller]
    fn check(&self, scope: Scope<'_>) {
        let names: Vec<&str> = self.rules.iter().map(BackupRule::name).collect();
        rules::plan_rules::check(scope, &names);
        for rule in &self.rules {
            rule.check(scope, self.vault);
        }
        let names: Vec<&str> = self.selections.iter().map(Selection::name).collect();
        rules::selection::check_all(scope, &names);
        for selection in &self.selections {
            selection.check(scope);
        }
    }
}
