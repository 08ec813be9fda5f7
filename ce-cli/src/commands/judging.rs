//! Who says what is risky about a change.

use ce_deploy::engine::Judge;

/// The judge of this house.
pub(super) fn judge() -> Judge {
    Judge::new(|_| Vec::new())
}
