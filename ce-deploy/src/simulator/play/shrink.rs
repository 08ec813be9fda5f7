//! Making a scenario that breaks something small, and writing it down.

use ce_synth::schema::Schemas;

use super::{Breach, Invariant, Played, Scenario};
use crate::simulator::Fault;

impl Scenario {
    /// A scenario with fewer and lesser faults, and fewer assemblies, that breaks the same; itself if there is none.
    pub fn shrink(&self, schemas: &'static Schemas) -> Self {
        let Some(invariant) = first(&self.play(schemas)) else { return self.clone() };
        let mut smallest = self.clone();
        while let Some(smaller) = smallest.smaller().into_iter().find(|smaller| breaks(smaller, invariant, schemas)) {
            smallest = smaller;
        }
        smallest
    }

    /// Its faults as the body of a test; `seed` is what its apps are made from.
    pub fn code(&self, seed: u64, breach: &Breach) -> String {
        let faults: Vec<String> = self.faults.iter().map(|fault| format!("        {},", fault.code())).collect();
        let steps = self.assemblies.len();
        format!(
            "/// {breach}\n#[test]\nfn seed_{seed}() {{\n    let faults = vec![\n{}\n    ];\n    assert_eq!(replay({seed}, {steps}, faults), []);\n}}\n",
            faults.join("\n")
        )
    }

    /// Scenarios that are a little smaller.
    fn smaller(&self) -> Vec<Self> {
        let mut smaller = Vec::new();
        for at in 0..self.faults.len() {
            let mut fewer = self.clone();
            fewer.faults.remove(at);
            smaller.push(fewer);
        }
        if self.assemblies.len() > 1 {
            let mut fewer = self.clone();
            fewer.assemblies.pop();
            smaller.push(fewer);
        }
        for (at, fault) in self.faults.iter().enumerate() {
            for lesser in lesser(*fault) {
                let mut less = self.clone();
                less.faults[at] = lesser;
                smaller.push(less);
            }
        }
        smaller
    }
}

fn lesser(fault: Fault) -> Vec<Fault> {
    let mut all = Vec::new();
    if fault.times > 1 {
        all.extend([fault.times(1), fault.times(fault.times - 1)]);
    }
    if fault.nth > 0 {
        all.extend([fault.nth(0), fault.nth(fault.nth / 2), fault.nth(fault.nth - 1)]);
    }
    if fault.size > 1 {
        all.push(fault.size(1));
    }
    all
}

fn first(played: &Played) -> Option<Invariant> {
    played.breaches().first().map(|breach| breach.invariant)
}

fn breaks(scenario: &Scenario, invariant: Invariant, schemas: &'static Schemas) -> bool {
    scenario.play(schemas).breaches().iter().any(|breach| breach.invariant == invariant)
}
