//! Faults that wait for their chance.

use std::collections::BTreeMap;

use super::{Chance, Fault, FaultKind};

/// Faults that wait for their chance.
#[derive(Clone, Debug, Default)]
pub(in crate::simulator) struct Active {
    /// Each with how many chances it has seen.
    faults: Vec<(Fault, u32)>,
    /// How often each has struck, also those that are healed.
    struck: BTreeMap<Fault, u32>,
}

impl Active {
    pub(in crate::simulator) fn add(&mut self, faults: &[Fault]) {
        self.faults.extend(faults.iter().map(|fault| (*fault, 0)));
    }

    /// Those that have not struck for the last time are gone.
    pub(in crate::simulator) fn heal(&mut self) {
        self.faults.clear();
    }

    /// How often each has struck, also those that are healed.
    pub(in crate::simulator) fn struck(&self) -> &BTreeMap<Fault, u32> {
        &self.struck
    }

    /// A chance comes; the faults that take it.
    pub(in crate::simulator) fn strike(&mut self, chance: Chance, fits: impl Fn(&Fault) -> bool) -> Struck {
        let mut struck = Struck::default();
        for (fault, seen) in &mut self.faults {
            if fault.kind.chance() != chance || !fits(fault) {
                continue;
            }
            if (fault.nth..fault.nth.saturating_add(fault.times)).contains(seen) {
                struck.faults.push((fault.kind, fault.size));
                *self.struck.entry(*fault).or_default() += 1;
            }
            *seen = seen.saturating_add(1);
        }
        struck
    }

    /// A call comes; the faults that take it.
    pub(in crate::simulator) fn on_call(&mut self, api: &str) -> Struck {
        self.strike(Chance::Call, |fault| fault.on.is_none_or(|on| on == api))
    }

    /// A chance of one kind comes.
    pub(in crate::simulator) fn one(&mut self, kind: FaultKind) -> Option<u32> {
        self.strike(kind.chance(), |fault| fault.kind == kind).size(kind)
    }
}

/// Faults that strike now.
#[derive(Clone, Debug, Default)]
pub(in crate::simulator) struct Struck {
    pub(in crate::simulator) faults: Vec<(FaultKind, u32)>,
}

impl Struck {
    pub(in crate::simulator) fn has(&self, kind: FaultKind) -> bool {
        self.size(kind).is_some()
    }

    pub(in crate::simulator) fn size(&self, kind: FaultKind) -> Option<u32> {
        self.faults.iter().find(|(struck, _)| *struck == kind).map(|(_, size)| *size)
    }
}
