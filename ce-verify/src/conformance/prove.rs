//! Facts as a test: everything is read from disk, and what is due must hold.

use std::path::Path;

use thiserror::Error;

use crate::conformance::report::Report;
use crate::facts::assemblies::Assemblies;
use crate::facts::judge::judge;
use crate::facts::scope::Scope;
use crate::facts::table::Facts;
use crate::template::assembly::Assembly;

/// Some due fact does not hold.
#[derive(Debug, Error)]
#[error("{count} due facts fail\n{report}")]
pub struct DueFailed {
    count: usize,
    report: String,
}

impl Report {
    /// Succeeds when no due fact fails.
    ///
    /// # Errors
    /// With the whole report, when one does.
    pub fn require(&self) -> Result<(), DueFailed> {
        match self.failed().count() {
            0 => Ok(()),
            count => Err(DueFailed { count, report: self.to_string() }),
        }
    }
}

/// Proves a file of facts on assemblies on disk: each an environment, with `@profile` behind it if any, and a folder.
///
/// # Errors
/// When a file can't be read, or a due fact does not hold.
pub fn prove(
    facts: impl AsRef<Path>,
    assemblies: &[(&str, &Path)],
    scope: &Scope,
) -> Result<Report, Box<dyn std::error::Error>> {
    let facts = Facts::load(facts)?;
    let mut read = Assemblies::new();
    for (place, folder) in assemblies {
        let assembly = Assembly::read(folder)?;
        read = match place.split_once('@') {
            Some((environment, profile)) => read.with_profile(environment, profile, assembly),
            None => read.with(place, assembly),
        };
    }
    let report = judge(&facts, &read, scope);
    report.require()?;
    Ok(report)
}
