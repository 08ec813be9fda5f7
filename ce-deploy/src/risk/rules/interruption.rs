//! `interruption`, `replacement`: something without data is not there for a while. Said, not asked.
//! `refused`: something is changed that its service may not change. Said, not asked: if it is, all stays as it was.
//! `blocked`: something cannot be replaced. Said, and refused where a change set would replace it.

use crate::difference::Class;
use crate::risk::RiskClass::Interruption;
use crate::risk::change::{Change, Report};

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for resource in &change.difference.resources {
        let (rule, what) = match resource.class {
            Class::Interruption => ("interruption", "stands still while it is changed"),
            Class::Replacement => ("replacement", "is replaced"),
            Class::ConditionalReplacement if !resource.stateful => ("replacement", "may be replaced"),
            Class::MayRefuse => ("refused", "may be refused by its service, and the update would fail"),
            Class::Blocked => ("blocked", "cannot be changed as it is, and the update would fail"),
            _ => continue,
        };
        report.add(rule, Interruption, &resource.logical_id, what);
    }
}
