//! The deployment itself: its state, and where each event goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::former::Former;
use super::holding::Policies;
use super::judge::Judge;
use super::purpose::{ApplyStep, DraftStep, Purpose};
use super::stage::Stage;
use super::template::TemplateFacts;
use super::work::{Phase, Work};
use crate::assembly::{Assembly, Stack, StackId};
use crate::cloud::{Answer, Failure, Place, StackRef, StackStatus};
use crate::engine::run::Run;
use crate::engine::{Action, End, Event, Moment, OnFailure, Operation, Options};
use crate::journal::{Made, Swapped};
use crate::plan::{Direction, Order, Plan};
use crate::risk::Risk;

/// Brings stacks to what an assembly says: plans, asks, applies.
#[derive(Debug)]
pub struct Deployment {
    pub(super) run: Run<Purpose>,
    pub(super) judge: Judge,
    pub(super) goal: Goal,
    pub(super) stage: Stage,
    pub(super) works: BTreeMap<StackId, Work>,
    pub(super) order: Order,
    /// Which output of which stack is exported under a name.
    pub(super) exports: BTreeMap<(Place, String), (StackId, String)>,
    /// The risks that were agreed to with the plan.
    pub(super) agreed: BTreeSet<Risk>,
    /// The plan that somebody is asked about.
    pub(super) asked: Option<Plan>,
    /// Change sets that nobody needs if it ends now.
    pub(super) made: BTreeSet<Made>,
    /// Calls that clean up and have not ended.
    pub(super) cleaning: usize,
    /// Something failed while stacks were worked on.
    pub(super) failed: bool,
    /// How stacks were before earlier runs of this deployment, which did not come to their end.
    pub(super) formers: BTreeMap<StackId, Former>,
    /// The stacks that are put back, once something failed and all is to be.
    pub(super) back: Option<BTreeSet<StackId>>,
    pub(super) policies: Policies,
    /// An exporter still has what it should lose.
    pub(super) half_done: bool,
    /// Since when something seen is in doubt.
    pub(super) doubted: Option<Moment>,
    /// What the events of stacks say that would be refused for their state.
    pub(super) witnesses: BTreeMap<StackId, Option<StackStatus>>,
    /// Change sets that were told of.
    pub(super) shown: BTreeSet<String>,
    /// What was hotswapped of stacks, and not deployed since.
    pub(super) swaps: BTreeMap<StackId, Swapped>,
}

/// How far it is to go.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Goal {
    /// A plan.
    Plan,
    /// A plan, and all that is in it once somebody agreed.
    Deploy,
    /// What an earlier plan says.
    Apply(Box<Plan>),
}

impl Deployment {
    /// Works out what would be done. It ends with a plan in its outcome.
    pub fn plan(assembly: Arc<Assembly>, judge: Judge, options: Options) -> Self {
        Self::new(assembly, judge, options, Goal::Plan)
    }

    /// Works out what is to be done, asks, and does it.
    pub fn deploy(assembly: Arc<Assembly>, judge: Judge, options: Options) -> Self {
        Self::new(assembly, judge, options, Goal::Deploy)
    }

    /// Does what a plan says, or refuses if anything is not as it was.
    pub fn apply(assembly: Arc<Assembly>, judge: Judge, plan: Plan, options: Options) -> Self {
        Self::new(assembly, judge, options, Goal::Apply(Box::new(plan)))
    }

    /// The plan, once there is one.
    pub fn plan_so_far(&self) -> Option<&Plan> {
        self.run.plan.as_ref()
    }

