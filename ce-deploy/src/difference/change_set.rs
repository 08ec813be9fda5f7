//! What a change set says, which overrules.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::compare::is_stateful;
use super::fixed_name::{fixed_name, same_name};
use super::{Class, Difference, Fate, ResourceDifference};
use crate::cloud::{Action, Change, Replacement};
use crate::template::Active;

/// Where a change set says something else than was worked out here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Disagreement {
    /// The resource.
    pub logical_id: String,
    /// What was worked out here.
    pub offline: Class,
    /// What the change set says; none if it says nothing of the resource, which then stays as it was worked out.
    pub change_set: Option<Class>,
}

impl Difference {
    /// Lets a change set overrule, and lists where the two differ. `nested` is the id of the nested stack whose changes
    /// these are, none for the stack itself; `changes` are those of all pages.
    ///
    /// A change that the set leaves out is not taken back here: the service drops changes on its own. Nor is what comes from
    /// another stack: that has not changed yet when the set is made.
    pub fn apply(&mut self, nested: Option<&str>, changes: &[Change]) {
        let prefix = nested.map(|id| format!("{id}.")).unwrap_or_default();
        let unseen = self.following_elsewhere();
        for change in changes {
            let id = format!("{prefix}{}", change.logical_id);
            self.overrule(&id, change, unseen.contains(&id));
        }
        let told = |id: &str| changes.iter().any(|change| id.strip_prefix(&prefix) == Some(&change.logical_id));
        let here = |id: &str| id.strip_prefix(&prefix).is_some_and(|rest| !rest.contains('.')) && !unseen.contains(id);
        // What it does not tell may be no change at all to the service: texts about itself.
        let silent = self.resources.iter().filter(|resource| resource.class > Class::Metadata);
        let silent = silent.filter(|resource| here(&resource.logical_id) && !told(&resource.logical_id));
        let silent = silent.map(|resource| Disagreement {
            logical_id: resource.logical_id.clone(),
            offline: resource.class,
            change_set: None,
        });
        let silent: Vec<Disagreement> = silent.collect();
        self.disagreements.extend(silent);
        self.disagreements.sort_by(|a, b| a.logical_id.cmp(&b.logical_id));
        self.disagreements.dedup();
        self.follow_outputs();
    }

    /// Resources that are what they are because of another stack.
    fn following_elsewhere(&self) -> BTreeSet<String> {
        let names = self.after.as_ref().map(|after| self.elsewhere.of(after)).unwrap_or_default();
        let names: BTreeSet<&str> = names.values().map(|following| following.name.as_str()).collect();
        let follows = |resource: &&ResourceDifference| {
            let mut causes = resource.properties.iter().filter_map(|property| property.cause.as_deref());
            causes.any(|cause| names.contains(cause))
        };
        self.resources.iter().filter(follows).map(|resource| resource.logical_id.clone()).collect()
    }

    fn overrule(&mut self, id: &str, change: &Change, from_elsewhere: bool) {
        let at = self.resources.iter().position(|resource| resource.logical_id == id);
        let offline = at.map_or(Class::Unchanged, |at| self.resources[at].class);
        let said = class(change, offline, is_stateful(&change.type_name, self.schemas));
        let in_the_way = self.name_in_the_way(id, change).filter(|_| said.replaces());
        let said = in_the_way.map_or(said, |_| Class::Blocked);
        if from_elsewhere && said < offline {
            return;
        }
        if said != offline {
            let (logical_id, change_set) = (id.to_owned(), Some(said));
            self.disagreements.push(Disagreement { logical_id, offline, change_set });
        }
        let at = at.unwrap_or_else(|| {
            let resource = Active { type_name: change.type_name.clone(), ..Active::default() };
            let at = self.resources.partition_point(|resource| resource.logical_id.as_str() < id);
            self.resources.insert(at, ResourceDifference::unchanged(id, &resource));
            at
        });
        let resource = &mut self.resources[at];
        resource.class = said;
        resource.stateful |= is_stateful(&change.type_name, self.schemas);
        resource.fate = fate(change, said).or(resource.fate);
        if said != offline {
            let told =
                change.details.iter().filter_map(|detail| Some(format!("the change set: `{}`", detail.name.as_ref()?)));
            resource.causes = in_the_way.map(same_name).into_iter().chain(told).collect();
        }
    }

    /// The property whose name the new one would have as well as the old one, if the change set replaces a resource.
    fn name_in_the_way(&self, id: &str, change: &Change) -> Option<&'static str> {
        let schema = self.schemas.find(&change.type_name)?;
        let resource = self.after.as_ref()?.resources.get(id)?;
        let told = change.details.iter().filter_map(|detail| detail.name.as_deref());
        let known = self.resource(id).into_iter().flat_map(|resource| &resource.properties);
        let known = known.map(|property| property.path.split(['.', '[']).next().unwrap_or_default());
        fixed_name(schema, &resource.properties, &told.chain(known).collect())
    }
}

fn class(change: &Change, offline: Class, stateful: bool) -> Class {
    // What others changed and the template says now: nothing is done. Source: API reference, `ResourceChange.Action`.
    let replaced = matches!(change.replacement, Some(Replacement::True | Replacement::Conditional));
    let action = if change.action == Action::SyncWithActual && replaced { Action::Modify } else { change.action };
    match (action, change.replacement) {
        (Action::SyncWithActual, _) => Class::Metadata,
        (Action::Add, _) => Class::Added,
        (Action::Remove, _) => Class::Removed,
        (Action::Import, _) => Class::Imported,
        // The set does not know of a name that is taken: it would be told when it is executed.
        (Action::Modify, Some(Replacement::True)) if offline == Class::Blocked => Class::Blocked,
        (Action::Modify, Some(Replacement::True)) if stateful => Class::StatefulReplacement,
        (Action::Modify, Some(Replacement::True)) => Class::Replacement,
        // A change set says `Conditional` whenever a value is known only later, also where it cannot be the same.
        (Action::Modify, Some(Replacement::Conditional)) if offline.replaces() => offline,
        (Action::Modify, Some(Replacement::Conditional)) => Class::ConditionalReplacement,
        (Action::Dynamic, _) if offline > Class::Unchanged => offline,
        _ if offline > Class::Unchanged && offline <= Class::MayRefuse && offline != Class::Added => offline,
        _ => Class::InPlace,
    }
}

fn fate(change: &Change, class: Class) -> Option<Fate> {
    let gone = class == Class::Removed || class >= Class::ConditionalReplacement;
    match change.policy_action.as_deref() {
        Some(policy) if policy.ends_with("Retain") => Some(Fate::Retained),
        Some(policy) if policy.ends_with("Snapshot") => Some(Fate::Snapshot),
        Some(policy) if policy.ends_with("Delete") && gone => Some(Fate::Deleted),
        _ => None,
    }
}
