//! One phase after another.

use indexmap::IndexMap;

use super::{Live, Phase, Running, Step, StepState};
use crate::simulator::service::Service;
use crate::simulator::stack::{Resource, StackKey};
use crate::simulator::template::Scope;

impl Service {
    /// Begins a phase with the steps it has.
    pub(super) fn enter_phase(&mut self, key: StackKey, phase: Phase) {
        let steps = match phase {
            Phase::Forward => self.forward_steps(key),
            Phase::Back => {
                let order = self.plan_way_back(key);
                let stable = self.stack(key).stable.clone();
                let empty = IndexMap::new();
                let resources = stable.as_ref().map_or(&empty, |stable| &stable.resources);
                link(
                    order.into_iter().map(|logical| (needs_of(resources, &logical), Step::new(logical))).collect(),
                    false,
                )
            }
            Phase::Cleanup => self.cleanup_steps(key),
            Phase::Delete => {
                let stack = self.stack(key);
                let steps =
                    stack.resources.iter().map(|(logical, resource)| (resource.needs.clone(), Step::new(logical)));
                link(steps.collect(), true)
            }
        };
        let run = self.serial();
        if let Some(running) = self.stack_mut(key).running.as_mut() {
            running.phase = phase;
            running.steps = steps;
            running.busy = 0;
            running.run = run;
            running.failed.clear();
        }
        self.begin_ready(key);
    }

    fn forward_steps(&self, key: StackKey) -> Vec<Step> {
        let Some(goal) = self.stack(key).running.as_ref().map(|running| &running.goal) else { return vec![] };
        let Some(template) = goal.template.as_deref() else { return vec![] };
        let pseudo = self.pseudo(key, &goal.notification_arns);
        let live = Live::new(self, key);
        let scope = Scope { template, parameters: &goal.parameters, pseudo: &pseudo, world: &live };
        let wanted = template.resources.iter().filter(|(_, declaration)| {
            declaration.condition.as_ref().is_none_or(|condition| scope.holds(condition).unwrap_or(false))
        });
        link(wanted.map(|(logical, declaration)| (declaration.needs.clone(), Step::new(logical))).collect(), false)
    }

    /// Deletes what is left over, the dependents first.
    fn cleanup_steps(&mut self, key: StackKey) -> Vec<Step> {
        let held = self.held_nested(key);
        let Some(running) = self.stack_mut(key).running.as_mut() else { return vec![] };
        let steps = std::mem::take(&mut running.cleanup).into_iter().map(|leftover| {
            let mut step = Step::new(leftover.logical.clone());
            let needs = leftover.resource.needs.clone();
            step.leftover = Some(leftover);
            (needs, step)
        });
        let steps = steps.collect();
        let held = held.into_iter().map(|logical| (vec![], Step::new(logical)));
        let mut linked = link(steps, true);
        linked.extend(link(held.collect(), false));
        linked
    }

    /// Goes on when nothing is left to do in a phase.
    pub(super) fn phase_if_done(&mut self, key: StackKey) {
        let Some(running) = self.stack(key).running.as_ref() else { return };
        if running.busy == 0 && !is_ready(running) && !running.held {
            self.end_phase(key, running.phase);
        }
    }
}

fn is_ready(running: &Running) -> bool {
    running.steps.iter().any(|step| step.state == StepState::Waiting && step.waits == 0)
}

fn needs_of(resources: &IndexMap<String, Resource>, logical: &str) -> Vec<String> {
    resources.get(logical).map(|resource| resource.needs.clone()).unwrap_or_default()
}

/// Ties steps together: each waits for those it needs, or, backwards, for those that need it.
fn link(steps: Vec<(Vec<String>, Step)>, backwards: bool) -> Vec<Step> {
    let mut places: IndexMap<String, Vec<usize>> = IndexMap::with_capacity(steps.len());
    for (at, (_, step)) in steps.iter().enumerate() {
        places.entry(step.logical.clone()).or_default().push(at);
    }
    let (needs, mut steps): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
    for (at, needs) in needs.iter().enumerate() {
        for other in needs.iter().filter_map(|need| places.get(need)).flatten().copied() {
            if other == at {
                continue;
            }
            let (first, second) = if backwards { (at, other) } else { (other, at) };
            steps[first].next.push(second);
            steps[second].waits += 1;
        }
    }
    steps
}
