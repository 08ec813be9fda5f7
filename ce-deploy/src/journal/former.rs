//! How a stack was before a deployment changed it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Trace;
use crate::assembly::StackId;
use crate::cloud::Guard;

/// How a stack was before a deployment changed it, so that it can be put back by a run that comes after this one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Former {
    /// The stack of the assembly.
    pub stack: StackId,
    /// How it was; none if it was not there.
    pub before: Option<Before>,
}

/// What a stack was made of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Before {
    /// Its template.
    pub template: String,
    /// The templates of its nested stacks, by dotted logical id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nested: BTreeMap<String, String>,
    /// Traces of its parameters, of which no value is written down; [`Trace::hidden`] for what the service hides.
    pub parameters: BTreeMap<String, Trace>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The topics that were told of its events.
    pub notification_arns: Vec<String>,
    /// Whether it refused to be deleted.
    pub protected: bool,
    /// The alarms that took its operations back.
    #[serde(default)]
    pub guard: Guard,
}
