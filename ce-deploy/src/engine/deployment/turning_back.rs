//! The way back: something failed, and what this deployment changed is put back.
//!
//! CloudFormation has no call that takes a finished update back. So the stacks get the templates, parameters and tags
//! again that they had, by new change sets that are judged, agreed to, compared and executed as any other; what this
//! deployment made is deleted. From here on the assembly is the one that says what was there before.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::former::Former;
use super::reducer::{Deployment, exports, facts};
use super::stage::Stage;
use super::template::TemplateFacts;
use super::work::{Phase, Work};
use crate::assembly::{Assembly, Stack, StackId};
use crate::difference::Elsewhere;
use crate::digest::sha256;
use crate::engine::{Case, End, Exit, Moment, Problem, Progress};
use crate::plan::{Order, Plan, Seen, StackPlan};
use crate::risk::Risk;

impl Deployment {
    /// Whether something failed after this deployment had changed stacks, and nobody wants an end.
    pub(super) fn must_turn_back(&self) -> bool {
        self.may_turn_back() && self.failed && self.run.interrupts == 0 && !self.altered().is_empty()
    }

    /// The stacks that this deployment changed, in this run or in one that died.
    fn altered(&self) -> Vec<StackId> {
        let here = |id: &StackId| self.work(id).altered;
        let earlier = |id: &StackId| {
            let is_new = matches!(self.work(id).phase, Phase::Unchanged | Phase::Over(End::Unchanged | End::Changed));
            is_new && self.formers.contains_key(id)
        };
        let stuck = |id: &StackId| matches!(self.work(id).end(), Some(End::Failed | End::Detached));
        self.ids().into_iter().filter(|id| (here(id) || earlier(id)) && !stuck(id)).collect()
    }

    pub(super) fn turn_back(&mut self, now: Moment) {
        let altered = self.altered();
        for id in self.ids() {
            if self.work(&id).end().is_none() && !altered.contains(&id) {
                self.over(now, &id, End::NotBegun);
            }
        }
        self.run.stopping = false;
        self.half_done = false;
        self.run.options.approval = self.run.options.approval.clone().without_digest();
        self.run.options.parameters.clear();
        self.run.options.imports.clear();
        self.run.options.forgets.clear();
        self.run.tell(now, Progress::TurningBack { stacks: altered.clone() });
        let forward = std::mem::take(&mut self.order);
        self.back = Some(altered.iter().cloned().collect());
        let lost = self.become_former(&altered);
        self.order = self.way_back(&forward, &altered);
        self.stage = Stage::Drafting;
        for id in &altered {
            let problem = lost.iter().find(|(lost, _)| lost == id).map(|(_, problem)| problem.clone());
            match problem {
                Some(problem) => self.give_up(now, id, problem),
                None if self.work(id).goes => self.prepare_removal(id),
                None => self.draft(now, id),
            }
        }
    }

    /// Makes the assembly say what was there before. What cannot be known any more is told.
    fn become_former(&mut self, altered: &[StackId]) -> Vec<(StackId, Problem)> {
        let mut lost = Vec::new();
        let mut former = Assembly::clone(&self.run.assembly);
        for id in altered {
            let found = self.formerly(id);
            let template = found.as_ref().ok().and_then(Option::as_ref).map(|stack| Arc::clone(&stack.template));
            self.begin_anew(id, template.as_deref());
            match found {
                Ok(Some(stack)) => {
                    match self.shelf(id, &stack.template) {
                        Ok(shelf) => self.work_mut(id).shelf = shelf,
                        Err(why) => lost.push((id.clone(), stays(&stack.name, &why).of(id))),
                    }
                    former.stacks.iter_mut().filter(|known| known.id == *id).for_each(|known| *known = stack.clone());
                }
                Ok(None) => {}
                Err(problem) => lost.push((id.clone(), problem)),
            }
        }
        let digests: String = former.stacks.iter().map(|stack| stack.template_digest.as_str()).collect();
        // A plan of the way back is never taken for one of the assembly itself.
        former.digest = sha256(format!("before\n{digests}"));
        self.exports = exports(&former, &facts(&former, &self.run.options));
        self.run.assembly = Arc::new(former);
        lost
    }

    /// A stack as it was; none if it was not there.
    fn formerly(&mut self, id: &StackId) -> Result<Option<Stack>, Problem> {
        let wanted = self.run.stack(id).clone();
        let work = self.work(id);
        let before = work.former.clone().or_else(|| self.formers.get(id).cloned());
        if let Some(name) = work.lost.first() {
            let why = format!("parameter `{name}` is hidden, and keeps its new value");
            self.run.problem(stays(&wanted.name, &why).of(id));
            self.half_done = true;
        }
        let key = self.run.options.trace_key.as_ref();
        let found = before.as_ref().zip(self.existing(id)).map(|(before, there)| before.stack(&wanted, there, key));
        self.work_mut(id).former = before;
        match found {
            Some(Ok(stack)) => Ok(stack),
            Some(Err(name)) => {
                let why = format!("the value that parameter `{name}` had is not known");
                Err(stays(&wanted.name, &why).of(id))
            }
            None => Err(stays(&wanted.name, "it is not known what it was").of(id)),
        }
    }

