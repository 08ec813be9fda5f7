//! The errand itself: its state, and where each event goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Move;
use super::purpose::{Before, Purpose};
use super::subject::{Phase, Subject};
use crate::assembly::{self, Assembly, StackId};
use crate::cloud::{self, Answer, Call, Failure, StackRef, Target};
use crate::engine::traffic::Desk;
use crate::engine::watch::Watcher;
use crate::engine::{
    Action, End, Event, Exit, Judge, Moment, Operation, Options, Problem, Progress, Signal, Span, Stop,
};
use crate::journal::Entry;
use crate::plan::{Decision, Direction, Order, Plan};

const HEARTBEAT: Span = Span::seconds(10);

/// Something that is done with stacks that are there.
#[derive(Debug)]
pub struct Errand {
    pub(super) assembly: Arc<Assembly>,
    pub(super) options: Options,
    pub(super) judge: Judge,
    pub(super) task: Task,
    pub(super) stage: Stage,
    pub(super) desk: Desk<Purpose>,
    pub(super) watcher: Watcher,
    pub(super) moves: Vec<Move>,
    pub(super) subjects: BTreeMap<StackId, Subject>,
    pub(super) order: Order,
    pub(super) pending: usize,
    pub(super) problems: Vec<Problem>,
    pub(super) plan: Option<Plan>,
    pub(super) stopping: bool,
    pub(super) interrupts: u32,
    told: Moment,
    began: BTreeMap<StackId, Moment>,
}

/// What the errand is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Task {
    Attach,
    Cancel,
    Destroy,
    Drift,
    Move,
    /// With the number of the remedy that is applied, from one.
    Recover(Option<usize>),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Stage {
    New,
    Checking,
    Surveying,
    /// Each stack is looked at for what the task needs to know.
    Looking,
    Deciding,
    Working,
    Over,
}

impl Errand {
    /// Waits for operations that go on, whoever began them.
    pub fn attach(assembly: Arc<Assembly>, options: Options) -> Self {
        Self::new(assembly, Judge::new(|_| Vec::new()), options, Task::Attach)
    }

    /// Has updates that go on put back, and waits for it.
    pub fn cancel(assembly: Arc<Assembly>, options: Options) -> Self {
        Self::new(assembly, Judge::new(|_| Vec::new()), options, Task::Cancel)
    }

    /// Deletes stacks, each before those it needs. It asks first.
    pub fn destroy(assembly: Arc<Assembly>, judge: Judge, options: Options) -> Self {
        Self::new(assembly, judge, options, Task::Destroy)
    }

    /// Looks what differs from the templates.
    pub fn drift(assembly: Arc<Assembly>, options: Options) -> Self {
        Self::new(assembly, Judge::new(|_| Vec::new()), options, Task::Drift)
    }

    /// Moves resources between two to five stacks of one place, without touching them. The assembly has the stacks as they
    /// are after the move; nothing else may differ from what is deployed.
    pub fn move_resources(assembly: Arc<Assembly>, moves: Vec<Move>, options: Options) -> Self {
        let stacks = moves.iter().flat_map(|step| [step.from.0.clone(), step.to.0.clone()]);
        let options = options.only(stacks);
        let mut errand = Self::new(assembly, Judge::new(|_| Vec::new()), options, Task::Move);
        errand.moves = moves;
        errand
    }

    /// Says what can be done about stacks that take no update; with a number, does it.
    pub fn recover(assembly: Arc<Assembly>, remedy: Option<usize>, options: Options) -> Self {
        Self::new(assembly, Judge::new(|_| Vec::new()), options, Task::Recover(remedy))
    }

    fn new(assembly: Arc<Assembly>, judge: Judge, options: Options, task: Task) -> Self {
        let wanted = |id: &StackId| options.selection.as_ref().is_none_or(|selection| selection.contains(id));
        let among: BTreeSet<StackId> = assembly.stacks.iter().map(|stack| stack.id.clone()).filter(wanted).collect();
        let order = match task {
            Task::Destroy => Order::new(&assembly, &among, Direction::Down),
            _ => Order::default(),
        };
        Self {
            subjects: among.into_iter().map(|id| (id, Subject::default())).collect(),
            desk: Desk::new(options.seed),
            assembly,
            options,
            judge,
            task,
            stage: Stage::New,
            moves: Vec::new(),
            watcher: Watcher::default(),
            order,
            pending: 0,
            problems: Vec::new(),
            plan: None,
            stopping: false,
            interrupts: 0,
            told: Moment::default(),
            began: BTreeMap::new(),
        }
    }

