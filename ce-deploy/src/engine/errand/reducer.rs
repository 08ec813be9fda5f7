//! The errand itself: its state, and where each event goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Move;
use super::purpose::{Before, Purpose};
use super::subject::{Phase, Subject};
use crate::assembly::{Assembly, StackId};
use crate::cloud::{Answer, Call, Failure, StackRef};
use crate::engine::run::Run;
use crate::engine::{Action, End, Event, Judge, Moment, Operation, Options, Progress, Signal, Stop};
use crate::plan::{Decision, Direction, Order};

/// Something that is done with stacks that are there.
#[derive(Debug)]
pub struct Errand {
    pub(super) run: Run<Purpose>,
    pub(super) judge: Judge,
    pub(super) task: Task,
    pub(super) stage: Stage,
    pub(super) moves: Vec<Move>,
    pub(super) subjects: BTreeMap<StackId, Subject>,
    pub(super) order: Order,
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
            run: Run::new(assembly, options),
            judge,
            task,
            stage: Stage::New,
            moves: Vec::new(),
            order,
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
        self.run.start(now, command);
        self.stage = Stage::Checking;
        let ids = self.ids();
        self.run.check_identities(now, &ids);
    }

    fn took(&mut self, now: Moment, purpose: Purpose, result: Result<Answer, Failure>) {
        match purpose {
            Purpose::Routine(routine) => {
                for news in self.run.took(now, routine, result) {
                    self.heard(now, news);
                }
            }
            Purpose::Before(id, before) => self.took_before(now, &id, before, result),
            Purpose::Begin(id) => self.took_begin(now, &id, result),
            Purpose::Detection(id, detection) => self.took_detection(now, &id, detection, result),
            Purpose::Drifts(id) => self.took_drifts(now, &id, result),
            Purpose::Refactor(refactor) => self.took_refactor(now, refactor, result),
        }
    }

    fn reminded(&mut self, now: Moment, purpose: Purpose) {
        match purpose {
            Purpose::Routine(routine) => {
                if let Some(news) = self.run.reminded(now, &routine) {
                    self.heard(now, news);
                }
            }
            Purpose::Detection(id, detection) => self.look_at_detection(now, &id, detection),
            Purpose::Refactor(Some(refactor)) => self.look_at_refactor(now, refactor),
            _ => {}
        }
    }

    fn advance(&mut self, now: Moment) {
        loop {
            let stage = self.stage;
            match stage {
                Stage::Checking if self.run.pending == 0 => self.begin_surveying(now),
                Stage::Surveying if self.run.pending == 0 => self.begin_looking(now),
                Stage::Looking if self.run.pending == 0 => self.begin_deciding(now),
                Stage::Working => self.schedule(now),
                _ => {}
            }
            if self.stage == stage {
                return;
            }
        }
    }

    fn begin_surveying(&mut self, now: Moment) {
        if self.stands_in_the_way() {
            return self.finish();
        }
        self.stage = Stage::Surveying;
        let ids = self.ids();
        self.run.survey(now, ids.into_iter().collect());
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
        self.run.answered();
        match before {
            Before::Events if self.task == Task::Recover(None) => self.took_last(now, id, result),
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

    fn interrupted(&mut self, now: Moment, signal: Signal) {
        self.run.interrupts += 1;
        self.run.stopping = true;
        let running: Vec<StackId> = self.run.began.keys().cloned().collect();
        if signal == Signal::Terminate || self.run.interrupts > 1 || running.is_empty() || self.task == Task::Attach {
            return self.detach(now);
        }
        self.run.tell(now, Progress::Stopping { running });
    }

    fn chosen(&mut self, now: Moment, stop: Stop) {
        if self.run.stopping && stop == Stop::Detach {
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

    pub(super) fn time_is_up(&mut self, now: Moment) {
        self.run.time_is_up(!self.run.began.is_empty());
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

    pub(super) fn ask_before(&mut self, now: Moment, id: &StackId, before: Before, call: Call) {
        let target = self.run.stack(id).target.clone();
        self.subject_mut(id).phase = Phase::Looking;
        self.run.ask(now, Purpose::Before(id.clone(), before), &target, call);
    }

    pub(super) fn stands_in_the_way(&self) -> bool {
        self.run.stopping || !self.run.problems.is_empty()
    }

    pub(super) fn working(&mut self, now: Moment, id: &StackId) {
        self.run.began.entry(id.clone()).or_insert(now);
    }

    pub(super) fn over(&mut self, now: Moment, id: &StackId, end: End) {
        let subject = self.subject_mut(id);
        subject.phase = Phase::Over(end.clone());
        let status = subject.status;
        self.run.over(now, id, end, status);
    }

    pub(super) fn ids(&self) -> Vec<StackId> {
        self.subjects.keys().cloned().collect()
    }

    pub(super) fn subject(&self, id: &StackId) -> &Subject {
        &self.subjects[id]
    }

    pub(super) fn subject_mut(&mut self, id: &StackId) -> &mut Subject {
        self.subjects.get_mut(id).expect("a stack that was selected")
    }

    pub(super) fn reference(&self, id: &StackId) -> StackRef {
        self.run.found(id).map_or_else(|| StackRef::name(&self.run.stack(id).name), |found| StackRef::id(&found.id))
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
                if let Some((purpose, result)) = self.run.desk.answered(now, id, result) {
                    self.took(now, purpose, result);
                }
            }
            Event::Woke(id) => self.run.desk.woke(id),
            Event::Interrupted(signal) => self.interrupted(now, signal),
            Event::Decided(decision) => self.decided(now, decision),
            Event::Chosen(stop) => self.chosen(now, stop),
            Event::Packed { .. } | Event::Published { .. } => {}
        }
        for purpose in self.run.desk.due(now) {
            if self.stage != Stage::Over {
                self.reminded(now, purpose);
            }
        }
        self.advance(now);
        self.run.desk.actions()
    }
}
