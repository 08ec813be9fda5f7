//! The four reference files: each row is read, and no field of them goes unread.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ce_verify::{Assertion, Facts, FactsError, Kind, VIRTUAL_PATHS};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reference")
}

fn all() -> BTreeMap<String, Facts> {
    Facts::load_all(folder()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_file_reads_and_agrees_with_its_header() {
    let all = all();
    assert_eq!(all.keys().collect::<Vec<_>>(), ["claude-enhancer", "claude-flow", "claude-web", "simple-fargate"]);
    for (name, facts) in &all {
        assert_eq!(facts.fact.len(), facts.meta.fact_count, "{name}");
        let ids: BTreeSet<&str> = facts.fact.iter().map(|fact| fact.id.as_str()).collect();
        assert_eq!(ids.len(), facts.fact.len(), "{name}: an id twice");
        for (kind, count) in &facts.meta.count_by_kind {
            let text = |kind: Kind| format!("{kind:?}").to_lowercase();
            let of = facts.fact.iter().filter(|fact| text(fact.kind) == kind.replace('-', "")).count();
            assert_eq!(of, *count, "{name}: {kind}");
        }
        for fact in &facts.fact {
            assert!(facts.meta.statuses.contains_key(fact.status.as_str()), "{name}: status of {}", fact.id);
            let sections = &facts.meta.sections;
            assert!(sections.is_empty() || sections.contains_key(&fact.section), "{name}: section of {}", fact.id);
            let profiles = fact.expect.iter().filter_map(|row| row.profile.as_ref()).chain(&fact.profile);
            for profile in profiles {
                let known = profile.split(", ").all(|part| facts.meta.profiles.contains_key(part));
                assert!(
                    known || facts.meta.profiles.contains_key(profile),
                    "{name}: profile `{profile}` of {}",
                    fact.id
                );
            }
        }
    }
}

#[test]
fn every_row_about_templates_is_an_assertion() {
    let mut rows = 0;
    for (name, facts) in &all() {
        for fact in &facts.fact {
            for row in fact.expect.iter().filter(|row| row.is_template()) {
                Assertion::of(row).unwrap_or_else(|error| panic!("{name} {}: {error}", fact.id));
                rows += 1;
            }
        }
    }
    // 670 + 339 + 86 + 168: a row lost on the way would show.
    assert_eq!(rows, 1263);
}

#[test]
fn the_vocabulary_of_the_headers_is_known() {
    // Fields of meta.expect_fields, as the rows spell them.
    let fields: BTreeSet<&str> = [
        "type",
        "k8s",
        "name",
        "where",
        "where_contains",
        "path",
        "path_alt",
        "quantifier",
        "count",
        "min_count",
        "max_count",
        "equals",
        "not_equals",
        "any_of",
        "contains",
        "contains_all",
        "min",
        "max",
        "length",
        "length_min",
        "distinct",
        "regex",
        "not_regex",
        "exists",
        "subset",
        "not_subset",
        "set_equals",
        "ref",
        "ref_where",
        "ref_where_contains",
        "ref_alt",
        "mirrors",
        "iam_allows",
        "iam_denies",
        "token",
        "absent_ok",
        "vacuous_ok",
        "each_region",
        "alt",
        "artifact",
        "check",
    ]
    .into();
    for (name, facts) in &all() {
        let written: BTreeSet<&str> = facts.meta.expect_fields.keys().flat_map(|keys| keys.split(", ")).collect();
        assert_eq!(written, fields, "{name}");
        let paths: BTreeSet<&str> = facts.meta.virtual_paths.keys().flat_map(|keys| keys.split(", ")).collect();
        let known: BTreeSet<String> =
            VIRTUAL_PATHS.iter().chain(&["tag.X", "text"]).map(|path| format!("@{path}")).collect();
        assert_eq!(paths, known.iter().map(String::as_str).collect(), "{name}");
    }
}

/// A file whose one fact has one row.
fn with_row(row: &str) -> Result<Facts, FactsError> {
    let text = std::fs::read_to_string(folder().join("simple-fargate.toml")).expect("the reference is there");
    let head = text.split("\n[[fact]]").next().unwrap_or_default();
    let fact = "[[fact]]\nid = \"F\"\nsection = \"1\"\nlines = [1]\nsummary = \"s\"\nkind = \"template\"\nstatus = \"exact\"\nenv = [\"prod\"]\nregions = []\n";
    Facts::parse(&format!("{head}\n{fact}[[fact.expect]]\n{row}\n"), Path::new("test.toml"))
}

#[test]
fn what_is_not_understood_is_refused() {
    let bucket = "type = 'AWS::S3::Bucket'";
    assert!(with_row(&format!("{bucket}\npath = 'A'\nequals = 1")).is_ok());
    for (row, part) in [
        ("path = 'A'\nequalz = 1", "unknown field `equalz`"),
        ("path = 'A'", "proves nothing"),
        ("absent_ok = true", "proves nothing"),
        ("equals = 1", "needs a `path`"),
        ("path = 'A[x]'\nequals = 1", "is no path"),
        ("path = '@'\nequals = 1", "is no path"),
        ("path = '@ingres'\nequals = 1", "is no virtual path"),
        ("path = '@text'\nequals = 1", "is no virtual path"),
        ("where = { '@publik' = true }\ncount = 1", "is no virtual path"),
        ("path = 'A'\nregex = '('", "is no pattern"),
        ("path = 'A'\nnot_regex = '(?=x)'", "is no pattern"),
        ("path = 'A'\ntoken = 'x'", "no field of a template row"),
        ("where_contains = { Name = 1 }\ncount = 1", "neither text nor a list"),
        ("path = 'A'\nquantifier = 'most'\nequals = 1", "unknown variant `most`"),
        ("path = 'A'\niam_allows = { action = ['s3:*'] }", "unknown field `action`"),
        ("path = 'A'\nmirrors = { where = { A = 1 } }", "missing field `region`"),
        ("path = 'A'\nref = 'AWS::S3::Bucket'\nref_wher = { A = 1 }", "unknown field `ref_wher`"),
    ] {
        let error = with_row(&format!("{bucket}\n{row}")).map(|_| ()).expect_err(row).to_string();
        let source = with_row(&format!("{bucket}\n{row}")).map(|_| ()).expect_err(row);
        let chain =
            format!("{error} {}", std::error::Error::source(&source).map(ToString::to_string).unwrap_or_default());
        assert!(chain.contains(part), "{row}: {chain}");
    }
}
