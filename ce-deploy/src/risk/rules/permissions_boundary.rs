//! `permissions-boundary`: what held a principal in goes, or is another one.

use super::grants::{Grants, managed_in};
use crate::risk::RiskClass::Broadening;
use crate::risk::change::{Change, Report, words};

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    let before = Grants::of(change.before, &Change::accounts(change.before));
    let after = Grants::of(change.after, &Change::accounts(change.after));
    for (key, new) in after.holders.iter().filter(|(key, _)| change.after.resources.contains_key(*key)) {
        let Some(old) = before.holders.get(key).and_then(|old| old.boundary.as_ref()) else { continue };
        let Some(boundary) = &new.boundary else {
            report.add("permissions-boundary", Broadening, key, format!("loses its boundary `{}`", words(old)));
            continue;
        };
        let narrower = || {
            let old = before.managed.get(managed_in(old.as_str()?, change.before)?)?;
            let new = after.managed.get(managed_in(boundary.as_str()?, change.after)?)?;
            Some(new.gains_over(old).is_empty())
        };
        if boundary != old && narrower() != Some(true) {
            report.add("permissions-boundary", Broadening, key, format!("has another boundary, `{}`", words(boundary)));
        }
    }
}
