//! The reference architecture, fact by fact: the `prod` example is synthesized for every environment, and what is on
//! disk is judged from outside, by a crate that knows none of our types.

use std::path::PathBuf;

use ce::prelude::*;
use ce_facts::{Kind, Scope as Judged, prove};

#[allow(dead_code, reason = "the example's entry point is not used here")]
#[path = "../examples/prod/main.rs"]
mod prod;

/// The sections whose facts hold; see the reference's own table of sections.
const DUE: [&str; 22] = [
    "0", "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "6.1",
    "6.3", "7.1", "7.2", "7.3", "8.3", "11",
];

fn synthesized(environment: &str) -> PathBuf {
    let app = App::new();
    app.set_context("environment", environment);
    prod::claude_enhancer(&app);
    let folder = std::env::temp_dir().join(format!("ce-reference-{environment}-{}", std::process::id()));
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    assert!(assembly.findings().is_empty(), "{}", assembly.findings());
    assembly.write(&folder).unwrap_or_else(|error| panic!("{error}"));
    folder
}

#[test]
fn both_regions_are_the_reference() {
    let folders = ["prod", "staging", "dev"].map(|environment| (environment, synthesized(environment)));
    let assemblies = folders.each_ref().map(|(environment, folder)| (*environment, folder.as_path()));
    let facts = concat!(env!("CARGO_MANIFEST_DIR"), "/reference/claude-enhancer.toml");
    let scope = Judged::default().kinds([Kind::Template, Kind::Impossible]).due(DUE);
    let report = prove(facts, &assemblies, &scope);
    folders.iter().for_each(|(_, folder)| drop(std::fs::remove_dir_all(folder)));
    let report = report.unwrap_or_else(|error| panic!("{error}"));
    println!("{report}");
    let (passed, failed, _) = report.counts();
    assert!(passed >= 367 && failed == 0, "{passed} passed, {failed} failed");
}