    /// A stack is worked on again, as it now is; without a template it is to go.
    fn begin_anew(&mut self, id: &StackId, template: Option<&str>) {
        let (there, wanted) = (self.existing(id).cloned(), self.run.stack(id).clone());
        let work = self.work(id);
        let deployed = match work.phase {
            Phase::Unchanged | Phase::Over(End::Unchanged | End::Changed) => Some(wanted.template.to_string()),
            // It was changed in a first phase, and not in the last.
            _ => work.deployed.clone(),
        };
        let mut anew = Work::new(TemplateFacts::read(template.unwrap_or(&wanted.template)));
        anew.former.clone_from(&work.former);
        anew.goes = work.former.as_ref().is_some_and(Former::is_nothing);
        anew.deployed = deployed;
        anew.seen = there.as_ref().map(Seen::of);
        anew.status = there.as_ref().map(|there| there.status);
        // It has them for as long as it is left as it is.
        anew.outputs = there.map(|there| there.outputs).unwrap_or_default();
        anew.phase = Phase::Read;
        self.run.replace_nested(id, &wanted.nested);
        self.works.insert(id.clone(), anew);
    }

    /// Who needs another goes before it, but for who reads a value that the other gets back.
    fn way_back(&self, forward: &Order, altered: &[StackId]) -> Order {
        let mut order = Order::default();
        for id in altered.iter().filter(|id| !self.work(id).goes) {
            for (producer, output) in self.read_outputs(id) {
                let there = self.existing(&producer).map(|stack| stack.outputs.as_slice()).unwrap_or_default();
                let former = self.works.get(&producer).filter(|work| !work.goes).and_then(|work| work.former.as_ref());
                if altered.contains(&producer) && former.is_some_and(|former| former.had_other(there, &output)) {
                    order.add(id, &producer);
                }
            }
        }
        for id in altered {
            let needed = forward.waits_for(id).filter(|need| altered.contains(need));
            for need in needed.cloned().collect::<Vec<_>>() {
                if !order.reaches(id, &need) {
                    order.add(&need, id);
                }
            }
        }
        order
    }

    fn prepare_removal(&mut self, id: &StackId) {
        let (deployed, found) = (self.work(id).deployed.clone(), self.existing(id).cloned());
        let case = Case {
            stack: self.run.stack(id),
            found: found.as_ref(),
            deployed: deployed.as_deref(),
            nested: self.run.nested(id),
            before: found.as_ref().map(|found| found.parameters.as_slice()).unwrap_or_default(),
            after: &[],
            changes: &[].into(),
            elsewhere: &Elsewhere::default(),
            deletes: true,
        };
        let risks = self.judge.judge(&case).risks;
        let work = self.work_mut(id);
        work.risks = risks;
        work.phase = Phase::Drafted;
    }

    /// All that is to be put back is one plan, and asked about at once.
    pub(super) fn decide_way_back(&mut self, now: Moment) {
        for id in self.ids_in(|phase| *phase == Phase::Drafted) {
            let protected = self.work(&id).goes && self.existing(&id).is_some_and(|found| found.termination_protection);
            let problem = self.blocked(&id).into_iter().next();
            let problem = problem
                .or_else(|| protected.then(|| stays(&self.run.stack(&id).name, "it was made to refuse its deletion")));
            if let Some(problem) = problem {
                self.give_up(now, &id, problem);
            }
        }
        self.stage = Stage::Deciding;
        let open: Vec<StackId> = self.ids().into_iter().filter(|id| self.work(id).end().is_none()).collect();
        let stacks: Vec<StackPlan> = open.iter().map(|id| self.planned(id)).collect();
        self.tell_planned(now, &stacks);
        let plan = Plan::new(&self.run.assembly.digest, now + self.run.options.lifetime, stacks);
        self.decide(now, plan);
    }

    /// What nobody agreed to stays as it is; the rest is put back.
    pub(super) fn leave_unagreed(&mut self, now: Moment, plan: &Plan, missing: &[Risk]) {
        let all = missing.is_empty();
        let unagreed: BTreeSet<&StackId> = missing.iter().map(|risk| &risk.stack).collect();
        for stack in plan.stacks.iter().filter(|stack| all || unagreed.contains(&stack.stack)) {
            let risk = missing.iter().find(|risk| risk.stack == stack.stack);
            let why = risk.map_or_else(
                || "nobody agreed to put it back".to_owned(),
                |risk| format!("to put it back was not agreed to: {} of `{}`", risk.class, risk.id()),
            );
            self.give_up(now, &stack.stack, stays(&stack.name, &why));
        }
        self.agree(now, plan);
    }

    /// Deletes a stack that this deployment made.
    pub(super) fn remove(&mut self, now: Moment, id: &StackId) {
        let Some(found) = self.existing(id).cloned() else { return self.over(now, id, End::PutBack) };
        self.delete(now, id, &found, "remove");
    }

    /// How a stack ends where it was to be put back.
    pub(super) fn end_of(&mut self, id: &StackId, end: End) -> End {
        if self.back.as_ref().is_none_or(|back| !back.contains(id)) {
            return end;
        }
        let end = match end {
            End::Unchanged | End::Changed | End::Deleted | End::PutBack => return End::PutBack,
            End::Failed => End::Failed,
            End::Detached => End::Detached,
            End::RolledBack | End::Skipped(_) | End::NotBegun => End::Changed,
        };
        self.work_mut(id).left = true;
        end
    }
}

fn stays(name: &str, why: &str) -> Problem {
    Problem::new(Exit::NeedsRepair, format!("stack `{name}` is not put back as it was: {why}"))
        .help("look at it with `ce status`, and deploy again when the cause is mended")
}
