//! I10: each failed event is told once, and of all that failed of itself the first comes first.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Invariant as I;
use super::judged::{Found, Judged};
use crate::assembly::StackId;
use crate::cloud::{StackEvent, Token};
use crate::engine::{End, Progress, ResourceEvent};
use crate::simulator::{Fault, FaultKind, Truth};

/// Seconds in which events may come late and are seen all the same: a run looks for them for fifteen.
const WAITED: u32 = 8;

/// An operation that failed while the run waited for it.
struct Failed<'a> {
    stack: &'a StackId,
    arn: &'a str,
    token: &'a Token,
}

impl Judged<'_> {
    pub(super) fn told(&self, found: &mut Found) {
        let times = self.times();
        for ((stack, logical_id, status, ..), times) in &times {
            if *times > 1 {
                found.push((I::ToldOnce, format!("{stack}.{logical_id}: {status} was told {times} times")));
            }
        }
        for failed in self.failed().into_iter().filter(|failed| !self.is_disturbed_at(failed.arn)) {
            // What cannot be read cannot be told.
            if self.is_readable() {
                self.all_told(&failed, &times, found);
                self.first_first(&failed, found);
            }
            self.in_order(&failed, found);
        }
    }

    /// How often each failed event was told.
    fn times(&self) -> BTreeMap<(&StackId, &str, &str, u64, Option<&str>), usize> {
        let mut times = BTreeMap::new();
        for (_, progress) in &self.run.told {
            if let Progress::Resource { stack, event } = progress
                && event.status.ends_with("_FAILED")
            {
                *times.entry(key(stack, event)).or_default() += 1;
            }
        }
        times
    }

    /// Whether somebody else worked on a stack: what they did carries no token of ours.
    fn is_disturbed_at(&self, arn: &str) -> bool {
        self.stack(arn).is_none_or(|stack| self.is_disturbed(stack))
    }

    /// Events that are late for longer than a run looks for them are never seen.
    fn is_readable(&self) -> bool {
        let late = |fault: &Fault| fault.kind() == FaultKind::LateEvents && fault.size > WAITED;
        let hidden = self.played.scenario.faults.iter().any(late);
        let mut failed = self.run.sent.iter().filter(|sent| sent.api == "DescribeStackEvents");
        !hidden && failed.all(|sent| sent.failure.is_none())
    }

    fn failed(&self) -> Vec<Failed<'_>> {
        let Some(outcome) = &self.run.outcome else { return Vec::new() };
        let mut failed: BTreeMap<&StackId, Failed<'_>> = BTreeMap::new();
        for (_, progress) in &self.run.told {
            if let Progress::Begun { stack, arn, token, .. } = progress
                && outcome.stacks.get(stack).is_some_and(|ended| matches!(ended.end, End::RolledBack | End::Failed))
            {
                failed.insert(stack, Failed { stack, arn, token });
            }
        }
        failed.into_values().collect()
    }

    fn all_told(
        &self,
        failed: &Failed<'_>,
        times: &BTreeMap<(&StackId, &str, &str, u64, Option<&str>), usize>,
        found: &mut Found,
    ) {
        for event in self.events(failed.arn, failed.token).filter(|event| !event.is_of_stack()) {
            let id = (failed.stack, &*event.logical_id, &*event.status, event.at, event.physical_id.as_deref());
            if !times.contains_key(&id) {
                found.push((
                    I::ToldOnce,
                    format!("{}.{}: {} was not told", failed.stack, event.logical_id, event.status),
                ));
            }
        }
    }

    /// What was said to have failed of itself.
    fn diagnosed(&self, failed: &Failed<'_>) -> &[ResourceEvent] {
        let told = self.run.told.iter().find_map(|(_, progress)| match progress {
            Progress::Diagnosis { stack, causes } if stack == failed.stack => Some(causes.as_slice()),
            _ => None,
        });
        told.unwrap_or_default()
    }

    fn in_order(&self, failed: &Failed<'_>, found: &mut Found) {
        if !self.diagnosed(failed).is_sorted_by_key(|event| event.at) {
            found.push((I::ToldOnce, format!("the causes of {} are in disorder", failed.stack)));
        }
    }

    fn first_first(&self, failed: &Failed<'_>, found: &mut Found) {
        let told = self.diagnosed(failed);
        let first = self.causes(failed).into_iter().map(|event| event.at).min();
        if told.first().map(|event| event.at) != first {
            let words: Vec<&str> = told.iter().map(|event| &*event.logical_id).collect();
            found.push((
                I::ToldOnce,
                format!("{} failed first at {first:?}, and was said to by {words:?}", failed.stack),
            ));
        }
    }

    /// What failed of itself, down to nested stacks, as far as events lead there.
    fn causes(&self, failed: &Failed<'_>) -> Vec<&StackEvent> {
        let (mut causes, mut open, mut seen) = (Vec::new(), vec![failed.arn], BTreeSet::new());
        while let Some(arn) = open.pop() {
            for event in self.events(arn, failed.token).filter(|event| event.is_cause()) {
                let nested = event.physical_id.as_deref().filter(|id| id.starts_with("arn:"));
                match nested.filter(|_| event.type_name == "AWS::CloudFormation::Stack") {
                    Some(nested) if seen.insert(nested) => open.push(nested),
                    Some(_) => {}
                    None => causes.push(event),
                }
            }
        }
        causes
    }

    /// The failed events of an operation that a stack shows.
    fn events(&self, arn: &str, token: &Token) -> impl Iterator<Item = &StackEvent> {
        let stack = self.played.simulator.truth().find(|truth: &Truth<'_>| truth.id() == arn);
        let ours = move |event: &&StackEvent| event.token.as_ref() == Some(token) && event.status.ends_with("_FAILED");
        stack.map(|truth| truth.events()).unwrap_or_default().iter().filter(ours)
    }
}

fn key<'a>(stack: &'a StackId, event: &'a ResourceEvent) -> (&'a StackId, &'a str, &'a str, u64, Option<&'a str>) {
    (stack, &event.logical_id, &event.status, event.at, event.physical_id.as_deref())
}
