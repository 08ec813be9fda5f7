//! The table of resource types.

/// The table of resource types.
pub struct Schemas;
