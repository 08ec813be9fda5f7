//! Rows about files, rows that are prose, and what stands in for the impossible.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use ce_verify::{Assemblies, Assembly, Evidence, Facts, Outcome, Report, Scope, judge};
use serde_json::json;
use support::{facts, folder, outcome, resource, write};

const WORKFLOW: &str = "\
on:
  push: { branches: [main] }
  workflow_dispatch:
  schedule:
    - cron: '30 4 * * 1'
jobs:
  test: { runs-on: ubuntu-latest, timeout-minutes: 20 }
  deploy:
    environment: production
    needs: [test, scan]
    steps:
      - uses: actions/checkout@v4
      - run: aws s3 cp a.json s3://archive/tasks/
";

/// A repository with a source, a workflow, a package and something that is none.
fn repository() -> PathBuf {
    let root = folder();
    for inner in ["src/network", ".github/workflows"] {
        fs::create_dir_all(root.join(inner)).expect("a folder");
    }
    let files = [
        ("src/network/vpc.rs", "/// A network.\n#[test]\n#[cfg(unix)]\nfn a_network_has_zones() {}\nfn helper() {}\n"),
        (".github/workflows/deploy.yml", WORKFLOW),
        (".github/workflows/torn.yml", "on: ["),
        ("Cargo.toml", "[package]\nversion = \"1.2.3\"\n"),
    ];
    for (path, text) in files {
        fs::write(root.join(path), text).expect("a file");
    }
    root
}

/// Production, with a runbook beside its templates.
fn production() -> Assembly {
    let bucket = json!({ "Resources": { "B": resource("AWS::S3::Bucket", json!({ "BucketName": "a" })) } });
    let path = write(&[("App", "us-east-1", bucket)], &json!({}));
    fs::create_dir(path.join("runbooks")).expect("a folder");
    fs::write(path.join("runbooks/failover.md"), "# Failover\n").expect("a file");
    Assembly::read(path).expect("the assembly reads")
}

fn evidence(text: &str, facts: &Facts) -> Result<Evidence, String> {
    Evidence::parse(text, Path::new("evidence.toml"), facts).map_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        format!("{error} {cause}")
    })
}

const PLACES: &str = "\
[[place]]
names = 'cdk.out'
assembly = 'prod'
file = ''
[[place]]
names = 'docs/runbooks'
assembly = 'prod'
file = 'runbooks'
why = 'they are generated'
[[place]]
names = 'lib'
repository = 'src'
[[place]]
names = 'lib/net'
repository = 'src/network'
[[place]]
names = 'elsewhere'
assembly = 'dev'
file = 'a.md'
";

/// Judges facts that are heads alone: artifacts and all stand in them.
fn judged(heads: &[&str], evidence_text: &str) -> Report {
    let table: Vec<(&str, &[&str])> = heads.iter().map(|head| (*head, &[][..])).collect();
    judged_table(&facts(&table), evidence_text)
}

fn judged_table(facts: &Facts, evidence_text: &str) -> Report {
    let evidence = evidence(evidence_text, facts).unwrap_or_else(|error| panic!("{error}"));
    let assemblies = Assemblies::new().with("prod", production()).repository(repository()).evidence(evidence);
    judge(facts, &assemblies, &Scope::default())
}

#[track_caller]
fn check(rows: &[(&str, bool)]) {
    let heads: Vec<String> =
        rows.iter().map(|(row, _)| format!("kind = 'pipeline'\nartifact = [{{ {row} }}]")).collect();
    let report = judged(&heads.iter().map(String::as_str).collect::<Vec<_>>(), PLACES);
    for ((row, expected), verdict) in rows.iter().zip(&report.verdicts) {
        assert_eq!(verdict.outcome == Outcome::Passed, *expected, "{row}\n{verdict}");
    }
}

