//! The identity lock, `ce.lock`: what every resource is called, so that no change loses data unseen.
//!
//! A logical id is made from a construct's path; moving a construct changes it, and CloudFormation then makes a new
//! resource and drops the old one. The lock, committed beside `Cargo.toml`, records path, logical id, type and
//! statefulness of every resource. A synthesis that would drop or re-type one that holds data is an error, unless
//! [`Scope::moved_from`](crate::Scope::moved_from) or [`Stack::removed`](crate::Stack::removed) explains it.
//!
//! ```
//! use ce_synth::lock::{Lock, Mode};
//! # use ce_synth::{Account, App, Environment, Expr, Region, Tier};
//! # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! app.stack("Mail", PROD).raw("Inbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
//! let assembly = app.synth()?;
//! let lock = Lock::default().updated(&assembly);
//! assert!(lock.check(&assembly, Mode::Locked).is_empty());
//! assert_eq!(lock.to_string().parse::<Lock>()?, lock);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! By default a synthesis adds to the lock; in [`Mode::Locked`], for CI, any difference is an error. It says nothing
//! of properties: a changed property that replaces a resource is the business of a diff.

mod check;
mod text;

pub use check::{LOST, Mode, OUTDATED, RETYPED};
pub use text::ParseLockError;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::assembly::Assembly;

/// The identities of all resources, by app and stack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The sections of each app as they are written: of all apps, one at most is looked into.
    apps: BTreeMap<String, String>,
}

pub(crate) type Stacks = BTreeMap<String, BTreeMap<String, Identity>>;

/// What is kept of a resource, by its path below the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) logical_id: String,
    pub(crate) type_name: String,
    pub(crate) stateful: bool,
}

/// Why a lock could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadLockError {
    /// The file cannot be read.
    #[error("cannot read `{path}`")]
    File {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The file is not a lock.
    #[error("`{path}` is not a lock: restore it from version control")]
    Text {
        /// The file.
        path: String,
        /// Where and why.
        source: ParseLockError,
    },
}

impl Lock {
    /// Reads a lock; a file that is not there is an empty one.
    ///
    /// # Errors
    /// If the file cannot be read or is not a lock. A damaged lock is never taken for an empty one.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, ReadLockError> {
        let path = path.as_ref();
        let name = || path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => text.parse().map_err(|source| ReadLockError::Text { path: name(), source }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(ReadLockError::File { path: name(), source }),
        }
    }

    /// Writes the lock: to a file beside it first, so that the old one stays whole if that fails.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let text = self.to_string();
        if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        let beside = path.with_extension(format!("lock.{}", std::process::id()));
        let result = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
        if result.is_err() {
            std::fs::remove_file(&beside).ok();
        }
        result
    }

    /// The lock with this assembly's identities; other apps' are left alone.
    #[must_use]
    pub fn updated(&self, assembly: &Assembly) -> Self {
        let mut lock = self.clone();
        lock.apps.insert(assembly.app().to_owned(), text::sections(assembly.app(), &identities(assembly)));
        lock
    }

    /// What is known of an app; nothing where it never was locked.
    fn known(&self, app: &str) -> Option<Stacks> {
        self.apps.get(app).map(|sections| text::stacks(sections))
    }
}

fn identities(assembly: &Assembly) -> Stacks {
    let stack = |stack: &crate::assembly::StackArtifact| {
        let resources = stack.resources().iter().map(|resource| {
            let identity = Identity {
                logical_id: resource.logical_id.clone(),
                type_name: resource.type_name.clone(),
                stateful: resource.stateful,
            };
            (resource.path.clone(), identity)
        });
        (stack.id().to_owned(), resources.collect())
    };
    assembly.stacks().map(stack).collect()
}
