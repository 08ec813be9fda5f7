//! Facts: alternatives, environments, profiles, what is due, and the report.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]

mod support;

use std::process::Command;

use ce_verify::{Assemblies, Kind, Outcome, Report, Scope, Word, judge, prove};
use serde_json::{Value, json};
use support::{assembly, counts, facts, folder, judged, outcome, resource, write};

fn bucket(name: &str) -> Value {
    json!({ "Resources": { "B": resource("AWS::S3::Bucket", json!({ "BucketName": name })) } })
}

fn named(name: &str) -> String {
    format!("type = 'AWS::S3::Bucket'\nwhere = {{ BucketName = '{name}' }}\ncount = 1")
}

fn one(rows: &[&str]) -> Outcome {
    outcome(&judged(&[("", rows)], &[("App", "us-east-1", bucket("a"))]), 0)
}

#[test]
fn all_rows_hold_alternatives_apart() {
    let (a, b) = (named("a"), named("b"));
    let alt = |row: &str, name: &str| format!("{row}\nalt = '{name}'");
    assert_eq!(one(&[&a]), Outcome::Passed);
    assert_eq!(one(&[&a, &b]), Outcome::Failed);
    assert_eq!(one(&[&alt(&b, "x"), &alt(&a, "y")]), Outcome::Passed);
    assert_eq!(one(&[&alt(&b, "x"), &alt(&a, "x")]), Outcome::Failed);
    assert_eq!(one(&[&alt(&b, "x"), &alt(&b, "y")]), Outcome::Failed);
    // A row without a name must hold whatever the alternatives do.
    assert_eq!(one(&[&b, &alt(&a, "x")]), Outcome::Failed);
    assert_eq!(one(&[&a, &alt(&b, "x")]), Outcome::Failed);
    // A failure outweighs a row that can't be judged yet, whichever comes first.
    let waiting = format!("{a}\nprofile = 'blue-green'");
    assert_eq!(one(&[&waiting, &b]), Outcome::Failed);
    assert_eq!(one(&[&b, &waiting]), Outcome::Failed);
}

#[test]
fn environments_pick_the_assembly() {
    let row = |name: &str| named(name);
    let (prod, standby, dev) = (row("p"), row("s"), row("d"));
    let all = facts(&[
        ("env = ['prod']", &[&prod]),
        ("env = ['prod']", &[&standby]),
        ("env = ['dr']\nregions = ['us-west-2']", &[&standby]),
        ("env = ['dr']\nregions = ['us-east-1', 'us-west-2']", &[&prod]),
        ("env = ['prod', 'dr']\nregions = ['us-east-1', 'us-west-2']", &[&prod, &standby]),
        ("env = ['dev']", &[&dev]),
        ("env = ['dev']", &[&prod]),
        ("env = ['staging']", &[&dev]),
        ("env = ['prod', 'staging']", &[&prod]),
        ("env = ['all']", &[&prod, &dev]),
        ("regions = []", &[&standby]),
        ("regions = ['all-enabled']", &[&standby]),
    ]);
    let assemblies = Assemblies::new()
        .with("prod", assembly(&[("App", "us-east-1", bucket("p")), ("Standby", "us-west-2", bucket("s"))]))
        .with("dev", assembly(&[("App", "us-east-1", bucket("d"))]));
    let report = judge(&all, &assemblies, &Scope::default());
    let passed: Vec<bool> = report.verdicts.iter().map(|verdict| verdict.outcome == Outcome::Passed).collect();
    assert_eq!(passed, [true, false, true, false, true, true, false, false, false, true, true, true]);
    for missing in [7, 8] {
        assert_eq!(outcome(&report, missing), Outcome::NotYet("no assembly of `staging`".to_owned()));
    }
}

#[test]
fn profiles_have_assemblies_of_their_own() {
    let (default, blue, full) = (named("a"), named("b"), named("f"));
    let on_row = format!("{blue}\nprofile = 'blue-green'");
    let all = facts(&[
        ("", &[&default]),
        ("profile = 'blue-green'", &[&blue]),
        ("", &[&default, &on_row]),
        ("profile = 'option x'", &[&full]),
        ("profile = 'option off'", &[&default]),
        ("profile = 'blue-green'", &[&default]),
    ]);
    let only = || Assemblies::new().with("prod", assembly(&[("App", "us-east-1", bucket("a"))]));
    let report = judge(&all, &only(), &Scope::default());
    assert_eq!(counts(&report), (2, 0, 4), "{report}");
    let with = only().with_profile("prod", "blue-green", assembly(&[("App", "us-east-1", bucket("b"))])).with_profile(
        "prod",
        "full",
        assembly(&[("App", "us-east-1", bucket("f"))]),
    );
    let report = judge(&all, &with, &Scope::default());
    assert_eq!(counts(&report), (5, 1, 0), "{report}");
    assert_eq!(outcome(&report, 5), Outcome::Failed);
}

