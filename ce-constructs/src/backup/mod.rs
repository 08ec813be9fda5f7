//! What is backed up, where copies are kept, and whether they can be restored.
//!
//! ```
//! use ce_constructs::backup::{BackupPlan, BackupRule, BackupVault, CopyTo, Selection, VaultName};
//! use ce_constructs::operations::ScheduleExpression;
//! use ce_constructs::security::Key;
//! use ce_synth::{Account, App, Duration, Environment, Region, Tier};
//!
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
//! const VAULT: VaultName = VaultName::new("shop-prod");
//! let app = App::new();
//! let stack = app.stack("Backup", PROD);
//! let key = Key::builder().build(stack, "Key");
//! let vault = BackupVault::builder(VAULT, &key).build(stack, "Vault");
//! let standby = CopyTo::vault(VAULT.arn(Region::US_WEST_2, PROD.account.as_str()));
//! let nightly = BackupRule::new("nightly", ScheduleExpression::daily(5, 0)).keep(Duration::days(35)).copy(standby);
//! BackupPlan::builder(&vault).rule(nightly).select(Selection::tagged("backups", "Backup", "nightly")).build(stack, "Plan");
//! app.synth()?;
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! By default backups are encrypted with a key of yours, kept for 35 days, and taken with a role that AWS keeps for AWS
//! Backup; a vault stays when it leaves the template.
//!
//! It does not back up what AWS Backup cannot: Redis has [`RedisSnapshot`](crate::operations::RedisSnapshot).

mod authority;
mod backup_plan;
mod backup_rule;
mod backup_vault;
mod copy;
mod protected_kind;
mod report;
mod restore_test;
mod restore_testing;
pub mod rules;
mod selection;
mod vault_lock;
mod vault_name;

pub use backup_plan::{BackupPlan, BackupPlanBuilder};
pub use backup_rule::BackupRule;
pub use backup_vault::{BackupVault, BackupVaultBuilder, VaultEvent};
pub use copy::CopyTo;
pub use protected_kind::ProtectedKind;
pub use report::{BackupReport, BackupReportBuilder, ReportTemplate};
pub use restore_test::RestoreTest;
pub use restore_testing::{RecoveryPoint, RestoreTesting, RestoreTestingBuilder};
pub use rules::RULES;
pub use selection::Selection;
pub use vault_lock::VaultLock;
pub use vault_name::{ParseVaultNameError, VaultName};
