//! The hotswap itself: its state, and where each event goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ce_synth::schema::Schemas;

use super::purpose::Purpose;
use super::work::{Phase, Work};
use crate::assembly::{Assembly, StackId};
use crate::cloud::{Answer, Call, Failure, StackRef};
use crate::engine::exit::exit_of;
use crate::engine::run::{Nested, News, Run};
use crate::engine::{Action, Event, Exit, Moment, Operation, Options, Problem, Progress, Signal, Stop};
use crate::hotswap::Obstacle;
use crate::journal::Swapped;

/// Changes resources past CloudFormation, where every difference allows it.
#[derive(Debug)]
pub struct Hotswap {
    pub(super) run: Run<Purpose>,
    pub(super) schemas: &'static Schemas,
    pub(super) stage: Stage,
    pub(super) works: BTreeMap<StackId, Work>,
    pub(super) noted: BTreeMap<StackId, Swapped>,
}

/// How far it is. Each stage ends when every stack has come through it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Stage {
    New,
    /// Whose accounts these are.
    Checking,
    Surveying,
    /// What CloudFormation knows.
    Reading,
    /// What is sent.
    Preparing,
    /// Where files go, and as whom.
    Reaching,
    Publishing,
    Swapping,
    Over,
}

impl Hotswap {
    /// Brings the resources of stacks to what an assembly says, where no deployment is needed.
    pub fn new(assembly: Arc<Assembly>, schemas: &'static Schemas, options: Options) -> Self {
        let wanted = |id: &StackId| options.selection.as_ref().is_none_or(|selection| selection.contains(id));
        let ids: Vec<StackId> = assembly.stacks.iter().map(|stack| stack.id.clone()).filter(wanted).collect();
        Self {
            noted: options.journal.swapped(),
            works: ids.into_iter().map(|id| (id, Work::default())).collect(),
            run: Run::new(assembly, options),
            schemas,
            stage: Stage::New,
        }
    }

    fn start(&mut self, now: Moment) {
        self.run.start(now, "hotswap");
        self.stage = Stage::Checking;
        let ids = self.ids();
        self.run.check_identities(now, &ids);
        let own: BTreeSet<_> = ids.iter().map(|id| self.run.own_target(id)).collect();
        own.iter().for_each(|target| self.run.check_identity(now, target));
    }

    fn took(&mut self, now: Moment, purpose: Purpose, result: Result<Answer, Failure>) {
        match purpose {
            Purpose::Routine(routine) => {
                for news in self.run.took(now, routine, result) {
                    self.heard(now, news);
                }
            }
            Purpose::Deployed(id) => self.took_deployed(now, &id, result),
        }
    }

    fn reminded(&mut self, now: Moment, purpose: &Purpose) {
        if let Purpose::Routine(routine) = purpose
            && let Some(news) = self.run.reminded(now, routine)
        {
            self.heard(now, news);
        }
    }

    fn heard(&mut self, now: Moment, news: News) {
        match news {
            News::SwapReady(id) => self.work_mut(&id).phase = Phase::Ready,
            News::SwapRefused(id, logical_id, why) => self.refused(&id, &logical_id, why),
            News::SwapOver(id, failures) => self.swapped(now, &id, failures),
            News::TimeIsUp => {
                self.run.time_is_up(self.stage == Stage::Swapping);
                self.finish();
            }
            // No operation of a stack is waited for.
            News::Status(..) | News::Over(..) | News::Causes(..) => {}
        }
    }

    fn advance(&mut self, now: Moment) {
        loop {
            let stage = self.stage;
            match stage {
                Stage::Checking if self.run.pending == 0 => self.begin_surveying(now),
                Stage::Surveying if self.run.pending == 0 => self.begin_reading(now),
                Stage::Reading if self.run.pending == 0 => self.begin_preparing(now),
                Stage::Preparing if !self.is_any(Phase::Preparing) => self.begin_reaching(now),
                Stage::Reaching if self.run.pending == 0 => self.begin_publishing(now),
                Stage::Publishing if self.run.pending == 0 => self.begin_swapping(now),
                Stage::Swapping if !self.is_any(Phase::Swapping) => self.finish(),
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

    fn begin_reading(&mut self, now: Moment) {
        if self.stands_in_the_way() {
            return self.finish();
        }
        self.stage = Stage::Reading;
        for id in self.ids() {
            let found = self.run.found(&id).map(|found| (found.id.clone(), found.status));
            let why = match &found {
                None => Some("the stack is not there yet".to_owned()),
                Some((_, status)) if !status.is_success() => Some(format!("the stack is in `{status}`")),
                Some(_) => None,
            };
            if let Some(why) = why {
                self.work_mut(&id).obstacles.push(Obstacle::of_stack(&id, why));
            } else if let Some((arn, _)) = found {
                let call = Call::GetTemplate { stack: StackRef::id(arn), change_set: None };
                let target = self.run.stack(&id).target.clone();
                self.run.ask(now, Purpose::Deployed(id), &target, call);
            }
        }
    }

    fn took_deployed(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        self.run.answered();
        match result {
            Ok(Answer::Template(template)) => {
                let arn = self.run.found(id).map(|found| found.id.clone()).unwrap_or_default();
                self.run.read_nested(now, id, &Nested::root(arn), &template);
                self.work_mut(id).deployed = Some(template);
            }
            Ok(_) => self.run.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) => {
                let message = format!("the template of stack `{}` cannot be read: {failure}", self.run.stack(id).name);
                self.run.problem(Problem::new(exit_of(&failure), message).of(id));
            }
        }
    }

    /// Before anything is changed it simply ends. Changes that are begun take seconds: they are waited for, once.
    fn interrupted(&mut self, now: Moment, signal: Signal) {
        self.run.interrupts += 1;
        self.run.stopping = true;
        if self.stage != Stage::Swapping || signal == Signal::Terminate || self.run.interrupts > 1 {
            return self.finish();
        }
        let running = self.run.began.keys().cloned().collect();
        self.run.tell(now, Progress::Stopping { running });
    }

    pub(super) fn stands_in_the_way(&self) -> bool {
        self.run.stopping || !self.run.problems.is_empty()
    }

    fn is_any(&self, phase: Phase) -> bool {
        self.works.values().any(|work| work.phase == phase)
    }

    pub(super) fn ids(&self) -> Vec<StackId> {
        self.works.keys().cloned().collect()
    }

    pub(super) fn work(&self, id: &StackId) -> &Work {
        &self.works[id]
    }

    pub(super) fn work_mut(&mut self, id: &StackId) -> &mut Work {
        self.works.get_mut(id).expect("a stack that was selected")
    }
}

impl Operation for Hotswap {
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
            Event::Chosen(Stop::Detach) => self.finish(),
            Event::Chosen(Stop::Wait | Stop::Cancel) | Event::Decided(_) => {}
        }
        for purpose in self.run.desk.due(now) {
            if self.stage != Stage::Over {
                self.reminded(now, &purpose);
            }
        }
        self.advance(now);
        self.run.desk.actions()
    }
}
