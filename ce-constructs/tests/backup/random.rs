//! Any configuration gives findings or a valid template, never a panic.

use ce_constructs::backup::{
    BackupPlan, BackupReport, BackupRule, BackupVault, CopyTo, ProtectedKind, ReportTemplate, RestoreTest,
    RestoreTesting, Selection, VaultLock, VaultName,
};
use ce_constructs::operations::ScheduleExpression;
use ce_constructs::security::Key;
use ce_constructs::storage::Bucket;
use ce_synth::{App, Duration, Region, Severity};
use proptest::prelude::*;

use super::{PROD, done};

const NAME: VaultName = VaultName::new("shop-prod");

fn rule() -> impl Strategy<Value = BackupRule> {
    let lives = (prop::option::of(0u32..400), prop::option::of(0u32..300), any::<bool>());
    ("[a-z .]{1,4}", lives, (0u32..4, 0u32..6), any::<bool>()).prop_map(
        |(name, (keep, cold, continuous), (start, end), copied)| {
            let mut rule = BackupRule::new(name, ScheduleExpression::daily(5, 0))
                .start_within(Duration::hours(start))
                .complete_within(Duration::hours(end));
            rule = keep.map_or(rule.clone().keep_forever(), |days| rule.keep(Duration::days(days)));
            if let Some(days) = cold {
                rule = rule.cold_after(Duration::days(days));
            }
            if continuous {
                rule = rule.continuous();
            }
            if copied {
                rule = rule.copy(CopyTo::vault(NAME.arn(Region::US_WEST_2, "111111111111")));
            }
            rule
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn plans_are_valid_or_say_why(
        rules in prop::collection::vec(rule(), 0..4),
        lock in prop::option::of((0u32..40, prop::option::of(0u32..90), prop::option::of(0u32..10))),
        selections in prop::collection::vec("[a-z ]{0,4}", 0..3),
        (report, prefix, json) in ("[a-z_ ]{1,6}", prop::option::of("[a-z/]{0,4}"), any::<bool>()),
        tests in prop::collection::vec("[a-z-]{0,4}", 0..3),
    ) {
        let app = App::new();
        let stack = app.stack("Stack", PROD);
        let mut vault = BackupVault::builder(NAME, &Key::builder().build(stack, "Key"));
        if let Some((shortest, longest, grace)) = lock {
            let (shortest, longest) = (Duration::days(shortest), longest.map(Duration::days));
            vault = vault.lock(match grace {
                None => VaultLock::Governance { shortest, longest },
                Some(grace) => VaultLock::Compliance { shortest, longest, grace: Duration::days(grace) },
            });
        }
        let plan = BackupPlan::builder(&vault.build(stack, "Vault"));
        let plan = rules.into_iter().fold(plan, ce_constructs::backup::BackupPlanBuilder::rule);
        let select = |name: &String| Selection::tagged(name, "Backup", "nightly");
        done(selections.iter().map(select).fold(plan, ce_constructs::backup::BackupPlanBuilder::select).build(stack, "Plan"));
        let testing = RestoreTesting::builder("monthly", ScheduleExpression::monthly(1, 6, 0));
        let test = |name: &String| RestoreTest::of(name, ProtectedKind::Aurora);
        done(tests.iter().map(test).fold(testing, ce_constructs::backup::RestoreTestingBuilder::test).build(stack, "Tests"));
        let reports = Bucket::builder().without_access_logs().build(stack, "Reports");
        let report = BackupReport::builder(report, ReportTemplate::RestoreJobs, &reports);
        let report = prefix.into_iter().fold(report, |report, prefix| report.prefix(prefix));
        done(if json { report.with_json() } else { report }.build(stack, "Report"));
        match app.synth() {
            Ok(assembly) => prop_assert!(assembly.template("Stack").is_some_and(|text| text.contains("BackupPlanRule"))),
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                let codes: Vec<_> = errors.map(|finding| finding.code.as_str()).collect();
                prop_assert!(codes.iter().any(|code| code.starts_with("CE82")), "{findings}");
            }
        }
    }
}
