//! The reference architecture, fact by fact: the `prod` example is synthesized for every environment, and the report
//! that it writes is judged here as anyone reads it.

use std::path::Path;

use ce::prelude::*;
use ce_verify::{Assemblies, Assembly, Evidence, Facts, Scope as Judged, Verdict, judge};

#[allow(dead_code, reason = "the example's entry point is not used here")]
#[path = "../examples/prod/main.rs"]
mod prod;

/// The sections whose facts hold; see the reference's own table of sections.
const DUE: [&str; 30] = [
    "0", "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "6.1",
    "6.2", "6.3", "7.1", "7.2", "7.3", "8.1", "8.2", "8.3", "9.1", "9.2", "10.1", "10.2", "10.3", "11",
];

fn synthesized(key: &str, value: &str) -> Assembly {
    let app = App::new();
    app.set_context(key, value);
    prod::claude_enhancer(&app);
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    assert!(assembly.findings().is_empty(), "{}", assembly.findings());
    let folder = std::env::temp_dir().join(format!("ce-reference-{value}-{}", std::process::id()));
    assembly.write(&folder).unwrap_or_else(|error| panic!("{error}"));
    let read = Assembly::read(&folder);
    std::fs::remove_dir_all(&folder).ok();
    read.unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn both_regions_are_the_reference() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let facts = Facts::load(here.join("reference/claude-enhancer.toml")).unwrap_or_else(|error| panic!("{error}"));
    let evidence = Evidence::load(here.join("reference/evidence/claude-enhancer.toml"), &facts);
    let mut assemblies = Assemblies::new().repository(here.join(".."));
    assemblies = assemblies.evidence(evidence.unwrap_or_else(|error| panic!("{error}")));
    for environment in ["prod", "staging", "dev"] {
        assemblies = assemblies.with(environment, synthesized("environment", environment));
    }
    for profile in ["blue-green", "canary"] {
        assemblies = assemblies.with_profile("prod", profile, synthesized("profile", profile));
    }
    let report = judge(&facts, &assemblies, &Judged::default().due(DUE));
    println!("{report}");
    let failed: Vec<String> = report.failed().map(Verdict::to_string).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