    fn new(assembly: Arc<Assembly>, judge: Judge, options: Options, goal: Goal) -> Self {
        let wanted = |id: &StackId| match &goal {
            Goal::Apply(plan) => plan.stacks.iter().any(|stack| stack.stack == *id),
            _ => options.selection.as_ref().is_none_or(|selection| selection.contains(id)),
        };
        let facts = facts(&assembly, &options);
        let formers = match options.on_failure {
            OnFailure::RollbackAll => options.journal.formers(&assembly.digest),
            OnFailure::Continue | OnFailure::Stop => BTreeMap::new(),
        };
        let formers = formers.into_iter().map(|(id, former)| (id, Former::recalled(former))).collect();
        let among: BTreeSet<StackId> = facts.keys().filter(|id| wanted(id)).cloned().collect();
        let mut deployment = Self {
            order: Order::new(&assembly, &among, Direction::Up),
            exports: exports(&assembly, &facts),
            works: works(facts, &among),
            swaps: options.journal.swapped(),
            judge,
            goal,
            stage: Stage::New,
            agreed: BTreeSet::new(),
            asked: None,
            made: BTreeSet::new(),
            cleaning: 0,
            policies: Policies { refused: BTreeSet::new(), left: options.journal.unheld() },
            half_done: false,
            doubted: None,
            witnesses: BTreeMap::new(),
            shown: BTreeSet::new(),
            failed: false,
            formers,
            back: None,
            run: Run::new(assembly, options),
        };
        deployment.order_readers();
        deployment
    }

    /// Who reads an output comes after who makes it, also where the assembly does not say so.
    fn order_readers(&mut self) {
        let ids: Vec<StackId> = self.works.keys().cloned().collect();
        for id in &ids {
            self.read_outputs(id).iter().for_each(|(producer, _)| self.after(id, producer));
        }
    }

    /// The outputs of other stacks of the assembly that a stack reads or imports.
    pub(super) fn read_outputs(&self, id: &StackId) -> Vec<(StackId, String)> {
        let (facts, place) = (&self.work(id).facts, &self.run.stack(id).place);
        let read = facts.reads.iter().filter_map(|read| Some((self.producer(id, read)?, read.output.clone())));
        let imported = facts.imports.iter().filter_map(|name| self.exports.get(&(place.clone(), name.clone())));
        read.chain(imported.cloned()).collect()
    }

    /// Lets one stack wait for another, unless that one waits for it.
    pub(super) fn after(&mut self, id: &StackId, first: &StackId) {
        if self.works.contains_key(first) && !self.order.reaches(first, id) {
            self.order.add(id, first);
        }
    }

    fn start(&mut self, now: Moment) {
        let command = match self.goal {
            Goal::Plan => "plan",
            Goal::Deploy => "deploy",
            Goal::Apply(_) => "apply",
        };
        self.run.start(now, command);
        self.begin_checking(now);
    }

    fn took(&mut self, now: Moment, purpose: Purpose, result: Result<Answer, Failure>) {
        match purpose {
            Purpose::Routine(routine) => {
                for news in self.run.took(now, routine, result) {
                    self.heard(now, news);
                }
            }
            Purpose::Deployed(id) => self.took_deployed(now, &id, result),
            Purpose::Leftover(id) => self.took_leftover(&id, result),
            Purpose::Imports(id, export) => self.took_imports(now, &id, &export, result),
            Purpose::Bootstrap(id) => self.took_bootstrap(&id, result),
            Purpose::Draft(id, step) => self.took_draft(now, &id, step, result),
            Purpose::Apply(id, step) => self.took_apply(now, &id, step, result),
            Purpose::Witness(id) => self.took_witness(id, result),
            Purpose::Anew => {}
            Purpose::Clean(made, step) => self.took_clean(now, &made, step, result),
        }
    }

    fn reminded(&mut self, now: Moment, purpose: Purpose) {
        match purpose {
            Purpose::Draft(id, DraftStep::Stack) => self.look_at_stack(now, &id),
            Purpose::Draft(id, _) => self.look_at_draft(now, &id),
            Purpose::Apply(id, ApplyStep::Describe) => self.verify_again(now, &id),
            Purpose::Anew => self.survey_anew(now),
            Purpose::Apply(id, ApplyStep::Whose) => self.ask_whose(now, &id),
            Purpose::Routine(routine) => {
                if let Some(news) = self.run.reminded(now, &routine) {
                    self.heard(now, news);
                }
            }
            _ => {}
        }
    }

