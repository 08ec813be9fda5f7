//! What a run keeps, and where its routines go.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{News, Publishing, Routine};
use crate::assembly::{self, Assembly, StackId};
use crate::cloud::{self, Answer, Call, Failure, Target};
use crate::engine::ResourceEvent;
use crate::engine::swap::Swapping;
use crate::engine::traffic::Desk;
use crate::engine::watch::{Inquiry, Watcher};
use crate::engine::{Action, End, Exit, Moment, Options, Outcome, Problem, Progress, Span, StackOutcome};
use crate::journal::Entry;
use crate::plan::Plan;

/// Somebody hears from us at least this often. Source: `--events` in `docs/`, heartbeat.
const HEARTBEAT: Span = Span::seconds(10);

/// What a run keeps. `P` says what a call or a reminder is for.
#[derive(Debug)]
pub(in crate::engine) struct Run<P> {
    pub(in crate::engine) assembly: Arc<Assembly>,
    pub(in crate::engine) options: Options,
    pub(in crate::engine) desk: Desk<P>,
    pub(in crate::engine) watcher: Watcher,
    /// Stacks as they were seen last, also those that are only read.
    pub(in crate::engine) stacks: BTreeMap<StackId, Option<cloud::Stack>>,
    /// The templates of the nested stacks of each stack, by dotted logical id.
    pub(super) nested: BTreeMap<StackId, BTreeMap<String, String>>,
    pub(super) inquiries: BTreeMap<StackId, Inquiry>,
    /// What a clean-up could not delete.
    pub(super) leaks: BTreeMap<StackId, Vec<ResourceEvent>>,
    pub(super) of_interest: BTreeSet<StackId>,
    pub(super) identities: BTreeSet<Target>,
    pub(in crate::engine) publishing: Publishing,
    pub(super) swaps: BTreeMap<StackId, Swapping>,
    /// Calls of the stage that have not ended.
    pub(in crate::engine) pending: usize,
    pub(in crate::engine) problems: Vec<Problem>,
    pub(in crate::engine) plan: Option<Plan>,
    /// Nothing new is begun.
    pub(in crate::engine) stopping: bool,
    pub(in crate::engine) interrupts: u32,
    told: Moment,
    pub(in crate::engine) began: BTreeMap<StackId, Moment>,
}

impl<P: From<Routine>> Run<P> {
    pub(in crate::engine) fn new(assembly: Arc<Assembly>, options: Options) -> Self {
        Self {
            desk: Desk::new(options.seed),
            assembly,
            options,
            watcher: Watcher::default(),
            stacks: BTreeMap::new(),
            nested: BTreeMap::new(),
            inquiries: BTreeMap::new(),
            leaks: BTreeMap::new(),
            of_interest: BTreeSet::new(),
            identities: BTreeSet::new(),
            publishing: Publishing::default(),
            swaps: BTreeMap::new(),
            pending: 0,
            problems: Vec::new(),
            plan: None,
            stopping: false,
            interrupts: 0,
            told: Moment::default(),
            began: BTreeMap::new(),
        }
    }

    pub(in crate::engine) fn start(&mut self, now: Moment, command: &str) {
        self.desk.record(&Entry::Began { command: command.to_owned(), assembly: self.assembly.digest.clone() });
        self.told = now;
        self.desk.remind(now + self.options.timeout, Routine::Deadline.into());
        self.desk.remind(now + HEARTBEAT, Routine::Heartbeat.into());
    }

