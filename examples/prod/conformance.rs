//! Whether this is the reference architecture: every fact of its table is judged, in every environment.

use std::error::Error;
use std::path::Path;

use ce::run::{Attachment, Synthesis};
use ce_verify::{Assemblies, Assembly, Evidence, Facts, Report, Scope, judge};

const FACTS: &str = include_str!("../../tests/reference/claude-enhancer.toml");
const EVIDENCE: &str = include_str!("../../tests/reference/evidence/claude-enhancer.toml");

/// What else the facts are about: an environment, a deployment profile, and the value that makes the app that.
const OTHERS: [(&str, Option<&str>, Value); 4] = [
    ("staging", None, ("environment", "staging")),
    ("dev", None, ("environment", "dev")),
    ("prod", Some("blue-green"), ("profile", "blue-green")),
    ("prod", Some("canary"), ("profile", "canary")),
];

type Value = (&'static str, &'static str);

/// Judges production with all else that the facts are about; another environment or profile alone is not judged.
pub fn conformance(synthesis: &Synthesis<'_>) -> Result<Option<Attachment>, Box<dyn Error>> {
    let is_other = |key: &str, usual: &str| synthesis.context(key).is_some_and(|value| value != usual);
    if is_other("environment", "prod") || is_other("profile", "rolling") {
        return Ok(None);
    }
    let report = judged(synthesis)?;
    let attachment = Attachment::new("conformance", report.line());
    Ok(Some(attachment.file("conformance.md", report.markdown()).file("conformance.json", report.json())))
}

/// What came of every fact.
fn judged(synthesis: &Synthesis<'_>) -> Result<Report, Box<dyn Error>> {
    let facts = Facts::parse(FACTS, Path::new("claude-enhancer.toml"))?;
    let evidence = Evidence::parse(EVIDENCE, Path::new("evidence/claude-enhancer.toml"), &facts)?;
    // Templates and files as anyone reads them from disk: the judge knows none of our types.
    let production = Assembly::of_files(synthesis.assembly().texts())?;
    let read = |assembly: &ce::synth::Assembly| production.like(assembly.texts());
    let others = synthesis.variants(OTHERS.map(|(_, _, value)| [value]), read)?;
    let mut assemblies = Assemblies::new().evidence(evidence).with("prod", production);
    for ((environment, profile, _), assembly) in OTHERS.into_iter().zip(others) {
        assemblies = match profile {
            Some(profile) => assemblies.with_profile(environment, profile, assembly?),
            None => assemblies.with(environment, assembly?),
        };
    }
    if let Some(home) = synthesis.home() {
        assemblies = assemblies.repository(home);
    }
    Ok(judge(&facts, &assemblies, &Scope::default()))
}
