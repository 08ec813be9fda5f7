//! `unseen`: something is deployed that cannot be looked at: a nested template that is not there, or what a macro makes.

use crate::risk::RiskClass::Broadening;
use crate::risk::change::{Change, Report};

/// Macros whose work is known to make no permission: functions, and rotation, whose roles the service keeps.
const HARMLESS: [&str; 1] = ["AWS::LanguageExtensions"];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for id in &change.after.unreadable {
        let same = |old: &crate::template::Active| {
            let new = change.after.resources.get(id);
            new.is_some_and(|new| new.properties == old.properties)
        };
        let unchanged = change.before.unreadable.contains(id) && change.before.resources.get(id).is_some_and(same);
        if !unchanged {
            report.add("unseen", Broadening, id, "deploys a template that cannot be looked at");
        }
    }
    let is_known =
        |name: &str| HARMLESS.iter().any(|harmless| name == *harmless || name.ends_with(&format!(".{harmless}")));
    for name in change.after.macros.iter().filter(|name| !is_known(name)) {
        if !change.difference.resources.is_empty() || !change.before.macros.contains(name) {
            report.add("unseen", Broadening, "", format!("what the macro `{name}` makes cannot be looked at"));
        }
    }
}
