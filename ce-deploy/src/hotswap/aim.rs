//! What a hotswap is to set.

use std::collections::{BTreeMap, BTreeSet};

use super::Obstacle;
use crate::journal::Setting;

/// What is to be set of one resource.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aim {
    /// The resource.
    pub logical_id: String,
    /// Its type.
    pub type_name: String,
    /// What is set, by JSON pointer within its properties: `/Environment/Variables/LEVEL`.
    pub settings: BTreeMap<String, Setting>,
}

impl Aim {
    /// The properties that are set, or are set in part.
    pub fn properties(&self) -> BTreeSet<&str> {
        self.settings.keys().filter_map(|pointer| pointer.split('/').nth(1)).collect()
    }
}

/// What is to be done about the differences of a stack.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decision {
    /// Whether the stack differs from what CloudFormation knows, or was swapped before.
    pub differs: bool,
    /// What is to be set; nothing where all is as it should be.
    pub aims: Vec<Aim>,
    /// What cannot be swapped. Nothing is, if there is any.
    pub obstacles: Vec<Obstacle>,
}
