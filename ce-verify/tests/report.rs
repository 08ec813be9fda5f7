//! The report's text, for people and for machines.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]

mod support;

use std::path::Path;

use ce_verify::{Assemblies, Evidence, Report, Scope, judge};
use serde_json::json;
use support::{assembly, facts, resource};

/// A fact of every word.
fn report() -> Report {
    let row = |name: &str| format!("type = 'AWS::S3::Bucket'\nwhere = {{ BucketName = '{name}' }}\ncount = 1");
    let (here, gone) = (row("a"), row("b"));
    let table = facts(&[
        ("lines = [3, 4, 5, 9]\nsummary = 'A bucket | named a'", &[&here]),
        ("status = 'adjusted'\ndoc = 'bucket A'\nnote = 'Names are lower case.'\ndecisions = ['D-1', 'D-2']", &[&here]),
        ("status = 'silent'\nnote = 'No number given.'", &[&here]),
        ("kind = 'impossible'\nstatus = 'rejected'\nnote = 'No such property.'\nsection = '2'", &[]),
        ("kind = 'impossible'\nstatus = 'rejected'\nsection = '2'", &[&here]),
        ("section = '2'", &[&gone]),
        ("env = ['dev']\nsection = '2'", &[&here]),
        ("kind = 'derived'\nsection = '2'", &[]),
    ]);
    let evidence = "[[control]]\nfact = 'F-3'\nsays = 'the bucket does it'\nby = ['F-0', 'F-1']\n";
    let evidence = Evidence::parse(evidence, Path::new("evidence.toml"), &table).expect("the evidence reads");
    let bucket = json!({ "Resources": { "B": resource("AWS::S3::Bucket", json!({ "BucketName": "a" })) } });
    let assemblies = Assemblies::new().with("prod", assembly(&[("App", "us-east-1", bucket)])).evidence(evidence);
    judge(&table, &assemblies, &Scope::default())
}

#[test]
fn people_read_totals_then_every_fact() {
    insta::assert_snapshot!("markdown", report().markdown());
}

#[test]
fn machines_read_the_same() {
    insta::assert_snapshot!("json", report().json());
    assert!(serde_json::from_str::<serde_json::Value>(&report().json()).is_ok());
}

#[test]
fn a_line_says_it_all() {
    assert_eq!(report().line(), "3 of 7 facts hold, 1 fail, 2 cannot be expressed, 1 cannot be judged yet");
}

#[test]
fn the_same_facts_and_assemblies_give_the_same_bytes() {
    let first = report();
    for _ in 0..5 {
        let again = report();
        assert_eq!((first.markdown(), first.json()), (again.markdown(), again.json()));
    }
}
