//! Making a stack what it was.

use std::sync::Arc;

use super::forward::same_properties;
use super::step::Begun;
use crate::simulator::provider::Act;
use crate::simulator::service::Service;
use crate::simulator::stack::{Leftover, Resource, Stable, StackKey};

impl Service {
    /// Puts what is new among the leftovers, and lists what must be put back, in the order of the old template.
    pub(super) fn plan_way_back(&mut self, key: StackKey) -> Vec<String> {
        let Some(stable) = self.stack(key).stable.clone() else { return vec![] };
        let stack = self.stack_mut(key);
        let Some(running) = stack.running.as_mut() else { return vec![] };
        let kept = |leftover: &Leftover| !is_of(&stable, &leftover.logical, &leftover.resource);
        running.cleanup.retain(kept);
        let mut gone = Vec::new();
        for (logical, resource) in &stack.resources {
            if resource.physical.is_some() && !is_of(&stable, logical, resource) {
                let replaced = stable.resources.contains_key(logical);
                running.cleanup.push(Leftover { logical: logical.clone(), resource: resource.clone(), replaced });
            }
            if !stable.resources.contains_key(logical) {
                gone.push(logical.clone());
            }
        }
        for logical in gone {
            stack.resources.shift_remove(&logical);
        }
        stable.resources.keys().cloned().collect()
    }

    pub(super) fn begin_back(&mut self, key: StackKey, at: usize) -> Begun {
        let logical = self.logical(key, at);
        self.step_mut(key, at, |step| step.act = Some(Act::RollBack));
        let Some(stable) = self.stack(key).stable.clone() else { return Begun::Nothing };
        let Some(old) = stable.resources.get(&logical) else { return Begun::Nothing };
        let skipped = self.stack(key).running.as_ref().is_some_and(|running| running.options.skip.contains(&logical));
        let live = self.stack(key).resources.get(&logical).cloned();
        match live {
            Some(live) if skipped => self.skip_back(key, &logical, live),
            Some(live) if live.physical == old.physical => {
                let same = same_properties(&live.desired, &old.desired);
                if let Some(nested) = live.nested {
                    self.restore(key, &logical, old, live.status);
                    return self.back_nested(key, &logical, nested);
                }
                if same && live.is_settled() {
                    self.restore(key, &logical, old, live.status);
                    return Begun::Nothing;
                }
                self.restore(key, &logical, old, "UPDATE_IN_PROGRESS");
                self.set_resource(key, &logical, "UPDATE_IN_PROGRESS", None);
                self.provide(key, at, &logical, Act::RollBack)
            }
            _ => {
                self.restore(key, &logical, old, "UPDATE_IN_PROGRESS");
                self.set_resource(key, &logical, "UPDATE_COMPLETE", None);
                Begun::Nothing
            }
        }
    }

    fn skip_back(&mut self, key: StackKey, logical: &str, mut live: Resource) -> Begun {
        live.checked = false;
        self.stack_mut(key).resources.insert(logical.to_owned(), live);
        self.set_resource(key, logical, "UPDATE_COMPLETE", Some("Resource skipped during rollback".to_owned()));
        Begun::Nothing
    }

    fn restore(&mut self, key: StackKey, logical: &str, old: &Resource, status: &'static str) {
        let mut resource = old.clone();
        resource.status = status;
        if let Some(live) = self.stack(key).resources.get(logical).filter(|live| live.physical == old.physical) {
            resource.gone = live.gone;
            // What others did to it meanwhile stays, unless the step writes it.
            let written = status == "UPDATE_IN_PROGRESS" || old.nested.is_some();
            resource.actual = Arc::clone(if written { &resource.desired } else { &live.actual });
        }
        self.stack_mut(key).resources.insert(logical.to_owned(), resource);
    }

    pub(super) fn finish_back(&mut self, key: StackKey, at: usize) {
        let logical = self.logical(key, at);
        self.set_resource(key, &logical, "UPDATE_COMPLETE", None);
    }
}

/// Whether a resource is the one that the old state has.
fn is_of(stable: &Stable, logical: &str, resource: &Resource) -> bool {
    stable.resources.get(logical).is_some_and(|old| old.physical == resource.physical)
}
