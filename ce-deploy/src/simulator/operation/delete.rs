//! Deleting: all of a stack, or what it no longer wants.

use std::sync::Arc;

use super::event::Told;
use super::step::Begun;
use super::{Kind, Order};
use crate::simulator::operation::running::Options;
use crate::simulator::place::{Owner, PlaceKey};
use crate::simulator::provider::{self, Act};
use crate::simulator::service::Service;
use crate::simulator::stack::{Leftover, Resource, StackKey};
use crate::simulator::template::Policy;

impl Service {
    pub(super) fn begin_delete(&mut self, key: StackKey, at: usize) -> Begun {
        let logical = self.logical(key, at);
        self.step_mut(key, at, |step| step.act = Some(Act::Delete));
        let Some(resource) = self.stack(key).resources.get(&logical).cloned() else { return Begun::Nothing };
        let Some(running) = self.stack(key).running.as_ref() else { return Begun::Nothing };
        if resource.physical.is_none() {
            self.set_resource(key, &logical, "DELETE_COMPLETE", None);
            self.stack_mut(key).resources.shift_remove(&logical);
            return Begun::Nothing;
        }
        // A creation that is rolled back deletes what it made even where the policy is to retain it except then.
        let undone = running.kind != Kind::Delete;
        let retained = match resource.deletion {
            Policy::Retain => !(undone && running.options.retain_except_on_create),
            Policy::RetainExceptOnCreate => !undone,
            Policy::Delete | Policy::Snapshot => false,
        };
        if retained || running.options.skip.contains(&logical) {
            self.retain(key, &resource);
            self.set_resource(key, &logical, "DELETE_SKIPPED", None);
            self.stack_mut(key).resources.shift_remove(&logical);
            return Begun::Nothing;
        }
        self.set_resource(key, &logical, "DELETE_IN_PROGRESS", None);
        match resource.nested {
            Some(nested) => self.delete_nested(key, nested),
            None => self.provide(key, at, &logical, Act::Delete),
        }
    }

    pub(super) fn finish_delete(&mut self, key: StackKey, at: usize) {
        let logical = self.logical(key, at);
        self.set_resource(key, &logical, "DELETE_COMPLETE", None);
        if let Some(resource) = self.stack_mut(key).resources.shift_remove(&logical) {
            self.note_loss(key, &logical, &resource);
            self.release_name(key, &resource);
        }
    }

    pub(super) fn begin_cleanup(&mut self, key: StackKey, at: usize) -> Begun {
        let Some(leftover) = self.leftover(key, at) else { return self.release_nested(key, at) };
        self.step_mut(key, at, |step| step.act = Some(Act::Delete));
        let resource = &leftover.resource;
        let policy = if leftover.replaced { resource.replacement } else { resource.deletion };
        let Some(running) = self.stack(key).running.as_ref() else { return Begun::Nothing };
        // What a rollback finds new was made by this operation: the policy of replacement is for what was there before.
        let is_new = self.was_made_by(key, &leftover);
        let retained = match policy {
            Policy::Retain => !(is_new && (leftover.replaced || running.options.retain_except_on_create)),
            Policy::RetainExceptOnCreate => !is_new,
            Policy::Delete | Policy::Snapshot => false,
        };
        if retained {
            self.retain(key, resource);
            self.tell_leftover(key, &leftover, "DELETE_SKIPPED", None);
            return Begun::Nothing;
        }
        self.tell_leftover(key, &leftover, "DELETE_IN_PROGRESS", None);
        match resource.nested {
            Some(nested) => self.delete_nested(key, nested),
            None => self.provide_leftover(key, at, &leftover),
        }
    }

    /// Whether the stack goes back and this is not of what it goes back to.
    fn was_made_by(&self, key: StackKey, leftover: &Leftover) -> bool {
        let stack = self.stack(key);
        let goes_back = stack.status.as_str().contains("ROLLBACK");
        goes_back
            && stack.resources.get(&leftover.logical).is_none_or(|kept| kept.physical != leftover.resource.physical)
    }

    pub(super) fn finish_cleanup(&mut self, key: StackKey, at: usize) {
        let Some(leftover) = self.leftover(key, at) else { return };
        self.tell_leftover(key, &leftover, "DELETE_COMPLETE", None);
        self.note_loss(key, &leftover.logical, &leftover.resource);
        self.release_name(key, &leftover.resource);
    }

    /// A leftover that cannot be deleted is left; the stack forgets it.
    pub(super) fn cleanup_failed(&mut self, key: StackKey, at: usize, reason: &str) {
        let Some(leftover) = self.leftover(key, at) else { return };
        self.tell_leftover(key, &leftover, "DELETE_FAILED", Some(reason.to_owned()));
        self.retain(key, &leftover.resource);
    }

    fn leftover(&self, key: StackKey, at: usize) -> Option<Leftover> {
        self.stack(key).running.as_ref()?.steps.get(at)?.leftover.clone()
    }

    fn tell_leftover(&mut self, key: StackKey, leftover: &Leftover, status: &'static str, reason: Option<String>) {
        let physical = leftover.resource.physical.clone();
        let type_name = &leftover.resource.type_name;
        self.tell(key, Told { logical: &leftover.logical, physical, type_name, status, reason, configured: false });
    }

    /// A resource that nobody owns any more stays.
    pub(in crate::simulator) fn retain(&mut self, key: StackKey, resource: &Resource) {
        let Some(physical) = resource.physical.clone().filter(|_| !resource.gone) else { return };
        let place = self.stack(key).place;
        let schema = self.schemas.find(&resource.type_name);
        let name = provider::chosen_name(schema, &resource.desired);
        let place = self.place_mut(place);
        if let Some(name) = name {
            place.taken.insert((resource.type_name.clone(), name), Owner::Nobody);
        }
        place.orphans.insert((resource.type_name.clone(), physical), Arc::clone(&resource.actual));
    }

    /// The name of a resource that is gone is free again.
    pub(in crate::simulator) fn release_name(&mut self, key: StackKey, resource: &Resource) {
        let schema = self.schemas.find(&resource.type_name);
        let Some(name) = provider::chosen_name(schema, &resource.desired).filter(|_| !resource.gone) else { return };
        let place = self.stack(key).place;
        let taken = (resource.type_name.clone(), name);
        if self.is_express(key) {
            // It counts as deleted and still goes. Source: user guide, express mode, "How express mode works".
            let gone = self.now + self.settings.times.deletion;
            self.place_mut(place).going.insert(taken, gone);
        } else {
            self.place_mut(place).taken.remove(&taken);
        }
    }

    /// Whether somebody has a name, or what had it still goes.
    pub(in crate::simulator) fn is_taken(&self, place: PlaceKey, name: &(String, String)) -> bool {
        let place = self.place(place);
        let gone = place.going.get(name).is_some_and(|gone| *gone <= self.now);
        place.orphans.contains_key(name) || (place.taken.contains_key(name) && !gone)
    }

    /// Deletes a nested stack for its parent.
    fn delete_nested(&mut self, parent: StackKey, nested: StackKey) -> Begun {
        let token = self.stack(parent).running.as_ref().and_then(|running| running.token.clone());
        let goal = Arc::new(self.stack(nested).definition.clone());
        self.begin(nested, Order { kind: Kind::Delete, token, goal, options: Options::default() });
        Begun::Nested
    }
}