#[test]
fn operators_look_at_what_a_file_holds() {
    let row = |rest: &str| format!("file = '.github/workflows/deploy.yml', {rest}");
    let rows = [
        ("path = 'jobs.test', exists = true", true),
        ("path = 'jobs.tests', exists = true", false),
        ("path = 'jobs.tests', exists = false", true),
        ("path = 'on.workflow_dispatch', exists = true", true),
        ("path = 'jobs.deploy.environment', equals = 'production'", true),
        ("path = 'jobs.deploy.environment', equals = 'prod'", false),
        ("path = 'jobs.test.timeout-minutes', equals = 20", true),
        ("path = 'on.push.branches', contains = 'main'", true),
        ("path = 'on.push.branches', contains = 'mai'", false),
        ("path = 'jobs.deploy.needs', contains_all = ['scan', 'test']", true),
        ("path = 'jobs.deploy.needs', contains_all = ['scan', 'build']", false),
        ("path = 'jobs.deploy.steps[*].uses', contains_all = ['actions/checkout']", true),
        ("path = 'jobs.deploy.steps[*].run', contains = 's3://archive/tasks/'", true),
        ("path = 'on.schedule[*].cron', regex = '^\\d+ \\d+ \\* \\* \\d$'", true),
        ("path = 'on.schedule[*].cron', regex = '^\\* '", false),
        ("contains = 'workflow_dispatch'", true),
        ("regex = '(?m)^jobs:$'", true),
        ("contains = 'rollback'", false),
        ("equals = 'on:'", false),
    ];
    let rows: Vec<(String, bool)> = rows.into_iter().map(|(rest, expected)| (row(rest), expected)).collect();
    check(&rows.iter().map(|(row, expected)| (row.as_str(), *expected)).collect::<Vec<_>>());
}

#[test]
fn files_and_folders_are_looked_for_where_evidence_says() {
    check(&[
        ("file = 'src', exists = true", true),
        ("file = 'src/vpc.rs', exists = true", false),
        ("file = 'src/vpc.rs', exists = false", true),
        ("file = '.github/workflows/*.yml', exists = true", true),
        ("file = '.github/workflows/*.json', exists = true", false),
        ("file = 'lib', exists = true", true),
        ("file = 'lib/network/vpc.rs', exists = true", true),
        ("file = 'lib/net/vpc.rs', contains = 'A network'", true),
        ("file = 'library', exists = true", false),
        ("file = 'cdk.out', exists = true", true),
        ("file = 'cdk.out/*.template.json', exists = true", true),
        ("file = 'cdk.out/runbooks', exists = true", true),
        ("file = 'cdk.out/manifest.json', path = 'artifacts', contains = 'App'", true),
        ("file = 'docs/runbooks/failover.md', exists = true", true),
        ("file = 'docs/runbooks/failback.md', exists = true", false),
        ("file = 'docs/runbooks/failover.md', contains = '# Failover'", true),
        ("file = 'Cargo.toml', path = 'package.version', equals = '1.2.3'", true),
        ("file = 'src', path = 'a', exists = true", false),
        ("file = 'src/network/vpc.rs', path = 'a', exists = true", false),
        ("file = '.github/workflows/torn.yml', path = 'on', exists = true", false),
    ]);
}

