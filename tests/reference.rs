//! The reference architecture, fact by fact: what the `prod` example writes to disk is judged from outside, by a crate
//! that knows none of our types, and the report that the example writes itself is the same.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::fs;
use std::path::{Path, PathBuf};

use ce::run::Surroundings;
use ce_verify::{Assemblies, Assembly, Evidence, Facts, Report, Scope, judge};

#[allow(dead_code, reason = "the example's entry point is not used here")]
#[path = "../examples/prod/main.rs"]
mod prod;

/// What facts are about, as `environment@profile`, and the values that make the app that.
const ALL: [(&str, &[&str]); 5] = [
    ("prod", &[]),
    ("staging", &["environment=staging"]),
    ("dev", &["environment=dev"]),
    ("prod@blue-green", &["profile=blue-green"]),
    ("prod@canary", &["profile=canary"]),
];

fn home() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Runs the example as `cargo run` would, into a folder of its own.
fn run(name: &str, values: &[&str]) -> PathBuf {
    let out = std::env::temp_dir().join(format!("ce-reference-{name}-{}", std::process::id()));
    let mut surroundings = Surroundings { program: "prod".to_owned(), ..Surroundings::default() };
    surroundings.variables.insert("CARGO_MANIFEST_DIR".to_owned(), home().to_str().unwrap().to_owned());
    surroundings.arguments = vec!["--no-lock".into(), "--out".into(), out.clone().into()];
    surroundings.arguments.extend(values.iter().flat_map(|value| ["-c".into(), (*value).into()]));
    let mut errors = Vec::new();
    let code = prod::program().run_in(&surroundings, &mut Vec::new(), &mut errors);
    assert_eq!((code, &*String::from_utf8_lossy(&errors)), (0, ""));
    out
}

/// What came of the facts on these folders.
fn judged(folders: &[(&str, PathBuf)]) -> Report {
    let table = home().join("tests/reference/claude-enhancer.toml");
    let facts = Facts::load(table).unwrap_or_else(|error| panic!("{error}"));
    let evidence = Evidence::load(home().join("tests/reference/evidence/claude-enhancer.toml"), &facts);
    let evidence = evidence.unwrap_or_else(|error| panic!("{error}"));
    let mut assemblies = Assemblies::new().repository(home()).evidence(evidence);
    for (place, folder) in folders {
        let assembly = Assembly::read(folder).unwrap_or_else(|error| panic!("{error}"));
        assemblies = match place.split_once('@') {
            Some((environment, profile)) => assemblies.with_profile(environment, profile, assembly),
            None => assemblies.with(place, assembly),
        };
    }
    judge(&facts, &assemblies, &Scope::default())
}

#[test]
fn both_regions_are_the_reference() {
    let folders = ALL.map(|(place, values)| (place, run(place, values)));
    let written = |name: &str| fs::read_to_string(folders[0].1.join(name)).unwrap();
    let (page, json) = (written("conformance.md"), written("conformance.json"));
    let report = judged(&folders);
    folders.iter().for_each(|(_, folder)| drop(fs::remove_dir_all(folder)));

    report.require().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(report.line(), "480 of 508 facts hold, 28 cannot be expressed");
    assert!(page == report.markdown() && json == report.json(), "the example's report differs from this one");
}
