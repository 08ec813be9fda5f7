//! Rust names of AWS names.

pub(crate) mod lock;
pub(crate) mod words;

pub(crate) use lock::Lock;
