//! `unseen`: something is deployed, or goes, that cannot be looked at: a template that cannot be read, or what a macro makes.
//!
//! What goes unseen may hold data, so it is asked about by name.

use crate::difference::Fate;
use crate::risk::RiskClass::{Broadening, DataLoss};
use crate::risk::change::{Change, Report};
use crate::risk::{Consent, Gravity};

/// Macros whose work is known to hold no data: a rotation function in a nested stack
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-secretsmanager.html>).
const DATALESS: [&str; 2] = ["AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16"];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for id in &change.after.unreadable {
        let same = |old: &crate::template::Active| {
            let new = change.after.resources.get(id);
            new.is_some_and(|new| new.properties == old.properties)
        };
        let unchanged = change.before.unreadable.contains(id) && change.before.resources.get(id).is_some_and(same);
        if !unchanged {
            report.add_as(Gravity::High, "unseen", Broadening, id, "deploys a template that cannot be looked at");
        }
    }
    for name in &change.after.macros {
        if !change.difference.resources.is_empty() || !change.before.macros.contains(name) {
            report.add_as(
                Gravity::High,
                "unseen",
                Broadening,
                "",
                format!("what the macro `{name}` makes cannot be looked at"),
            );
        }
    }
    if let Some(why) = change.difference.blind.as_ref().filter(|_| change.difference.after.is_some()) {
        let what = format!("counts as new with all that is in it: what is deployed is not known, as {why}");
        report.add_as(Gravity::High, "unseen", Broadening, "", what);
    }
    find_lost(change, report);
}

/// What is deleted without having been looked at.
fn find_lost(change: &Change<'_>, report: &mut Report<'_>) {
    for id in &change.before.unreadable {
        let stays = change.difference.resource(id).is_some_and(|resource| resource.fate == Some(Fate::Retained));
        if !stays && !change.after.resources.contains_key(id) {
            let what = "is removed with all that is in it, and its template cannot be looked at";
            report.add_with("unseen", DataLoss, id, what, Consent::Destroy);
        }
    }
    if change.difference.after.is_none() {
        if let Some(why) = &change.difference.blind {
            let what = format!("is removed with all that is in it, which is not known, as {why}");
            report.add_with("unseen", DataLoss, "", what, Consent::Destroy);
        }
        for name in change.before.macros.iter().filter(|name| !is_dataless(name)) {
            let what = format!("is removed with what the macro `{name}` made, which cannot be looked at");
            report.add_with("unseen", DataLoss, "", what, Consent::Destroy);
        }
    }
}

fn is_dataless(name: &str) -> bool {
    DATALESS.iter().any(|known| name == *known || name.ends_with(&format!(".{known}")))
}
