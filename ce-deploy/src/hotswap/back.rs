//! What a deployment must put back: what was swapped, and what CloudFormation does not know to be another.

use super::Aim;
use super::decide::setting;
use crate::journal::{Setting, Swapped};
use crate::template::Resolved;

/// What was swapped and is the same in what CloudFormation knows (`before`) and in what it is told now (`after`). It would
/// see no difference there, and leave it. Where they differ, its own update sets what is told.
///
/// A swap that nobody saw end may still go on, and would overtake that update: what it sets is set again, which waits for it.
pub(crate) fn back(before: &Resolved, after: &Resolved, noted: &Swapped) -> Vec<Aim> {
    let aims = noted.resources.iter().filter_map(|(id, settings)| {
        let (old, new) = (before.resources.get(id)?, after.resources.get(id)?);
        if old.type_name != new.type_name {
            return None;
        }
        let same = |pointer: &String| setting(id, pointer, before) == setting(id, pointer, after);
        let may_go_on = |known: &Setting| noted.open && known.trace.is_none();
        let wanted = settings.iter().filter(|(pointer, known)| may_go_on(known) || same(pointer));
        let settings = wanted.map(|(pointer, known)| {
            let through = known.through.clone();
            (pointer.clone(), Setting { through, ..setting(id, pointer, after) })
        });
        Some(Aim { logical_id: id.clone(), type_name: new.type_name.clone(), settings: settings.collect() })
    });
    aims.filter(|aim| !aim.settings.is_empty()).collect()
}
