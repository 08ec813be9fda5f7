//! Types that hold data and are not flagged so.

use super::Repair;

pub(super) const REPAIRS: &[Repair] = &[];
