//! I9: a run asks no more than it may. What a fault takes away may be asked again.
//!
//! Source of the numbers: the targets of the design, eight calls a stack beside waiting, two looks a second at a place.

use std::collections::BTreeSet;

use super::super::Invariant as I;
use super::judged::{Found, Judged};
use crate::engine::Progress;

/// Calls that wait for stacks.
const LOOKS: [&str; 2] = ["DescribeStacks", "DescribeStackEvents"];
/// Calls whose number what is deployed decides: files, pages of changes.
const BY_SIZE: [&str; 3] = ["DescribeChangeSet", "HeadObject", "PutObject"];
const A_STACK: usize = 8;
/// Who we are, and what the place was prepared with.
const A_PLACE: usize = 2;
const A_SECOND: usize = 2;
/// A policy that lets something go by name, and holds it again.
const A_LOSS: usize = 2;
/// Calls that a fault may cost: a change set is deleted, made, read and compared anew.
const A_FAULT: usize = 4;

impl Judged<'_> {
    pub(super) fn frugal(&self, found: &mut Found) {
        let (stacks, places) = (self.stacks() + self.put_back(), self.places());
        let fixed = self.answered(|api| !LOOKS.contains(&api) && !BY_SIZE.contains(&api));
        let most = A_STACK * stacks + A_PLACE * places + A_FAULT * self.struck() + A_LOSS * self.losses();
        if fixed > most {
            found.push((
                I::Frugal,
                format!("{fixed} calls for {stacks} stacks in {places} places, and {most} are enough"),
            ));
        }
        let looks = self.answered(|api| LOOKS.contains(&api));
        let most = A_SECOND * self.seconds() * places + stacks + self.struck() + self.pages_of_events();
        if looks > most {
            found.push((I::Frugal, format!("{looks} looks in {} s, and {most} are enough", self.seconds())));
        }
    }

    /// Calls that were answered; what was refused or lost is sent again.
    fn answered(&self, of: impl Fn(&str) -> bool) -> usize {
        self.run.sent.iter().filter(|sent| sent.failure.is_none() && of(sent.api)).count()
    }

    /// Stacks, with those that are nested in them.
    fn stacks(&self) -> usize {
        self.run.assembly.stacks.iter().map(|stack| 1 + stack.nested.len()).sum()
    }

    /// Stacks that are put back, which is a deployment of its own.
    fn put_back(&self) -> usize {
        let back = self.run.told.iter().find_map(|(_, told)| match told {
            Progress::TurningBack { stacks } => Some(stacks.len()),
            _ => None,
        });
        back.unwrap_or_default()
    }

    /// Stacks that something goes of which holds data.
    fn losses(&self) -> usize {
        self.executions().filter(|deed| !deed.unheld.is_empty()).count()
    }

    fn places(&self) -> usize {
        self.run.sent.iter().map(|sent| &sent.place).collect::<BTreeSet<_>>().len()
    }

    fn seconds(&self) -> usize {
        usize::try_from((self.run.ended - self.run.began).0 / 1_000).unwrap_or(usize::MAX - 1) + 1
    }

    fn struck(&self) -> usize {
        self.played.simulator.struck().values().map(|times| *times as usize).sum::<usize>() + self.run.struck.len()
    }

    /// Why a stack failed is read in all its events, down to nested stacks, and once more when they are late.
    fn pages_of_events(&self) -> usize {
        let failed = self.run.told.iter().any(|(_, told)| matches!(told, Progress::Diagnosis { .. }));
        let events =
            self.played.simulator.truth().map(|truth| 2 * (truth.events().len() / self.played.simulator.page() + 1));
        if failed { events.sum() } else { 0 }
    }
}
