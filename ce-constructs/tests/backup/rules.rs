//! Every rule, by what triggers it.

use ce_constructs::backup::{
    BackupPlan, BackupPlanBuilder, BackupReport, BackupRule, BackupVault, CopyTo, ProtectedKind, RULES, ReportTemplate,
    RestoreTest, RestoreTesting, RestoreTestingBuilder, Selection, VaultLock, VaultName,
};
use ce_constructs::operations::ScheduleExpression;
use ce_constructs::security::Key;
use ce_constructs::storage::Bucket;
use ce_synth::{App, Code, Duration, Region, Scope};

use super::{PROD, codes, done, synth};

const NAME: VaultName = VaultName::new("shop-prod");
const NONE: [String; 0] = [];

fn vault(scope: Scope<'_>, lock: Option<VaultLock>) -> BackupVault<'_> {
    let vault = BackupVault::builder(NAME, &Key::builder().build(scope, "Key"));
    if let Some(lock) = lock { vault.lock(lock) } else { vault }.build(scope, "Vault")
}

fn nightly() -> BackupRule {
    BackupRule::new("nightly", ScheduleExpression::daily(5, 0))
}

fn selection() -> Selection {
    Selection::tagged("all", "Backup", "nightly")
}

/// What is found about a plan of one rule, once each.
fn rule(rule: BackupRule) -> Vec<String> {
    rule_in(rule, None)
}

fn rule_in(rule: BackupRule, lock: Option<VaultLock>) -> Vec<String> {
    codes(&synth(|scope| {
        done(BackupPlan::builder(&vault(scope, lock)).rule(rule).select(selection()).build(scope, "Plan"));
    }))
}

#[test]
fn vault_lock() {
    let locked = |lock| codes(&synth(|scope| done(vault(scope, Some(lock)))));
    let (day, week) = (Duration::days(1), Duration::days(7));
    assert_eq!(locked(VaultLock::Governance { shortest: week, longest: Some(day) }), ["CE8201"]);
    assert_eq!(locked(VaultLock::Compliance { shortest: week, longest: None, grace: day })[0], "CE8201");
    assert_eq!(locked(VaultLock::Governance { shortest: Duration::hours(1), longest: None }), ["CE8201"]);
}

#[test]
fn lifecycle() {
    assert_eq!(rule(nightly().cold_after(Duration::days(30)).keep(Duration::days(100))), ["CE8202"]);
    assert_eq!(rule(nightly().cold_after(Duration::days(10)).keep(Duration::days(100))), NONE);
    assert_eq!(rule(nightly().keep(Duration::seconds(0)))[0], "CE8202");
    assert_eq!(rule(nightly().continuous().keep(Duration::days(36))), ["CE8202"]);
    assert_eq!(rule(nightly().continuous().keep_forever()), ["CE8202"]);
    assert!(rule(nightly().continuous().cold_after(Duration::days(1))).contains(&"CE8202".to_owned()));
    let copy = CopyTo::vault(NAME.arn(Region::US_WEST_2, "111111111111"));
    assert_eq!(rule(nightly().copy(copy.cold_after(Duration::days(30)))), ["CE8202"]);
}

#[test]
fn rule_window() {
    assert_eq!(rule(nightly().start_within(Duration::minutes(30))), ["CE8203"]);
    assert_eq!(rule(nightly().start_within(Duration::hours(2)).complete_within(Duration::hours(2))), ["CE8203"]);
}

#[test]
fn rule_schedule() {
    assert_eq!(rule(BackupRule::new("often", ScheduleExpression::every_hours(1))), ["CE8204"]);
}

#[test]
fn plan_rules() {
    let rules = |rules: &[&str]| {
        codes(&synth(|scope| {
            let plan = BackupPlan::builder(&vault(scope, None)).select(selection());
            let rule = |name: &&str| BackupRule::new(*name, ScheduleExpression::daily(5, 0));
            done(rules.iter().map(rule).fold(plan, BackupPlanBuilder::rule).build(scope, "Plan"));
        }))
    };
    assert_eq!(rules(&[])[0], "CE8205");
    assert_eq!(rules(&["a", "a"]), ["CE8205"]);
    assert_eq!(rules(&["a rule"])[0], "CE8205");
}

#[test]
fn a_selection_selects() {
    let selected = |selections: Vec<Selection>| {
        synth(|scope| {
            let plan = BackupPlan::builder(&vault(scope, None)).rule(nightly());
            done(selections.into_iter().fold(plan, BackupPlanBuilder::select).build(scope, "Plan"));
        })
    };
    assert!(selected(vec![]).is_ok(), "a warning");
    assert_eq!(codes(&selected(vec![])), ["CE8206"]);
    assert_eq!(codes(&selected(vec![Selection::resources("none", [] as [&str; 0])])), ["CE8206"]);
    assert_eq!(codes(&selected(vec![selection(), selection()])), ["CE8206"]);
    assert_eq!(codes(&selected(vec![Selection::tagged("a name", "Backup", "nightly")]))[0], "CE8206");
}

#[test]
fn restore_testing() {
    let tested = |name: &str, tests: Vec<RestoreTest>, start, window| {
        codes(&synth(|scope| {
            let testing = RestoreTesting::builder(name, ScheduleExpression::monthly(1, 6, 0))
                .start_within(start)
                .not_older_than(window);
            done(tests.into_iter().fold(testing, RestoreTestingBuilder::test).build(scope, "Tests"));
        }))
    };
    let one = || vec![RestoreTest::of("databases", ProtectedKind::Aurora)];
    let (day, month) = (Duration::days(1), Duration::days(30));
    assert_eq!(tested("monthly", one(), day, month), NONE);
    assert_eq!(tested("a-name", one(), day, month)[0], "CE8207");
    assert_eq!(tested("monthly", vec![], day, month), ["CE8207"]);
    assert_eq!(tested("monthly", [one(), one()].concat(), day, month), ["CE8207"]);
    assert_eq!(tested("monthly", one(), Duration::days(8), month)[0], "CE8207");
    assert_eq!(tested("monthly", one(), day, Duration::days(366))[0], "CE8207");
    let long = one().remove(0).validated_within(Duration::days(8));
    assert_eq!(tested("monthly", vec![long], day, month)[0], "CE8207");
}

#[test]
fn locked_retention() {
    let lock = Some(VaultLock::Governance { shortest: Duration::days(7), longest: Some(Duration::days(60)) });
    assert_eq!(rule_in(nightly().keep(Duration::days(3)), lock), ["CE8208"]);
    assert_eq!(rule_in(nightly().keep(Duration::days(90)), lock), ["CE8208"]);
    assert_eq!(rule_in(nightly().keep_forever(), lock), ["CE8208"]);
    assert_eq!(rule_in(nightly(), lock), NONE);
}

#[test]
fn copy_target() {
    let copied = codes(&synth(|scope| {
        let vault = vault(scope, None);
        let rule = nightly().copy(CopyTo::vault(vault.arn()));
        done(BackupPlan::builder(&vault).rule(rule).select(selection()).build(scope, "Plan"));
    }));
    assert_eq!(copied, ["CE8209"]);
}

#[test]
fn key_region() {
    let app = App::new();
    {
        let (here, there) = (app.stack("Here", PROD), app.stack("There", PROD.in_region(Region::US_WEST_2)));
        done(BackupVault::builder(NAME, &Key::builder().build(there, "Key")).build(here, "Vault"));
    }
    assert_eq!(codes(&app.synth()), ["CE8210"]);
}

#[test]
fn report_name() {
    for name in ["", "1st", "a-b"] {
        let found = codes(&synth(|scope| {
            let bucket = Bucket::builder().without_access_logs().build(scope, "Reports");
            done(BackupReport::builder(name, ReportTemplate::BackupJobs, &bucket).build(scope, "Report"));
        }));
        assert_eq!(found[0], "CE8211", "{name}");
    }
}

/// Every code above is one of the table, and the table has no other.
#[test]
fn the_table_is_whole() {
    let text = include_str!("rules.rs");
    let untested: Vec<Code> = RULES.iter().map(|rule| rule.code).filter(|code| !text.contains(code.as_str())).collect();
    assert_eq!(untested, Vec::new());
    assert!(RULES.is_sorted_by_key(|rule| rule.code));
}