#[test]
fn kinds_are_chosen() {
    let row = named("a");
    let all = facts(&[
        ("kind = 'template'", &[&row]),
        ("kind = 'impossible'", &[&row]),
        ("kind = 'runbook'", &[&row]),
        ("kind = 'derived'", &[&row]),
    ]);
    let not_judged = |scope: &Scope| judge(&all, &Assemblies::new(), scope).count(Word::NotJudged);
    assert_eq!(not_judged(&Scope::default()), 1);
    assert_eq!(not_judged(&Scope::default().kinds([Kind::Runbook])), 3);
}

fn two_sections() -> Report {
    let row = named("missing");
    let all = facts(&[("section = '1'", &[&row]), ("section = '2'", &[&row]), ("section = '2'", &[&named("a")])]);
    let assemblies = Assemblies::new().with("prod", assembly(&[("App", "us-east-1", bucket("a"))]));
    judge(&all, &assemblies, &Scope::default().due(["2"]))
}

#[test]
fn only_due_sections_may_not_fail() {
    let report = two_sections();
    assert_eq!(counts(&report), (1, 1, 1));
    assert_eq!(outcome(&report, 0), Outcome::NotYet("its section or region is not due".to_owned()));
    let failed = report.require().expect_err("a due fact fails").to_string();
    assert!(failed.contains("1 due facts fail"), "{failed}");
}

#[test]
fn the_report_says_what_was_selected_and_found() {
    let rows =
        ["type = 'AWS::S3::Bucket'\npath = 'BucketName'\nequals = 'b'", "type = 'AWS::SNS::Topic'\nmin_count = 1"];
    let text = judged(&[("", &rows)], &[("App", "us-east-1", bucket("a"))]).to_string();
    for part in [
        "| 1 One | 0 | 0 | 0 | 0 | 1 | 0 | 0 |",
        "| all | 0 | 0 | 0 | 0 | 1 | 0 | 0 |",
        "0 of 1 facts hold, 1 fail",
        "F-0 failed: s",
        r#"row {"equals":"b","path":"BucketName","type":"AWS::S3::Bucket"}"#,
        r#"found App/B (a): "a""#,
        r#"row {"min_count":1,"type":"AWS::SNS::Topic"}"#,
        "selected nothing",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

/// A file of facts with one section, written to disk.
fn fact_file(name: &str) -> std::path::PathBuf {
    let path = folder().join("facts.toml");
    let head = include_str!("../../tests/reference/simple-fargate.toml").split("\n[[fact]]").next().unwrap_or_default();
    let row = format!("[[fact.expect]]\n{}\n", named(name));
    let fact = "[[fact]]\nid = \"F\"\nsection = \"1\"\nlines = [1]\nsummary = \"s\"\nkind = \"template\"\nstatus = \"exact\"\nenv = [\"prod\"]\nregions = [\"us-east-1\"]\n";
    std::fs::write(&path, format!("{head}\n{fact}{row}")).expect("facts are written");
    path
}

#[test]
fn prove_reads_judges_and_refuses() {
    let assembly = write(&[("App", "us-east-1", bucket("a"))], &json!({}));
    let places = [("prod", assembly.as_path())];
    assert!(prove(fact_file("a"), &places, &Scope::default()).is_ok());
    assert!(prove(fact_file("b"), &places, &Scope::default()).is_err());
    assert!(prove(fact_file("b"), &places, &Scope::default().due(["other"])).is_ok());
    assert!(prove(fact_file("a"), &[("prod", &folder())], &Scope::default()).is_err());
}

#[test]
fn the_command_exits_by_what_is_due() {
    let assembly = write(&[("App", "us-east-1", bucket("a"))], &json!({}));
    let run = |name: &str, more: &[&str]| {
        let place = format!("prod={}", assembly.display());
        let output = Command::new(env!("CARGO_BIN_EXE_ce-verify")).arg(fact_file(name)).arg(place).args(more).output();
        let output = output.expect("the command runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(run("a", &[]).0, Some(0));
    let (code, text) = run("b", &[]);
    assert_eq!(code, Some(1));
    assert!(text.contains("F failed"), "{text}");
    assert_eq!(run("b", &["--due", "2,3"]).0, Some(0));
    assert_eq!(run("b", &["--due", "1"]).0, Some(1));
    assert_eq!(run("b", &["dev=nowhere"]).0, Some(2));
}

#[test]
fn stack_tags_are_tags_of_what_takes_tags() {
    let template = json!({ "Resources": {
        "B": resource("AWS::S3::Bucket", json!({})), "R": resource("AWS::EC2::Route", json!({})) } });
    let path = write(&[("App", "us-east-1", template)], &json!({ "tags": { "Environment": "prod" } }));
    let all = facts(&[
        ("", &["type = '*'\npath = '@tag.Environment'\nquantifier = 'all'\nany_of = ['prod']"]),
        ("", &["type = 'AWS::EC2::Route'\npath = '@tag.Environment'\nexists = true"]),
        ("", &["type = '*'\npath = '@tag.Environment'\nany_of = ['dev']"]),
    ]);
    let read = ce_verify::Assembly::read(path).expect("the assembly reads");
    let report = judge(&all, &Assemblies::new().with("prod", read), &Scope::default());
    assert_eq!(counts(&report), (1, 2, 0), "{report}");
}