    /// Takes the answer to a routine call.
    pub(in crate::engine) fn took(
        &mut self,
        now: Moment,
        routine: Routine,
        result: Result<Answer, Failure>,
    ) -> Vec<News> {
        match routine {
            Routine::Identity(target) => self.took_identity(&target, result),
            Routine::Survey(target) => self.took_survey(now, &target, result),
            Routine::SurveyOne(id) => self.took_one(&id, result),
            Routine::NestedStacks(id, at) => self.took_nested_stacks(now, &id, &at, result),
            Routine::NestedTemplate(id, at) => self.took_nested_template(now, &id, at, result),
            Routine::Head(asset) => self.took_head(now, &asset, result),
            Routine::Put(asset) => self.took_put(&asset, result),
            Routine::Swap(id, step) => return self.took_swap(now, &id, step, result).into_iter().collect(),
            Routine::Events(id) => return self.took_events(now, &id, result).into_iter().collect(),
            Routine::Watch(look) => return self.took_look(now, &look, result),
            Routine::Round(_) | Routine::Heartbeat | Routine::Deadline => {}
        }
        Vec::new()
    }

    /// It is time for something.
    pub(in crate::engine) fn reminded(&mut self, now: Moment, routine: &Routine) -> Option<News> {
        match routine {
            Routine::Round(place) => self.round(now, place),
            Routine::Heartbeat => self.beat(now),
            Routine::Events(id) => self.look_for_events(now, id),
            Routine::Swap(id, step) => self.swap_reminded(now, id, step),
            Routine::SurveyOne(id) => self.look_again(now, id),
            Routine::Deadline => return Some(News::TimeIsUp),
            _ => {}
        }
        None
    }

    fn beat(&mut self, now: Moment) {
        if now - self.told >= HEARTBEAT {
            let running = self.began.iter().map(|(id, began)| (id.clone(), now - *began)).collect();
            self.tell(now, Progress::Heartbeat { running });
        }
        self.desk.remind(self.told + HEARTBEAT, Routine::Heartbeat.into());
    }

    pub(in crate::engine) fn tell(&mut self, now: Moment, progress: Progress) {
        self.told = now;
        self.desk.tell(progress);
    }

    /// Asks for something that the stage waits for.
    pub(in crate::engine) fn ask(&mut self, now: Moment, purpose: P, target: &Target, call: Call) {
        self.pending += 1;
        self.desk.ask(now, purpose, target, call);
    }

    /// Asks for something that a stack waits for, where it is.
    pub(in crate::engine) fn ask_of(&mut self, now: Moment, id: &StackId, purpose: P, call: Call) {
        let target = self.stack(id).target.clone();
        self.desk.ask(now, purpose, &target, call);
    }

    pub(in crate::engine) fn answered(&mut self) {
        self.pending = self.pending.saturating_sub(1);
    }

    pub(in crate::engine) fn problem(&mut self, problem: Problem) {
        self.desk.tell(Progress::Problem(problem.clone()));
        self.problems.push(problem);
    }

    /// It took longer than it may.
    pub(in crate::engine) fn time_is_up(&mut self, running: bool) {
        let exit = if running { Exit::Detached } else { Exit::Unclassified };
        self.problem(Problem::new(exit, "it took longer than it may").help("`ce attach` waits for what goes on"));
    }

    /// A stack is done with.
    pub(in crate::engine) fn over(&mut self, now: Moment, id: &StackId, end: End, status: Option<cloud::StackStatus>) {
        self.began.remove(id);
        self.watcher.remove(id);
        self.tell(now, Progress::Finished { stack: id.clone(), end, status });
    }

    /// The last that is heard of it.
    pub(in crate::engine) fn finish(&mut self, exit: Exit, stacks: BTreeMap<StackId, StackOutcome>) {
        let (problems, plan) = (self.problems.clone(), self.plan.clone().map(Box::new));
        self.desk.act(Action::Finish(Box::new(Outcome { exit, stacks, problems, plan })));
    }

    pub(in crate::engine) fn stack(&self, id: &StackId) -> &assembly::Stack {
        // Ids come from the assembly itself.
        self.assembly.stack(id).expect("a stack of the assembly")
    }

    /// A stack as it was seen last.
    pub(in crate::engine) fn found(&self, id: &StackId) -> Option<&cloud::Stack> {
        self.stacks.get(id)?.as_ref()
    }
}
