//! An account in a region, as the simulated service keeps it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::budget::Buckets;
use super::evidence::Traces;
use super::stack::StackKey;
use crate::cloud::Place;
use crate::engine::Moment;

/// Which place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct PlaceKey(pub(super) usize);

/// What a place holds.
#[derive(Clone, Debug)]
pub(super) struct PlaceState {
    pub(super) place: Place,
    /// Living stacks by name.
    pub(super) names: BTreeMap<String, StackKey>,
    /// Exports by name: whose, and the value.
    pub(super) exports: BTreeMap<String, (StackKey, String)>,
    /// Plain values of Systems Manager.
    pub(super) parameters: BTreeMap<String, String>,
    /// Resources whose name the template chose: type and name.
    pub(super) taken: BTreeMap<(String, String), Owner>,
    /// Of those, which are deleted and when they are gone for good.
    pub(super) going: BTreeMap<(String, String), Moment>,
    /// How many requests it still takes.
    pub(super) budget: Buckets,
    /// Resources that no stack owns, by type and id.
    pub(super) orphans: BTreeMap<(String, String), Arc<Map<String, Value>>>,
    /// What other services know of failures.
    pub(super) traces: Traces,
}

/// Whose a resource with a chosen name is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Owner {
    /// A stack's.
    Stack(StackKey),
    /// Nobody's: it was retained, or made by hand.
    Nobody,
}

impl PlaceState {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            names: BTreeMap::new(),
            exports: BTreeMap::new(),
            parameters: BTreeMap::new(),
            taken: BTreeMap::new(),
            going: BTreeMap::new(),
            budget: Buckets::default(),
            orphans: BTreeMap::new(),
            traces: Traces::default(),
        }
    }
}
