//! References the sources miss or get wrong.

use super::Repair;

pub(super) const REPAIRS: &[Repair] = &[];
