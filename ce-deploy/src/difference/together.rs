//! Several stacks side by side: what reads of another changes with it.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema::Schemas;
use serde::{Deserialize, Serialize};

use super::{Difference, Elsewhere, Moved};
use crate::assembly::StackId;
use crate::cloud::Place;
use crate::template::{Taken, Version};

/// One of several stacks that are compared together.
#[derive(Clone, Debug)]
pub struct Side {
    /// The stack of the assembly.
    pub id: StackId,
    /// Its name, by which others read it.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// What is there; none if it is new.
    pub before: Option<Version>,
    /// What will be; none if it is deleted.
    pub after: Option<Version>,
}

/// An export that will have another value while others import it: the service refuses that.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldExport {
    /// The output.
    pub output: String,
    /// The name it is exported by.
    pub export: String,
    /// The stacks that import it now.
    pub importers: Vec<StackId>,
    /// Whether it will have another value for certain.
    pub certain: bool,
}

impl Difference {
    /// What differs in each of several stacks, in their order.
    pub fn together(stacks: &[Side], schemas: &'static Schemas) -> Vec<Self> {
        let mut elsewhere = Elsewhere::default();
        // Each round carries a change one stack further.
        for _ in 0..=stacks.len() {
            let differences: Vec<Self> = stacks
                .iter()
                .map(|side| Self::among(side.before.as_ref(), side.after.as_ref(), &elsewhere, schemas))
                .collect();
            let mut moved = Elsewhere::default();
            for (side, difference) in stacks.iter().zip(&differences) {
                moved.add(&side.id, &side.name, &side.place, &difference.moved);
            }
            if moved == elsewhere {
                return held(stacks, differences);
            }
            elsewhere = moved;
        }
        let last =
            stacks.iter().map(|side| Self::among(side.before.as_ref(), side.after.as_ref(), &elsewhere, schemas));
        held(stacks, last.collect())
    }
}

/// Says of each stack which of its exports others hold.
fn held(stacks: &[Side], mut differences: Vec<Difference>) -> Vec<Difference> {
    let mut importers: BTreeMap<(&Place, String), BTreeSet<StackId>> = BTreeMap::new();
    for (side, difference) in stacks.iter().zip(&differences) {
        let taken = difference.before.iter().flat_map(|before| before.taken.values());
        for name in taken.filter_map(|taken| if let Taken::Export(name) = taken { Some(name) } else { None }) {
            importers.entry((&side.place, name.clone())).or_default().insert(side.id.clone());
        }
    }
    for (side, difference) in stacks.iter().zip(&mut differences) {
        difference.held = exported(difference)
            .filter_map(|(output, export, moved)| {
                let importers = importers.get(&(&side.place, export.clone()))?.iter().cloned().collect();
                Some(HeldExport { output, export, importers, certain: moved.certain })
            })
            .collect();
    }
    differences
}

/// Outputs that will have another value under the same export.
fn exported(difference: &Difference) -> impl Iterator<Item = (String, String, &Moved)> {
    let export = |side: Option<&crate::template::Resolved>, name: &str| {
        side.and_then(|side| side.outputs.get(name)?.export.as_ref()?.as_str().map(str::to_owned))
    };
    difference.moved.iter().filter_map(move |(name, moved)| {
        let before = export(difference.before.as_ref(), name)?;
        let stays = export(difference.after.as_ref(), name).as_ref() == Some(&before);
        stays.then(|| (name.clone(), before, moved))
    })
}
