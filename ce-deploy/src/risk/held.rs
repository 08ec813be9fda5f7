//! `export-held`: an export may have another value while others import it, which the service refuses. Said, not asked.

use super::{Consent, Gravity, Risk, RiskClass};
use crate::assembly::{Origin, StackId};

/// The risk that the update of a stack fails because others import what it would change.
pub(crate) fn held_export(stack: &StackId, export: &str, importers: &str, causes: &[String]) -> Risk {
    Risk {
        class: RiskClass::Interruption,
        rule: "export-held".to_owned(),
        stack: stack.clone(),
        logical_id: String::new(),
        type_name: String::new(),
        origin: Origin::default(),
        what: format!("may change `{export}`, which `{importers}` imports: if it does, the update fails"),
        causes: causes.to_vec(),
        consent: Consent::None,
        gravity: Gravity::default(),
    }
}
