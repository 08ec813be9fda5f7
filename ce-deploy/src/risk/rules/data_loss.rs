//! `data-removed`, `data-replaced`: something that holds data goes.
//!
//! A replacement starts empty, whatever becomes of the old one, so it is always asked for by name. A removal is not asked
//! for if the resource stays, outside the stack.

use crate::difference::{Class, Fate, ResourceDifference};
use crate::risk::change::{Change, Report};
use crate::risk::{Consent, RiskClass};

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for resource in change.difference.resources.iter().filter(|resource| resource.stateful) {
        let (rule, what, consent) = match resource.class {
            Class::Removed if resource.fate != Some(Fate::Retained) => ("data-removed", "is removed", Consent::Destroy),
            Class::StatefulReplacement | Class::Replacement => {
                ("data-replaced", "is replaced by an empty one", Consent::Replace)
            }
            Class::ConditionalReplacement => ("data-replaced", "may be replaced by an empty one", Consent::Replace),
            _ => continue,
        };
        report.add_with(rule, RiskClass::DataLoss, &resource.logical_id, with_fate(what, resource), consent);
    }
}

fn with_fate(what: &str, resource: &ResourceDifference) -> String {
    match resource.fate {
        Some(Fate::Retained) => format!("{what}; the old one stays, outside the stack"),
        Some(Fate::Snapshot) => format!("{what}; a snapshot of the old one is kept"),
        _ => format!("{what}, and its data is lost"),
    }
}
