//! Exports and who imports them.

use crate::cloud::Output;

use super::service::Service;
use super::stack::StackKey;

impl Service {
    /// The stack exports these outputs and no others from now on.
    ///
    /// Source: user guide, "Get exported outputs": a name is unique in an account and region, and neither its value
    /// nor the export may change while another stack imports it.
    pub(super) fn take_exports(&mut self, key: StackKey, outputs: &[Output]) -> Result<(), String> {
        let place = self.stack(key).place;
        let wanted: Vec<(String, String)> = outputs
            .iter()
            .filter_map(|output| Some((output.export.clone()?, output.value.reveal().to_owned())))
            .collect();
        for (name, value) in &wanted {
            match self.place(place).exports.get(name) {
                Some((owner, _)) if *owner != key => {
                    let owner = &self.stack(*owner).name;
                    return Err(format!("Export with name {name} is already exported by stack {owner}. "));
                }
                Some((_, old)) if old != value => self.refuse_if_used(key, name, "updated")?,
                _ => {}
            }
        }
        let own = self.place(place).exports.iter().filter(|(_, (owner, _))| *owner == key);
        let gone = own.map(|(name, _)| name.clone()).filter(|name| !wanted.iter().any(|(kept, _)| kept == name));
        let gone: Vec<String> = gone.collect();
        for name in &gone {
            self.refuse_if_used(key, name, "deleted")?;
        }
        let exports = &mut self.place_mut(place).exports;
        for name in gone {
            exports.remove(&name);
        }
        exports.extend(wanted.into_iter().map(|(name, value)| (name, (key, value))));
        Ok(())
    }

    fn refuse_if_used(&self, key: StackKey, name: &str, done: &str) -> Result<(), String> {
        let users = self.importers(key, name);
        match users.as_slice() {
            [] => Ok(()),
            users => Err(format!("Export {name} cannot be {done} as it is in use by {}", users.join(", "))),
        }
    }

    /// Names of the living stacks that import an export of a stack.
    pub(super) fn importers(&self, exporter: StackKey, name: &str) -> Vec<String> {
        let place = self.stack(exporter).place;
        let uses = |key: &StackKey| {
            let stack = self.stack(*key);
            let taking = stack.running.as_ref().is_some_and(|running| running.imports.contains(name));
            *key != exporter && (stack.imports.contains(name) || taking)
        };
        let living = self.place(place).names.values();
        living.filter(|key| uses(key)).map(|key| self.stack(*key).name.clone()).collect()
    }

    /// Why a stack cannot be deleted: an export of it that is in use.
    pub(super) fn export_in_use(&self, key: StackKey) -> Option<String> {
        let exported: Vec<String> = self.stack(key).exports().map(|(name, _)| name.to_owned()).collect();
        exported.iter().find_map(|name| self.refuse_if_used(key, name, "deleted").err())
    }
}
