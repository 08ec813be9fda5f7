//! `network-acl`: an ACL of a subnet lets more through.
//!
//! The entry with the lowest number that fits decides. An entry that allows is no news if an old one allowed it all; one
//! that denied must still deny before anything that it reaches is allowed.

use std::collections::BTreeMap;

use crate::risk::Gravity;
use crate::risk::RiskClass::Exposure;
use crate::risk::change::{Change, Report, flag};
use crate::risk::network::Access;
use crate::template::Resolved;

#[derive(Clone)]
struct Entry {
    place: String,
    number: i64,
    allows: bool,
    access: Access,
}

type Acls = BTreeMap<(String, &'static str), Vec<Entry>>;

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    let (before, after) = (acls(change.before), acls(change.after));
    for ((acl, direction), entries) in &after {
        let old = before.get(&(acl.clone(), *direction)).map(Vec::as_slice).unwrap_or_default();
        for entry in entries.iter().filter(|entry| entry.allows) {
            let words = entry.access.words(direction);
            if !old.iter().any(|old| old.allows && old.access.covers(&entry.access)) {
                // Behind it there is a security group.
                let gravity = if entry.access.is_of_the_world() { Gravity::Middle } else { Gravity::Low };
                report.add_as(gravity, "network-acl", Exposure, &entry.place, format!("lets through {words}"));
            } else if old.iter().any(|denial| is_lost(denial, entry, old, entries)) {
                report.add(
                    "network-acl",
                    Exposure,
                    &entry.place,
                    format!("lets through some of {words} that was denied"),
                );
            }
        }
    }
}

/// Whether an old denial held for what an entry allows, and no longer does.
fn is_lost(denial: &Entry, entry: &Entry, old: &[Entry], new: &[Entry]) -> bool {
    let came_first = |old: &Entry| old.allows && old.number < denial.number && old.access.covers(&entry.access);
    let still = |new: &Entry| !new.allows && new.number < entry.number && new.access.covers(&denial.access);
    !denial.allows && denial.access.overlaps(&entry.access) && !old.iter().any(came_first) && !new.iter().any(still)
}

fn acls(side: &Resolved) -> Acls {
    let mut acls = Acls::new();
    for (id, resource) in side.resources.iter().filter(|(_, one)| one.type_name == "AWS::EC2::NetworkAclEntry") {
        let properties = &resource.properties;
        let direction = if flag(&properties["Egress"]) == Some(true) { "to" } else { "from" };
        let acl = crate::json::canonical(&properties["NetworkAclId"]);
        let number = &properties["RuleNumber"];
        let number = number.as_i64().or_else(|| number.as_str()?.parse().ok()).unwrap_or_default();
        let allows = properties["RuleAction"].as_str().is_none_or(|action| !action.eq_ignore_ascii_case("deny"));
        let entries = acls.entry((acl, direction)).or_default();
        let accesses = Access::of_rule(properties);
        entries.extend(accesses.into_iter().map(|access| Entry { place: id.clone(), number, allows, access }));
    }
    acls
}
