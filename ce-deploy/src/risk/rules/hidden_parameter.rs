//! `hidden-parameter`: a parameter whose value was hidden shows.

use crate::risk::RiskClass::Weakening;
use crate::risk::change::{Change, Report};

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for (name, hidden) in &change.after.parameters {
        if !hidden && change.before.parameters.get(name) == Some(&true) {
            report.add(
                "hidden-parameter",
                Weakening,
                "",
                format!("the value of the parameter `{name}` is no longer hidden"),
            );
        }
    }
}
