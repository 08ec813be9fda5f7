//! Schedules of faults, made from a seed.

use super::{Chance, Fault, FaultKind};
use crate::simulator::dice::Dice;

/// A list of faults, made from a seed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Schedule {
    /// The faults.
    pub faults: Vec<Fault>,
}

/// APIs that a fault may be bound to.
const APIS: [&str; 11] = [
    "DescribeStacks",
    "DescribeStackEvents",
    "CreateChangeSet",
    "DescribeChangeSet",
    "ExecuteChangeSet",
    "DeleteChangeSet",
    "DeleteStack",
    "GetTemplate",
    "ListStackResources",
    "GetStackPolicy",
    "SetStackPolicy",
];

impl Schedule {
    /// Up to so many faults of these kinds.
    ///
    /// ```
    /// use ce_deploy::simulator::{FaultKind, Schedule};
    /// let kinds: Vec<_> = FaultKind::all().collect();
    /// assert_eq!(Schedule::of(7, &kinds, 3), Schedule::of(7, &kinds, 3));
    /// ```
    pub fn of(seed: u64, kinds: &[FaultKind], most: u32) -> Self {
        let mut dice = Dice::of(seed);
        if kinds.is_empty() {
            return Self::default();
        }
        let count = dice.range(0..=most);
        Self { faults: (0..count).map(|_| fault(&mut dice, kinds)).collect() }
    }
}

fn fault(dice: &mut Dice, kinds: &[FaultKind]) -> Fault {
    let kind = *dice.pick(kinds);
    let mut fault = Fault::new(kind);
    fault.times = if dice.chance(70) { 1 } else { dice.range(2..=6) };
    fault.size = *dice.pick(&[1, 5, 15, 60]);
    fault.nth = match kind.chance() {
        Chance::Call if dice.chance(75) => {
            fault.on = Some(*dice.pick(&APIS));
            dice.range(0..=6)
        }
        Chance::Call | Chance::Await => dice.range(0..=90),
        Chance::Event | Chance::Write => dice.range(0..=40),
        Chance::ChangeSet => dice.range(0..=4),
        Chance::Resource => dice.range(0..=10),
    };
    fault
}
