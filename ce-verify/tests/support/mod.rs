//! Small assemblies on disk, and one-row fact files to hold against them.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};

use ce_verify::{Assemblies, Assembly, Facts, Outcome, Report, Scope, Word, judge};
use serde_json::{Value, json};

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// A folder of its own.
pub(crate) fn folder() -> PathBuf {
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("facts-{}-{number}", process::id()));
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

/// A stack: its name, Region and template.
pub(crate) type Stack<'a> = (&'a str, &'a str, Value);

/// Writes an assembly; `extra` is merged into the properties of each stack's artifact.
pub(crate) fn write(stacks: &[Stack<'_>], extra: &Value) -> PathBuf {
    let path = folder();
    let mut artifacts = serde_json::Map::new();
    for (name, region, template) in stacks {
        let file = format!("{name}.{region}.template.json");
        let mut properties = json!({ "templateFile": file, "stackName": name });
        for (key, value) in extra.as_object().into_iter().flatten() {
            properties[key] = value.clone();
        }
        let artifact = json!({
            "type": "aws:cloudformation:stack",
            "environment": format!("aws://111122223333/{region}"),
            "properties": properties,
        });
        artifacts.insert(format!("{name}-{region}"), artifact);
        fs::write(path.join(&file), template.to_string()).expect("a template is written");
    }
    let manifest = json!({ "version": "48.0.0", "artifacts": artifacts });
    fs::write(path.join("manifest.json"), manifest.to_string()).expect("a manifest is written");
    path
}

pub(crate) fn assembly(stacks: &[Stack<'_>]) -> Assembly {
    Assembly::read(write(stacks, &json!({}))).expect("the assembly reads")
}

const HEADER: &str = r#"
[meta]
schema_version = 1
primary_region = "us-east-1"
dr_region = "us-west-2"
fact_count = 1
count_by_kind = {}
count_by_status = {}
sections = { "1" = "One", "2" = "Two" }
names = { prod_prefix = "shop-prod", dr_prefix = "shop-dr" }
profiles = { "blue-green" = "production synthesized with it", "option x" = "profile full of the example", "option off" = "default profile" }
kinds = {}
statuses = {}
fields = {}
expect_fields = {}
virtual_paths = {}
"#;

/// A file of facts: the head and rows of each.
pub(crate) fn facts(facts: &[(&str, &[&str])]) -> Facts {
    let mut text = HEADER.to_owned();
    for (index, (head, rows)) in facts.iter().enumerate() {
        let given = |key: &str, default: &str| {
            if head.lines().any(|line| line.starts_with(&format!("{key} ="))) {
                String::new()
            } else {
                format!("{key} = {default}\n")
            }
        };
        let _ = write!(text, "[[fact]]\nid = \"F-{index}\"\n");
        text.push_str(&given("lines", "[1]"));
        text.push_str(&given("summary", "\"s\""));
        text.push_str(&given("status", "\"exact\""));
        text.push_str(&given("kind", "\"template\""));
        text.push_str(&given("section", "\"1\""));
        text.push_str(&given("env", "[\"prod\"]"));
        text.push_str(&given("regions", "[\"us-east-1\"]"));
        let _ = writeln!(text, "{head}");
        for row in *rows {
            let _ = write!(text, "[[fact.expect]]\n{row}\n");
        }
    }
    Facts::parse(&text, Path::new("test.toml")).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Judges facts on production alone.
pub(crate) fn judged(all: &[(&str, &[&str])], stacks: &[Stack<'_>]) -> Report {
    judge(&facts(all), &Assemblies::new().with("prod", assembly(stacks)), &Scope::default())
}

pub(crate) fn outcome(report: &Report, index: usize) -> Outcome {
    report.verdicts[index].outcome.clone()
}

/// True when one row holds for stacks of production.
pub(crate) fn holds_in(row: &str, stacks: &[Stack<'_>]) -> bool {
    let head = "regions = [\"us-east-1\", \"us-west-2\"]";
    outcome(&judged(&[(head, &[row])], stacks), 0) == Outcome::Passed
}

/// True when one row holds for the resources of one stack.
pub(crate) fn holds(row: &str, resources: &Value) -> bool {
    holds_in(row, &[("App", "us-east-1", json!({ "Resources": resources }))])
}

/// Asserts of each row whether it holds.
#[track_caller]
pub(crate) fn check(resources: &Value, rows: &[(&str, bool)]) {
    for (row, expected) in rows {
        assert_eq!(holds(row, resources), *expected, "{row}");
    }
}

/// A resource of a type.
pub(crate) fn resource(kind: &str, properties: Value) -> Value {
    json!({ "Type": kind, "Properties": properties })
}

/// Numbers of facts passed, failed, and not yet judged or due.
pub(crate) fn counts(report: &Report) -> (usize, usize, usize) {
    (report.count(Word::Passed), report.count(Word::Failed), report.count(Word::NotYet))
}
