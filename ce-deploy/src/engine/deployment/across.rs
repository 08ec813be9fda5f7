//! What the change of one stack does to others: who reads its outputs changes with them, and who imports them forbids it.

use std::collections::{BTreeMap, BTreeSet};

use super::keeping::Dropped;
use super::purpose::Purpose;
use super::reducer::Deployment;
use super::stage::Stage;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{Call, Output, Page};
use crate::difference::{Elsewhere, Moved};
use crate::engine::{Exit, Moment, Problem};
use crate::risk::held_export;

/// What can be done about an export that would change.
const NEW_NAME: &str =
    "export the new value under another name and import that, or read it with `Fn::GetStackOutput` instead";

impl Deployment {
    /// Judges anew who reads what another stack will say anew, then asks who imports what will be another.
    pub(super) fn begin_holding(&mut self, now: Moment) {
        self.stage = Stage::Holding;
        for id in self.in_order() {
            if !self.follows(&id).is_empty() {
                self.judge_anew(&id);
            }
        }
        for id in self.ids_in(|phase| *phase == Phase::Drafted) {
            for held in self.exported_anew(&id) {
                let target = self.run.stack(&id).target.clone();
                let call = Call::ListImports { export: held.export.clone(), page: Page::first() };
                self.run.ask(now, Purpose::Imports(id.clone(), held.export.clone()), &target, call);
                self.work_mut(&id).held.push(held);
            }
        }
    }

    pub(super) fn after_holding(&mut self, now: Moment) {
        if self.run.pending > 0 {
            return;
        }
        self.ids().iter().for_each(|id| self.hold(id));
        if self.may_go_on() { self.begin_deciding(now) } else { self.end_before_changes(now) }
    }

    /// What other stacks of this deployment say anew, or said when a stack was not updated with them.
    pub(super) fn elsewhere(&self, id: &StackId) -> Elsewhere {
        let mut elsewhere = Elsewhere::default();
        for (other, work) in self.works.iter().filter(|(other, _)| *other != id) {
            let stack = self.run.stack(other);
            elsewhere.add(other, &stack.name, &stack.place, &work.moved);
        }
        if self.is_behind(id) {
            let reads = self.work(id).facts.reads.iter();
            let reads = reads.filter_map(|read| Some((self.producer(id, read)?, read.output.clone())));
            let reads: Vec<(StackId, String)> = reads.collect();
            for (producer, output) in &reads {
                let is_known = self.works.get(producer).is_some_and(|work| work.moved.contains_key(output));
                let causes = vec!["it was read last before it changed".to_owned()];
                let moved = Moved { certain: reads.len() == 1, causes };
                let stack = self.run.stack(producer);
                let moved = BTreeMap::from([(output.clone(), moved)]);
                if !is_known {
                    elsewhere.add(producer, &stack.name, &stack.place, &moved);
                }
            }
        }
        elsewhere
    }

    /// Whether a stack remembers other values than those that are there.
    fn is_behind(&self, id: &StackId) -> bool {
        let tags = self.existing(id).map(|stack| stack.tags.as_slice()).unwrap_or_default();
        let remembered = tags.iter().find(|tag| tag.key == super::inputs::FOLLOWED);
        remembered.is_some_and(|tag| self.inputs(id).is_ok_and(|inputs| inputs.followed() != Some(tag.value.as_str())))
    }

    /// The outputs of others that a stack follows for certain, `Net.VpcId`.
    pub(super) fn followed_outputs(&self, id: &StackId) -> BTreeSet<String> {
        let certain = self.follows(id).into_iter().filter(|(_, _, moved)| moved.certain);
        certain.map(|(producer, output, _)| format!("{producer}.{output}")).collect()
    }

    /// What a stack reads that another will say anew; nothing if it is not updated.
    fn follows(&self, id: &StackId) -> Vec<(StackId, String, &Moved)> {
        let is_updated = match self.work(id).phase {
            Phase::Drafted | Phase::Later(_) => true,
            Phase::Unchanged => self.run.options.follow,
            _ => false,
        };
        let moved = |(producer, output): (StackId, String)| {
            let moved = self.works.get(&producer)?.moved.get(&output)?;
            Some((producer, output, moved))
        };
        let reads = self.work(id).facts.reads.iter().filter(|_| is_updated);
        let reads = reads.filter_map(|read| Some((self.producer(id, read)?, read.output.clone())));
        reads.filter_map(moved).collect()
    }