    fn start(&mut self, now: Moment) {
        let command = match self.task {
            Task::Attach => "attach",
            Task::Cancel => "cancel",
            Task::Destroy => "destroy",
            Task::Drift => "drift",
            Task::Move => "move",
            Task::Recover(_) => "recover",
        };
        self.desk.record(&Entry::Began { command: command.to_owned(), assembly: self.assembly.digest.clone() });
        self.told = now;
        self.desk.remind(now + self.options.timeout, Purpose::Deadline);
        self.desk.remind(now + HEARTBEAT, Purpose::Heartbeat);
        self.begin_checking(now);
    }

    fn took(&mut self, now: Moment, purpose: Purpose, result: Result<Answer, Failure>) {
        match purpose {
            Purpose::Identity(target) => self.took_identity(&target, result),
            Purpose::Survey(target) => self.took_survey(now, &target, result),
            Purpose::SurveyOne(id) => self.took_one(&id, result),
            Purpose::Before(id, before) => self.took_before(now, &id, before, result),
            Purpose::NestedStacks(id, at) => self.took_nested_stacks(now, &id, at, result),
            Purpose::NestedTemplate(id, at) => self.took_nested_template(now, &id, at, result),
            Purpose::Begin(id) => self.took_begin(now, &id, result),
            Purpose::Events(id) => self.took_events(now, &id, result),
            Purpose::Detection(id, detection) => self.took_detection(now, &id, detection, result),
            Purpose::Drifts(id) => self.took_drifts(now, &id, result),
            Purpose::Refactor(refactor) => self.took_refactor(now, refactor, result),
            Purpose::Watch(look) => self.took_look(now, &look, result),
            Purpose::Round(_) | Purpose::Heartbeat | Purpose::Deadline => {}
        }
    }

    fn reminded(&mut self, now: Moment, purpose: Purpose) {
        match purpose {
            Purpose::Round(place) => self.round(now, &place),
            Purpose::Detection(id, detection) => self.look_at_detection(now, &id, detection),
            Purpose::Refactor(Some(refactor)) => self.look_at_refactor(now, refactor),
            Purpose::Heartbeat => self.beat(now),
            Purpose::Deadline => self.time_is_up(now),
            _ => {}
        }
    }

    fn advance(&mut self, now: Moment) {
        loop {
            let stage = self.stage;
            match stage {
                Stage::Checking if self.pending == 0 => self.begin_surveying(now),
                Stage::Surveying if self.pending == 0 => self.begin_looking(now),
                Stage::Looking if self.pending == 0 => self.begin_deciding(now),
                Stage::Working => self.schedule(now),
                _ => {}
            }
            if self.stage == stage {
                return;
            }
        }
    }

    fn begin_looking(&mut self, now: Moment) {
        if self.stands_in_the_way() {
            return self.finish();
        }
        self.stage = Stage::Looking;
        for id in self.ids() {
            match self.task {
                Task::Attach => self.look_to_attach(now, &id),
                Task::Cancel => self.look_to_cancel(now, &id),
                Task::Destroy => self.look_to_destroy(now, &id),
                Task::Drift => self.look_for_drift(now, &id),
                Task::Move => self.look_to_move(&id),
                Task::Recover(_) => self.look_to_recover(now, &id),
            }
        }
    }

    fn took_before(&mut self, now: Moment, id: &StackId, before: Before, result: Result<Answer, Failure>) {
        self.pending = self.pending.saturating_sub(1);
        match before {
            Before::Events => self.took_whose(now, id, result),
            Before::Resources => self.took_resources(now, id, result),
            Before::Template => self.took_template(now, id, result),
        }
    }

    fn begin_deciding(&mut self, now: Moment) {
        if self.stands_in_the_way() {
            return self.finish();
        }
        self.stage = Stage::Deciding;
        match self.task {
            Task::Destroy => self.ask_to_destroy(now),
            Task::Recover(choice) => self.choose(now, choice),
            Task::Move => self.begin_moving(now),
            Task::Attach | Task::Cancel | Task::Drift => self.stage = Stage::Working,
        }
    }

    fn beat(&mut self, now: Moment) {
        if now - self.told >= HEARTBEAT {
            let running = self.began.iter().map(|(id, began)| (id.clone(), now - *began)).collect();
            self.desk.tell(Progress::Heartbeat { running });
            self.told = now;
        }
        self.desk.remind(self.told + HEARTBEAT, Purpose::Heartbeat);
    }

