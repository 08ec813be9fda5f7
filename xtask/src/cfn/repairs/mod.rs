//! Repairs of wrong schema data: one named function each, and one that no longer applies is an error.

mod enumerations;
mod references;
mod replacement;
mod stateful;
mod what_ref_returns;

use super::Failure;
use super::model::Model;

/// A repair: what it is called, and what it does. It says whether it changed anything.
type Repair = (&'static str, fn(&mut Model) -> bool);

/// Applies every repair, in order.
pub(crate) fn apply(model: &mut Model) -> Result<(), Failure> {
    let all: Vec<Repair> = [
        what_ref_returns::REPAIRS,
        stateful::REPAIRS,
        references::REPAIRS,
        enumerations::REPAIRS,
        replacement::REPAIRS,
    ]
    .concat();
    let stale: Vec<&str> = all.into_iter().filter(|(_, repair)| !repair(model)).map(|(name, _)| name).collect();
    if stale.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "repairs that no longer apply: {}\nhelp: delete them, the data is right now",
        stale.join(", ")
    )))
}