    /// Goes on to the next stage as long as one is complete.
    fn advance(&mut self, now: Moment) {
        loop {
            let stage = self.stage;
            match stage {
                Stage::New | Stage::Over => {}
                Stage::Checking => self.after_checking(now),
                Stage::Surveying => self.after_surveying(now),
                Stage::Reading => self.after_reading(now),
                Stage::Tracing => self.after_tracing(now),
                Stage::Preparing => self.after_preparing(now),
                Stage::Publishing => self.after_publishing(now),
                Stage::Drafting => self.after_drafting(now),
                Stage::Holding => self.after_holding(now),
                Stage::Deciding => {}
                Stage::Applying => self.schedule(now),
                Stage::Cleaning => self.after_cleaning(),
            }
            if self.stage == stage {
                return;
            }
        }
    }

    /// A stack is done with.
    pub(super) fn over(&mut self, now: Moment, id: &StackId, end: End) {
        let end = self.end_of(id, end);
        let work = self.work_mut(id);
        work.phase = Phase::Over(end.clone());
        let status = work.status;
        self.reconciled(id);
        self.run.over(now, id, end, status);
    }

    pub(super) fn work(&self, id: &StackId) -> &Work {
        &self.works[id]
    }

    pub(super) fn work_mut(&mut self, id: &StackId) -> &mut Work {
        self.works.get_mut(id).expect("a stack that was selected")
    }

    pub(super) fn ids(&self) -> Vec<StackId> {
        let selected = self.run.assembly.stacks.iter().filter(|stack| self.works.contains_key(&stack.id));
        selected.map(|stack| stack.id.clone()).collect()
    }

    pub(super) fn ids_in(&self, phase: impl Fn(&Phase) -> bool) -> Vec<StackId> {
        self.ids().into_iter().filter(|id| phase(&self.work(id).phase)).collect()
    }

    /// How calls name a stack: by ARN as soon as one is known.
    pub(super) fn reference(&self, id: &StackId) -> StackRef {
        match self.arn(id) {
            Some(arn) => StackRef::id(arn),
            None => StackRef::name(&self.run.stack(id).name),
        }
    }

    pub(super) fn arn(&self, id: &StackId) -> Option<String> {
        let drafted = self.works.get(id).and_then(|work| work.draft.as_ref()?.arn.clone());
        drafted.or_else(|| self.run.found(id).map(|stack| stack.id.clone()))
    }
}

impl Operation for Deployment {
    fn step(&mut self, now: Moment, event: Event) -> Vec<Action> {
        if self.stage == Stage::Over {
            return Vec::new();
        }
        match event {
            Event::Started => self.start(now),
            Event::Answered { id, result } => {
                if let Some((purpose, result)) = self.run.desk.answered(now, id, result) {
                    self.took(now, purpose, result);
                }
            }
            Event::Packed { asset, result } => self.run.packed(now, &asset, result),
            Event::Published { asset, result } => self.run.published(&asset, result),
            Event::Woke(id) => self.run.desk.woke(id),
            Event::Interrupted(signal) => self.interrupted(now, signal),
            Event::Decided(decision) => self.decided(now, decision),
            Event::Chosen(stop) => self.chosen(now, stop),
        }
        for purpose in self.run.desk.due(now) {
            self.reminded(now, purpose);
        }
        self.advance(now);
        self.run.desk.actions()
    }
}

fn works(facts: BTreeMap<StackId, TemplateFacts>, among: &BTreeSet<StackId>) -> BTreeMap<StackId, Work> {
    facts.into_iter().filter(|(id, _)| among.contains(id)).map(|(id, facts)| (id, Work::new(facts))).collect()
}

pub(super) fn facts(assembly: &Assembly, options: &Options) -> BTreeMap<StackId, TemplateFacts> {
    let nothing = BTreeMap::new();
    let given = |stack: &Stack| options.parameters.get(&stack.id).unwrap_or(&nothing);
    let facts = assembly.stacks.iter().map(|stack| (stack.id.clone(), TemplateFacts::of_stack(stack, given(stack))));
    facts.collect()
}

pub(super) fn exports(
    assembly: &Assembly,
    facts: &BTreeMap<StackId, TemplateFacts>,
) -> BTreeMap<(Place, String), (StackId, String)> {
    let mut exports = BTreeMap::new();
    for stack in &assembly.stacks {
        for (output, name) in facts.get(&stack.id).map(|facts| &facts.exports).into_iter().flatten() {
            exports.insert((stack.place.clone(), name.clone()), (stack.id.clone(), output.clone()));
        }
    }
    exports
}
