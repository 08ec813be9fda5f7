//! What facts are held against.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::facts::evidence::Evidence;
use crate::template::assembly::Assembly;

/// What is judged: assemblies by environment and deployment profile, the repository, and evidence.
#[derive(Debug, Default)]
#[must_use = "nothing is judged until it is handed to `judge`"]
pub struct Assemblies {
    pub(crate) all: BTreeMap<(String, Option<String>), Assembly>,
    pub(crate) repository: Option<PathBuf>,
    pub(crate) evidence: Evidence,
}

impl Assemblies {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the assembly of an environment, such as `prod`, synthesized with the default profile.
    pub fn with(mut self, environment: &str, assembly: Assembly) -> Self {
        self.all.insert((environment.to_owned(), None), assembly);
        self
    }

    /// Adds the assembly of an environment, synthesized with a deployment profile, such as `blue-green`.
    pub fn with_profile(mut self, environment: &str, profile: &str, assembly: Assembly) -> Self {
        self.all.insert((environment.to_owned(), Some(profile.to_owned())), assembly);
        self
    }

    /// Sets the root of the repository, where files that facts name are looked for. Default: none; rows about such
    /// files can't be judged.
    pub fn repository(mut self, root: impl Into<PathBuf>) -> Self {
        self.repository = Some(root.into());
        self
    }

    /// Says where files are kept, what proves prose, and what stands in for the impossible. Default: nothing.
    pub fn evidence(mut self, evidence: Evidence) -> Self {
        self.evidence = evidence;
        self
    }
}
