//! `iam-statement`, `managed-policy`: a principal may do more.
//!
//! All that a role, user, group or permission set holds is compared with all that it held. A new principal held nothing.
//! A managed policy that is attached to nothing in the templates is compared on its own, as others may hold it.

use std::collections::BTreeSet;

use super::grants::{Grants, Holder};
use crate::risk::Gravity;
use crate::risk::RiskClass::Broadening;
use crate::risk::change::{Change, Report};
use crate::risk::policy::Policy;
use crate::template::symbol;

const RULE: &str = "iam-statement";

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    let before = Grants::of(change.before, &Change::accounts(change.before));
    let after = Grants::of(change.after, &Change::accounts(change.after));
    let nobody = Holder::default();
    for (key, holder) in &after.holders {
        let old = before.holders.get(key).unwrap_or(&nobody);
        compare(change, key, old, holder, report);
    }
    for (key, old) in before.holders.iter().filter(|(key, _)| !after.holders.contains_key(*key)) {
        // Nobody holds anything any more; one that no template makes is still there.
        if key.starts_with("name:") || change.after.resources.contains_key(key) {
            compare(change, key, old, &nobody, report);
        }
    }
    let nothing = Policy::default();
    for (id, policy) in &after.managed {
        let old = before.managed.get(id).or_else(|| (!after.attached.contains(id)).then_some(&nothing));
        for gain in old.map(|old| policy.gains(old)).unwrap_or_default() {
            report.add_gain(RULE, id, gain);
        }
    }
}

fn compare(change: &Change<'_>, key: &str, old: &Holder, new: &Holder, report: &mut Report<'_>) {
    let (old_total, new_total) = (old.total(), new.total());
    for (source, policy) in &new.policies {
        for gain in policy.allows_beyond(&old_total) {
            report.add_gain(RULE, source, gain);
        }
    }
    let lost = new_total.no_longer_denies(&old_total);
    // Who denied is where it is told: the holder, or what was attached to one that no template makes.
    let there = |id: &&String| change.after.resources.contains_key(*id) || change.before.resources.contains_key(*id);
    let sources: BTreeSet<&String> = old.policies.iter().map(|(source, _)| source).collect();
    let place = if change.after.resources.contains_key(key) {
        key
    } else {
        sources.into_iter().find(there).map_or(key, String::as_str)
    };
    for loss in lost {
        report.add_gain(RULE, place, loss);
    }
    for arn in new.managed.difference(&old.managed).filter(|_| !old_total.allows_all()) {
        let what = format!("is given `{}`", symbol::shown(arn));
        report.add_as(given(arn), "managed-policy", Broadening, place, what);
    }
    for arn in old.managed.difference(&new.managed).filter(|arn| may_deny(arn)) {
        let arn = symbol::shown(arn);
        report.add("managed-policy", Broadening, place, format!("no longer holds `{arn}`, which may have denied"));
    }
}

/// Those of AWS for one service's role are as narrow as AWS makes them; what others allow is not known.
/// Source: the list of AWS managed policies.
fn given(arn: &str) -> Gravity {
    const WIDE: [&str; 4] = ["/AdministratorAccess", "/PowerUserAccess", "/IAMFullAccess", "FullAccess"];
    match arn {
        arn if WIDE.iter().any(|wide| arn.ends_with(wide)) => Gravity::High,
        arn if arn.contains(":iam::aws:policy/service-role/") => Gravity::Low,
        _ => Gravity::Middle,
    }
}

/// Policies of AWS allow, except those that are made to deny. What others denies is not known.
/// Source: the list of AWS managed policies.
fn may_deny(arn: &str) -> bool {
    !arn.contains(":iam::aws:policy/") || ["Deny", "Quarantine"].iter().any(|word| arn.contains(word))
}