#[test]
fn a_failure_says_what_was_found() {
    let row = |file: &str, rest: &str| format!("kind = 'pipeline'\nartifact = [{{ file = '{file}', {rest} }}]");
    let heads = [
        row(".github/workflows/deploy.yml", "path = 'jobs.deploy.environment', equals = 'x'"),
        row(".github/workflows/torn.yml", "path = 'on', exists = true"),
        row("lib/network/vpc.rs", "path = 'on', exists = true"),
        row("lib/none", "exists = true"),
    ];
    let report = judged(&heads.each_ref().map(String::as_str), PLACES);
    let found: Vec<&str> =
        report.verdicts.iter().flat_map(|verdict| &verdict.rows[0].selected).map(|it| &**it).collect();
    assert_eq!(found[0], r#".github/workflows/deploy.yml: "production""#);
    assert!(found[1].starts_with("`.github/workflows/torn.yml` is not YAML: "), "{}", found[1]);
    assert_eq!(found[2], "`src/network/vpc.rs` holds no tables, help: leave out `path` to look at its text");
    assert_eq!(found[3], "src/none: nothing");
}

#[test]
fn without_a_place_to_look_nothing_is_judged() {
    let head = |file: &str| format!("kind = 'pipeline'\nartifact = [{{ file = '{file}', exists = true }}]");
    let (source, elsewhere) = (head("src"), head("elsewhere"));
    let table = facts(&[(&source, &[]), (&elsewhere, &[])]);
    let assemblies = Assemblies::new().evidence(evidence(PLACES, &table).expect("it reads"));
    let report = judge(&table, &assemblies, &Scope::default());
    assert_eq!(outcome(&report, 0), Outcome::NotYet("no repository is given".to_owned()));
    assert_eq!(outcome(&report, 1), Outcome::NotYet("no assembly of `dev`".to_owned()));
}

#[test]
fn a_fact_holds_with_all_its_rows_and_never_without_any() {
    let both = "kind = 'runbook'\nartifact = [{ file = 'src', exists = true }]";
    let table = facts(&[
        (both, &["type = 'AWS::S3::Bucket'\ncount = 1"]),
        (both, &["type = 'AWS::S3::Bucket'\ncount = 2"]),
        ("kind = 'runbook'\nartifact = [{ file = 'x', exists = true }]", &["type = 'AWS::S3::Bucket'\ncount = 1"]),
        ("kind = 'pipeline'", &[]),
        ("kind = 'template'", &[]),
    ]);
    let report = judged_table(&table, "");
    let outcomes: Vec<&Outcome> = report.verdicts.iter().map(|verdict| &verdict.outcome).collect();
    let [passed, failed] = [&Outcome::Passed, &Outcome::Failed];
    assert_eq!(outcomes, [passed, failed, failed, failed, failed]);
}

#[test]
fn prose_is_proved_by_a_test_or_a_text() {
    let row = |check: &str| format!("artifact = 'docs'\ncheck = '{check}'");
    let rows =
        ["zones are three", "rollback is told", "nobody proved it", "the test is gone", "no test but a function"]
            .map(row);
    let table = facts(&[
        ("kind = 'pipeline'", &[&rows[0], &rows[1]]),
        ("kind = 'pipeline'", &[&rows[0], &rows[2]]),
        ("kind = 'pipeline'", &[&rows[3]]),
        ("kind = 'pipeline'", &[&rows[4]]),
        ("kind = 'pipeline'", &[&rows[1]]),
    ]);
    let proofs = "\
[[proof]]
fact = 'F-0'
check = 'zones are three'
repository = 'src/network/vpc.rs'
test = 'a_network_has_zones'
[[proof]]
fact = 'F-0'
check = 'rollback is told'
assembly = 'prod'
file = 'runbooks/failover.md'
holds = '# Failover'
[[proof]]
fact = 'F-1'
check = 'zones are three'
repository = 'src/network/vpc.rs'
test = 'a_network_has_zones'
[[proof]]
fact = 'F-2'
repository = 'src/network/vpc.rs'
test = 'a_network_has'
[[proof]]
fact = 'F-3'
repository = 'src/network/vpc.rs'
test = 'helper'
[[proof]]
fact = 'F-4'
repository = 'src/network/vpc.rs'
holds = 'rollback'
";
    let report = judged_table(&table, proofs);
    let [passed, failed] = [Outcome::Passed, Outcome::Failed];
    let outcomes: Vec<Outcome> = (0..5).map(|fact| outcome(&report, fact)).collect();
    assert_eq!(outcomes, [passed, failed.clone(), failed.clone(), failed.clone(), failed]);
    let found =
        |fact: usize| report.verdicts[fact].rows.iter().flat_map(|row| &row.selected).cloned().collect::<Vec<_>>();
    assert_eq!(found(1), ["nothing proves it, help: name a test or a file in the evidence"]);
    assert_eq!(found(2), ["src/network/vpc.rs has no test `a_network_has`"]);
    assert_eq!(found(4), ["src/network/vpc.rs does not hold `rollback`"]);
}

#[test]
fn what_is_impossible_needs_something_that_stands_in_for_it() {
    let (holds, fails) = ("type = 'AWS::S3::Bucket'\ncount = 1", "type = 'AWS::S3::Bucket'\ncount = 2");
    let table = facts(&[
        ("", &[holds]),
        ("", &[fails]),
        ("kind = 'derived'", &[]),
        ("kind = 'impossible'", &[]),
        ("kind = 'impossible'", &[]),
        ("kind = 'impossible'", &[]),
        ("kind = 'impossible'", &[]),
        ("kind = 'impossible'", &[holds]),
        ("kind = 'impossible'", &[fails]),
        ("kind = 'impossible'", &[fails]),
    ]);
    let control = |fact: usize, by: &str| format!("[[control]]\nfact = 'F-{fact}'\nsays = 's'\nby = [{by}]\n");
    let evidence = [control(4, "'F-0'"), control(5, "'F-0', 'F-1'"), control(6, "'F-2'"), control(9, "'F-0'")].concat();
    let report = judged_table(&table, &evidence);
    let words: Vec<&str> = report.verdicts[3..].iter().map(|verdict| verdict.word().as_str()).collect();
    let (stands, failed) = ("cannot be expressed", "failed");
    assert_eq!(words, [failed, stands, failed, failed, stands, failed, failed]);
    assert!(report.to_string().contains("F-3 failed: s\n  proved by no row, and nothing stands in for it"), "{report}");
    assert!(report.to_string().contains("F-5 failed: s\n  proved by F-0, F-1"), "{report}");
}

#[test]
fn evidence_is_read_strictly() {
    let table = facts(&[("", &["type = 'AWS::S3::Bucket'\ncount = 1"]), ("kind = 'impossible'", &[])]);
    assert_eq!(evidence(PLACES, &table).map(|_| ()), Ok(()));
    for (text, part) in [
        ("[[place]]\nnames = 'a'", "place of `a`: it needs `repository`, or `assembly` and `file`"),
        ("[[place]]\nnames = 'a'\nassembly = 'prod'", "it needs `repository`"),
        ("[[place]]\nnames = 'a'\nrepository = 'b'\nfile = 'c'", "it needs `repository`"),
        ("[[place]]\nnames = 'a'\nrepositori = 'b'", "unknown field `repositori`"),
        ("[[proof]]\nfact = 'F-0'\ntest = 't'", "proof of `F-0`: it needs `repository`"),
        ("[[proof]]\nfact = 'F-0'\nrepository = 'a'", "it needs `test` or `holds`"),
        ("[[proof]]\nfact = 'F-0'\nrepository = 'a'\ntest = 't'\nholds = 'h'", "it needs `test` or `holds`"),
        ("[[proof]]\nfact = 'F-9'\nrepository = 'a'\ntest = 't'", "a fact `F-9` that the table does not have"),
        ("[[control]]\nfact = 'F-1'\nsays = 's'\nby = []", "nothing proves it"),
        ("[[control]]\nfact = 'F-1'\nsays = 's'\nby = ['F-9']", "a fact `F-9`"),
        ("[[control]]\nfact = 'F-0'\nsays = 's'\nby = ['F-0']", "only what is impossible needs one"),
        ("[[control]]\nfact = 'F-1'\nby = ['F-0']", "missing field `says`"),
    ] {
        let error = evidence(text, &table).map(|_| ()).expect_err(text);
        assert!(error.contains(part), "{text}: {error}");
    }
}