    /// The stacks, each after those it waits for.
    fn in_order(&self) -> Vec<StackId> {
        let (mut left, mut ordered) = (self.ids(), Vec::new());
        while !left.is_empty() {
            let waits = |id: &StackId| self.order.waits_for(id).any(|first| left.contains(first) && first != id);
            let (waiting, next): (Vec<StackId>, Vec<StackId>) = left.iter().cloned().partition(waits);
            // Those that wait for each other come in any order.
            left = if next.is_empty() { Vec::new() } else { waiting.clone() };
            ordered.extend(if next.is_empty() { waiting } else { next });
        }
        ordered
    }

    /// Exports of a stack that keep their names and will have another value.
    fn exported_anew(&self, id: &StackId) -> Vec<Dropped> {
        let work = self.work(id);
        let outputs = self.existing(id).map(|stack| stack.outputs.as_slice()).unwrap_or_default();
        let dropped = |output: &Output| {
            let export = output.export.clone().filter(|name| {
                // One whose name is worked out may have the same.
                work.facts.exports.get(&output.key).map_or(work.facts.exported.contains(&output.key), |new| new == name)
            })?;
            Some(Dropped { output: output.key.clone(), export, importers: Vec::new() })
        };
        outputs.iter().filter(|output| work.moved.contains_key(&output.key)).filter_map(dropped).collect()
    }

    /// What imports of an export mean for a stack that is to change it: who lets go of it goes first, and nobody changes
    /// what is not let go of.
    fn hold(&mut self, id: &StackId) {
        for held in std::mem::take(&mut self.work_mut(id).held) {
            let moved = self.work(id).moved.get(&held.output).cloned();
            let (mut in_the_way, mut waiting) = (BTreeSet::new(), false);
            for importer in &held.importers {
                // One that the service sees no change of imports it still.
                let first = self.lets_go(id, importer, &held.export);
                let first = first.filter(|first| self.work(first).phase == Phase::Drafted);
                first.iter().for_each(|first| self.after(id, first));
                let goes_first = first.as_ref().is_some_and(|first| self.order.reaches(id, first));
                waiting |= first.is_some() && !goes_first;
                in_the_way.extend((!goes_first).then(|| importer.clone()));
            }
            if let Some(moved) = moved.filter(|_| !in_the_way.is_empty()) {
                let way_out = if waiting {
                    format!("deploy `{}` first, alone", listed(&in_the_way))
                } else {
                    NEW_NAME.to_owned()
                };
                self.refuse_or_say(id, &held, &listed(&in_the_way), &moved, &way_out);
            }
        }
    }

    fn refuse_or_say(&mut self, id: &StackId, held: &Dropped, importers: &str, moved: &Moved, way_out: &str) {
        let export = &held.export;
        if !moved.certain {
            let risk = held_export(id, export, importers, &moved.causes);
            return self.work_mut(id).risks.push(risk);
        }
        let why = moved.causes.first().map(|cause| format!(": {cause}")).unwrap_or_default();
        let output = &held.output;
        let message = format!(
            "output `{output}` of stack `{id}` cannot change while `{importers}` imports it as `{export}`{why}"
        );
        self.run.problem(Problem::new(Exit::Refused, message).of(id).help(format!("{way_out}; nothing was executed")));
    }

    /// The outputs that have another value than before.
    pub(super) fn moved(before: &[Output], now: &[Output]) -> BTreeMap<String, Moved> {
        let moved = |output: &Output| {
            let old = before.iter().find(|old| old.key == output.key)?;
            let moved = Moved { certain: true, causes: vec!["it has changed".to_owned()] };
            (old.value != output.value).then(|| (output.key.clone(), moved))
        };
        now.iter().filter_map(moved).collect()
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join("`, `")
}