    fn interrupted(&mut self, now: Moment, signal: Signal) {
        self.interrupts += 1;
        self.stopping = true;
        let running: Vec<StackId> = self.began.keys().cloned().collect();
        if signal == Signal::Terminate || self.interrupts > 1 || running.is_empty() || self.task == Task::Attach {
            return self.detach(now);
        }
        self.tell(now, Progress::Stopping { running });
    }

    fn chosen(&mut self, now: Moment, stop: Stop) {
        if self.stopping && stop == Stop::Detach {
            self.detach(now);
        }
    }

    fn decided(&mut self, now: Moment, decision: Decision) {
        if self.stage == Stage::Deciding {
            match decision {
                Decision::Approved(approval) => self.agreed(now, approval),
                Decision::Declined => self.not_agreed(),
            }
        }
    }

    fn time_is_up(&mut self, now: Moment) {
        let exit = if self.began.is_empty() { Exit::Unclassified } else { Exit::Detached };
        self.problem(Problem::new(exit, "it took longer than it may").help("`ce attach` waits for what goes on"));
        self.detach(now);
    }

    /// Leaves what goes on to itself.
    fn detach(&mut self, now: Moment) {
        for id in self.ids() {
            let busy = matches!(self.subject(&id).phase, Phase::Beginning | Phase::Running | Phase::Diagnosing);
            if self.subject(&id).end().is_none() {
                self.over(now, &id, if busy { End::Detached } else { End::NotBegun });
            }
        }
        self.finish();
    }

    pub(super) fn tell(&mut self, now: Moment, progress: Progress) {
        self.told = now;
        self.desk.tell(progress);
    }

    /// Asks for something that the stage waits for.
    pub(super) fn ask(&mut self, now: Moment, purpose: Purpose, target: &Target, call: Call) {
        self.pending += 1;
        self.desk.ask(now, purpose, target, call);
    }

    pub(super) fn ask_before(&mut self, now: Moment, id: &StackId, before: Before, call: Call) {
        let target = self.stack(id).target.clone();
        self.subject_mut(id).phase = Phase::Looking;
        self.ask(now, Purpose::Before(id.clone(), before), &target, call);
    }

    pub(super) fn problem(&mut self, problem: Problem) {
        self.desk.tell(Progress::Problem(problem.clone()));
        self.problems.push(problem);
    }

    pub(super) fn stands_in_the_way(&self) -> bool {
        self.stopping || !self.problems.is_empty()
    }

    pub(super) fn working(&mut self, now: Moment, id: &StackId) {
        self.began.entry(id.clone()).or_insert(now);
    }

    pub(super) fn over(&mut self, now: Moment, id: &StackId, end: End) {
        let subject = self.subject_mut(id);
        subject.phase = Phase::Over(end.clone());
        let status = subject.status;
        self.began.remove(id);
        self.watcher.remove(id);
        self.tell(now, Progress::Finished { stack: id.clone(), end, status });
    }

    pub(super) fn ids(&self) -> Vec<StackId> {
        self.subjects.keys().cloned().collect()
    }

    pub(super) fn stack(&self, id: &StackId) -> &assembly::Stack {
        // Ids come from the assembly itself.
        self.assembly.stack(id).expect("a stack of the assembly")
    }

    pub(super) fn subject(&self, id: &StackId) -> &Subject {
        &self.subjects[id]
    }

    pub(super) fn subject_mut(&mut self, id: &StackId) -> &mut Subject {
        self.subjects.get_mut(id).expect("a stack that was selected")
    }

    pub(super) fn found(&self, id: &StackId) -> Option<&cloud::Stack> {
        self.subject(id).found.as_ref()
    }

    pub(super) fn reference(&self, id: &StackId) -> StackRef {
        self.found(id).map_or_else(|| StackRef::name(&self.stack(id).name), |found| StackRef::id(&found.id))
    }
}

impl Operation for Errand {
    fn step(&mut self, now: Moment, event: Event) -> Vec<Action> {
        if self.stage == Stage::Over {
            return Vec::new();
        }
        match event {
            Event::Started => self.start(now),
            Event::Answered { id, result } => {
                if let Some((purpose, result)) = self.desk.answered(now, id, result) {
                    self.took(now, purpose, result);
                }
            }
            Event::Woke(id) => self.desk.woke(id),
            Event::Interrupted(signal) => self.interrupted(now, signal),
            Event::Decided(decision) => self.decided(now, decision),
            Event::Chosen(stop) => self.chosen(now, stop),
            Event::Packed { .. } | Event::Published { .. } => {}
        }
        for purpose in self.desk.due(now) {
            if self.stage != Stage::Over {
                self.reminded(now, purpose);
            }
        }
        self.advance(now);
        self.desk.actions()
    }
}
