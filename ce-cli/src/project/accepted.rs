//! `ce.drift.json`: drift that a project lives with, until it is brought into the code.
//!
//! It is checked in beside `ce.toml`. It holds no value: of each only a short fingerprint, which shows that it is another
//! one and not which it is.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use ce_deploy::assembly::Stack;
use ce_deploy::cloud::{DriftState, PropertyDifference, ResourceDrift};
use ce_deploy::plan::Fingerprint;
use serde::{Deserialize, Serialize};

const FILE: &str = "ce.drift.json";
const VERSION: u64 = 1;

/// Drift that was accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Accepted {
    path: PathBuf,
    differences: BTreeSet<Difference>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u64,
    accepted: BTreeSet<Difference>,
}

/// One difference of one resource.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Difference {
    account: String,
    region: String,
    /// The stack's name.
    stack: String,
    /// The logical id.
    resource: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(tag = "is", rename_all = "kebab-case")]
enum What {
    /// The resource is there no more.
    Gone,
    /// A property is not what the template says.
    Changed {
        path: String,
        /// `ADD`, `REMOVE`, `NOT_EQUAL`.
        kind: String,
        expected: Fingerprint,
        actual: Fingerprint,
    },
}

/// The file is not taken, or cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AcceptedError {
    #[error("cannot use `{}`: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("`{}` is not as it must be: {source}; help: `ce drift --accept` writes it", path.display())]
    Form { path: PathBuf, source: serde_json::Error },
    #[error("`{}` has version {version}, and {VERSION} is known here", path.display())]
    Version { path: PathBuf, version: u64 },
}

impl Accepted {
    /// What the project in a folder accepted; nothing if there is no such file.
    pub(crate) fn read(folder: &Path) -> Result<Self, AcceptedError> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { path, differences: BTreeSet::new() });
            }
            Err(source) => return Err(AcceptedError::File { path, source }),
        };
        match serde_json::from_str::<File>(&text) {
            Ok(file) if file.version == VERSION => Ok(Self { path, differences: file.accepted }),
            Ok(File { version, .. }) => Err(AcceptedError::Version { path, version }),
            Err(source) => Err(AcceptedError::Form { path, source }),
        }
    }

    /// Where it is written.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What of the drift of a resource nobody accepted, and how many differences somebody did. None of the first if all
    /// was accepted.
    pub(crate) fn open(&self, stack: &Stack, drift: &ResourceDrift) -> (Option<ResourceDrift>, usize) {
        if drift.state == DriftState::Deleted {
            let accepted = self.differences.contains(&Difference::of(stack, drift, What::Gone));
            return (Some(drift.clone()).filter(|_| !accepted), usize::from(accepted));
        }
        let is_accepted = |one: &&PropertyDifference| {
            self.differences.contains(&Difference::of(stack, drift, What::of(stack, drift, one)))
        };
        let (accepted, open): (Vec<&PropertyDifference>, Vec<&PropertyDifference>) =
            drift.differences.iter().partition(is_accepted);
        // What the service does not say more of cannot be accepted.
        let left = !open.is_empty() || drift.differences.is_empty();
        let open = ResourceDrift { differences: open.into_iter().cloned().collect(), ..drift.clone() };
        (Some(open).filter(|_| left), accepted.len())
    }

    /// Accepts the drift of a stack, and nothing else of it any more.
    pub(crate) fn accept(&mut self, stack: &Stack, drifts: &[ResourceDrift]) {
        self.differences.retain(|known| !known.is_of(stack));
        for drift in drifts {
            let whats: Vec<What> = match drift.state {
                DriftState::Deleted => vec![What::Gone],
                _ => drift.differences.iter().map(|one| What::of(stack, drift, one)).collect(),
            };
            self.differences.extend(whats.into_iter().map(|what| Difference::of(stack, drift, what)));
        }
    }

    /// Writes it; without anything accepted there is no file.
    pub(crate) fn write(&self) -> Result<(), AcceptedError> {
        let failed = |source| AcceptedError::File { path: self.path.clone(), source };
        if self.differences.is_empty() {
            return match std::fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
                _ => Ok(()),
            };
        }
        let file = File { version: VERSION, accepted: self.differences.clone() };
        // A value of strings can always be written.
        let text = serde_json::to_string_pretty(&file).unwrap_or_default() + "\n";
        std::fs::write(&self.path, text).map_err(failed)
    }
}

impl Difference {
    fn of(stack: &Stack, drift: &ResourceDrift, what: What) -> Self {
        Self {
            account: stack.place.account.clone(),
            region: stack.place.region.clone(),
            stack: stack.name.clone(),
            resource: drift.logical_id.clone(),
            what,
        }
    }

    fn is_of(&self, stack: &Stack) -> bool {
        let place = (&self.account, &self.region, &self.stack);
        place == (&stack.place.account, &stack.place.region, &stack.name)
    }
}

impl What {
    fn of(stack: &Stack, drift: &ResourceDrift, one: &PropertyDifference) -> Self {
        let named = format!("{}{}", drift.logical_id, one.path);
        Self::Changed {
            path: one.path.clone(),
            kind: one.kind.clone(),
            expected: Fingerprint::of(&stack.name, &named, &one.expected),
            actual: Fingerprint::of(&stack.name, &named, &one.actual),
        }
    }
}
