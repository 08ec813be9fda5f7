//! What a stack is meant to be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::Resource;
use crate::cloud::{Guard, Output, Tag};
use crate::simulator::template::Template;

/// What an operation was told.
#[derive(Clone, Debug, Default)]
pub(in crate::simulator) struct Definition {
    pub(in crate::simulator) template: Option<Arc<Template>>,
    /// As given: the name of a stored value, not the value.
    pub(in crate::simulator) given: BTreeMap<String, String>,
    /// As the template sees them.
    pub(in crate::simulator) parameters: BTreeMap<String, String>,
    pub(in crate::simulator) tags: Vec<Tag>,
    pub(in crate::simulator) role: Option<String>,
    pub(in crate::simulator) notification_arns: Vec<String>,
    /// Alarms that take an operation back.
    pub(in crate::simulator) guard: Guard,
}

/// Where a rollback goes: the last state in which every resource was as it should be.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Stable {
    pub(in crate::simulator) definition: Definition,
    pub(in crate::simulator) resources: IndexMap<String, Resource>,
    pub(in crate::simulator) outputs: Vec<Output>,
    pub(in crate::simulator) imports: BTreeSet<String>,
}
