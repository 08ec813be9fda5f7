//! A stack of an assembly.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::AssetId;
use crate::cloud::{Place, Secret, Target};

/// The id of a stack in its assembly; unique, also among nested assemblies (`Stage/Stack`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct StackId(String);

impl StackId {
    /// An id, as the manifest gives it.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A stack of an assembly.
#[derive(Clone, Debug)]
pub struct Stack {
    /// Its id: what people select it by.
    pub id: StackId,
    /// Its name in CloudFormation.
    pub name: String,
    /// Where it belongs.
    pub place: Place,
    /// The template's text.
    pub template: Arc<str>,
    /// The SHA-256 of the template's bytes, in hexadecimal.
    pub template_digest: String,
    /// Where the template lies once it is published; none when it is small enough to be sent.
    pub template_url: Option<String>,
    /// Values of parameters that the assembly gives.
    pub parameters: BTreeMap<String, Secret>,
    /// Parameters whose value comes from an output of another stack and is kept afterwards.
    pub kept: Vec<KeptParameter>,
    /// The stack's tags.
    pub tags: BTreeMap<String, String>,
    /// Whether it refuses to be deleted; none leaves it as it is.
    pub termination_protection: Option<bool>,
    /// Topics that are told of events; none leaves them as they are.
    pub notification_arns: Option<Vec<String>>,
    /// How it is worked on: the place, and the role that deploys.
    pub target: Target,
    /// How it is looked at, with a role that may only read; none if the assembly names no such role.
    pub lookup: Option<Target>,
    /// The role that CloudFormation works with.
    pub execution_role: Option<String>,
    /// What must be prepared in the place.
    pub bootstrap: Option<Bootstrap>,
    /// Stacks that come first.
    pub needs: Vec<StackId>,
    /// Files and images that must be published first.
    pub assets: Vec<AssetId>,
    /// Where each resource comes from, by logical id.
    pub origins: BTreeMap<String, Origin>,
    /// The templates of nested stacks that the assembly holds, by dotted logical id: `Outer`, `Outer.Inner`.
    pub nested: BTreeMap<String, Arc<str>>,
}

/// Where a resource was written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct Origin {
    /// Its path in the construct tree.
    pub path: String,
    /// The file, line and column, where the assembly knows them.
    pub source: Option<String>,
}

/// A parameter that keeps a value of another stack.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeptParameter {
    /// The parameter.
    pub parameter: String,
    /// The stack it comes from.
    pub stack: StackId,
    /// The output of it.
    pub output: String,
}

/// What must be prepared in an account and region.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bootstrap {
    /// The lowest version.
    pub version: u32,
    /// The parameter of Systems Manager that holds the version that is there.
    pub parameter: String,
}
