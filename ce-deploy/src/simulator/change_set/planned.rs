//! What a template sees while a change set is worked out.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::simulator::operation::Live;
use crate::simulator::template::{Resolved, World};

/// What will become of a resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// It is not there yet.
    New,
    /// Another takes its place, for sure or perhaps.
    Replaced,
    /// It is a nested stack that is changed: its outputs may be others.
    NestedChanged,
    /// It keeps its id.
    Kept,
}

/// The stack as it is, but what is new or replaced is not known yet.
pub(super) struct Planned<'a> {
    pub(super) live: Live<'a>,
    pub(super) fates: BTreeMap<String, Fate>,
}

impl World for Planned<'_> {
    fn reference(&self, resource: &str) -> Option<Resolved> {
        match self.fates.get(resource)? {
            Fate::New | Fate::Replaced => Some(Resolved::Later),
            Fate::NestedChanged | Fate::Kept => Some(self.live.reference(resource).unwrap_or(Resolved::Later)),
        }
    }

    fn attribute(&self, resource: &str, attribute: &str) -> Result<Resolved, String> {
        match self.fates.get(resource) {
            Some(Fate::New | Fate::Replaced) => Ok(Resolved::Later),
            Some(Fate::NestedChanged) if attribute.starts_with("Outputs.") => Ok(Resolved::Later),
            _ => self.live.attribute(resource, attribute),
        }
    }

    fn export(&self, name: &str) -> Result<Value, String> {
        self.live.export(name)
    }

    fn output(&self, stack: &str, output: &str, region: Option<&str>, role: Option<&str>) -> Result<Value, String> {
        self.live.output(stack, output, region, role)
    }

    fn zones(&self, region: &str) -> Vec<String> {
        self.live.zones(region)
    }
}
