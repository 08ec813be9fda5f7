//! What came of the facts: for people, for machines, and for tests.

mod json;
mod markdown;
pub(crate) mod prove;
pub(crate) mod report;
mod tally;
pub(crate) mod verdict;
