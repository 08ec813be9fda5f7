//! How often a served cloud was asked.

use std::collections::BTreeMap;

use serde::Serialize;

/// Requests by operation, and what became of them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Tally {
    /// All requests.
    pub requests: u64,
    /// Requests that were refused because there were too many.
    pub throttled: u64,
    /// Requests by operation, `CreateChangeSet`.
    pub operations: BTreeMap<String, u64>,
}

impl Tally {
    pub(super) fn count(&mut self, operation: &str) {
        self.requests += 1;
        *self.operations.entry(operation.to_owned()).or_default() += 1;
    }
}
