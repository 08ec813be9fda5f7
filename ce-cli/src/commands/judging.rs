//! Who says what is risky about a change.

use ce_deploy::engine::Judge;

/// The judge that knows every type of the registry.
pub(super) fn judge() -> Judge {
    Judge::of(&ce_cfn::SCHEMAS)
}
