//! Drives an engine over the simulator.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::disk::Disk;
use super::judging::left;
use super::run::{Command, Run, Sent, Stopped};
use crate::assembly::{Assembly, AssetId, Packaging, Source};
use crate::cloud::{Call, Target};
use crate::engine::{
    Action, CallId, Event, Exit, Moment, Operation, Outcome, Packed, Pushed, Question, Signal, Span, Stop,
};
use crate::plan::{Approval, Decision};
use crate::simulator::fault::{Active, FaultKind as K, Struck};
use crate::simulator::gate::api;
use crate::simulator::{Chance, Simulator};

/// A call is on its way for so long, and its answer too.
const ONE_WAY: Span = Span(20);
/// Somebody thinks for so long before they agree.
const THINKING: Span = Span::seconds(3);
/// A run that takes more steps does not end.
const MOST_STEPS: usize = 30_000;

/// What will happen.
enum Due {
    Tell(Event),
    Arrive(CallId, Target, Call),
}

/// How a question is answered.
#[derive(Clone, Debug)]
pub(super) enum Consent {
    /// The whole plan, and these by name.
    Agree(Approval),
    Decline,
}

/// Drives an engine over the simulator.
pub(super) struct Driver<'a> {
    pub(super) simulator: &'a mut Simulator,
    /// Faults of the program itself.
    pub(super) awaits: &'a mut Active,
    pub(super) disk: &'a mut Disk,
    pub(super) consent: Consent,
    queue: BTreeMap<(Moment, u64), Due>,
    serial: u64,
    skew: i64,
}

impl<'a> Driver<'a> {
    pub(super) fn new(
        simulator: &'a mut Simulator,
        awaits: &'a mut Active,
        disk: &'a mut Disk,
        consent: Consent,
    ) -> Self {
        Self { simulator, awaits, disk, consent, queue: BTreeMap::new(), serial: 0, skew: 0 }
    }

    /// Runs an operation to its end, or to where a fault ends it.
    pub(super) fn run(
        mut self,
        operation: &mut dyn Operation,
        assembly: Arc<Assembly>,
        command: Command,
        began: Moment,
    ) -> Run {
        let mut run = Run::new(command, assembly, began, self.disk.outputs());
        self.put(began, Due::Tell(Event::Started));
        while run.outcome.is_none() && run.stopped.is_none() {
            let Some(((at, _), due)) = self.queue.pop_first() else {
                run.stopped = Some(Stopped::Starved);
                break;
            };
            run.ended = run.ended.max(at);
            match due {
                Due::Arrive(id, target, call) => self.arrive(&mut run, at, id, &target, call),
                Due::Tell(event) => self.tell(&mut run, operation, at, event),
            }
        }
        // What was sent before the end arrives, though nobody waits for the answer.
        if run.outcome.is_some() {
            self.let_arrive();
        }
        run.outputs = self.disk.outputs();
        run.left = left(self.simulator, &run.assembly);
        run
    }

    fn put(&mut self, at: Moment, due: Due) {
        self.serial += 1;
        self.queue.insert((at, self.serial), due);
    }

    fn arrive(&mut self, run: &mut Run, at: Moment, id: CallId, target: &Target, call: Call) {
        let api = api(&call);
        let result = self.simulator.call(at, target, call);
        let failure = result.as_ref().err().map(|failure| failure.kind);
        run.sent.push(Sent { at, place: target.place.clone(), api, failure });
        let delay = self.simulator.delay();
        self.put(at + ONE_WAY + delay, Due::Tell(Event::Answered { id, result }));
    }

    fn tell(&mut self, run: &mut Run, operation: &mut dyn Operation, at: Moment, event: Event) {
        if self.await_point(run, at) {
            return;
        }
        run.steps += 1;
        if run.steps > MOST_STEPS {
            run.stopped = Some(Stopped::Endless);
            return;
        }
        if let Event::Decided(decision) = &event {
            run.decided.push((at, decision.clone()));
        }
        let seen = Moment(at.0.saturating_add_signed(self.skew));
        for action in operation.step(seen, event) {
            let records = matches!(action, Action::Record(_));
            self.act(run, at, action);
            if run.outcome.is_some() || run.stopped.is_some() || (records && self.await_point(run, at)) {
                return;
            }
        }
    }

    fn act(&mut self, run: &mut Run, at: Moment, action: Action) {
        match action {
            Action::Call { id, target, call } => self.put(at + ONE_WAY, Due::Arrive(id, target, call)),
            Action::Wake { id, at: wake } => {
                let real = Moment(wake.0.saturating_add_signed(-self.skew)).max(at);
                self.put(real, Due::Tell(Event::Woke(id)));
            }
            Action::Record(line) => self.record(run, &line),
            Action::Tell(progress) => {
                let stopping = matches!(*progress, crate::engine::Progress::Stopping { .. });
                run.told.push((at, *progress));
                if stopping {
                    self.put(at + THINKING, Due::Tell(Event::Chosen(self.stop())));
                }
            }
            Action::Pack { asset } => {
                let sha256 = crate::digest::sha256(asset.as_str());
                let packed = Packed { file: file_of(&run.assembly, &asset), sha256, content_type: None };
                self.put(at + ONE_WAY, Due::Tell(Event::Packed { asset, result: Ok(packed) }));
            }
            Action::PublishImage { asset } => {
                self.put(at + ONE_WAY, Due::Tell(Event::Published { asset, result: Ok(Pushed::Now) }));
            }
            Action::Ask(question) => {
                let decision = self.decide(&question);
                run.asked.push(*question);
                self.put(at + THINKING, Due::Tell(Event::Decided(decision)));
            }
            Action::Finish(outcome) => self.finish(run, at, *outcome),
        }
    }

    /// A line that does not fit on the disk is written in part, and ends the program: nothing is begun that is not
    /// written down.
    fn record(&mut self, run: &mut Run, line: &str) {
        if self.is_full(run) {
            run.journal += &line[..line.len() / 2];
            self.let_arrive();
            run.stopped = Some(Stopped::DiskFull);
            return;
        }
        run.journal += line;
        run.journal.push('\n');
    }

    /// The file of outputs is written beside the old one, and then takes its place.
    fn finish(&mut self, run: &mut Run, at: Moment, outcome: Outcome) {
        let text = outcome.outputs(&run.assembly);
        let done = outcome.exit == Exit::Done;
        run.outcome = Some(outcome);
        if done {
            self.trim(run, at);
        }
        // A plan has no outputs.
        if run.stopped.is_some() || run.command == Command::Plan {
            return;
        }
        if self.is_full(run) {
            self.disk.write_beside(&text[..text.len() / 2]);
            run.stopped = Some(Stopped::DiskFull);
            return;
        }
        self.disk.write_beside(&text);
        if !self.await_point(run, at) {
            self.disk.take_its_place();
        }
    }

    /// A shorter journal is written beside the one that is read, and then takes its place. Where there is no room for it,
    /// the long one stays.
    fn trim(&mut self, run: &mut Run, at: Moment) {
        run.trimmed = !self.is_full(run) && !self.await_point(run, at);
    }

    fn is_full(&mut self, run: &mut Run) -> bool {
        let Struck { faults } = self.awaits.strike(Chance::Write, |_| true);
        run.struck.extend(faults.iter().map(|(kind, size)| crate::simulator::Fault::new(*kind).size(*size)));
        !faults.is_empty()
    }

    fn decide(&self, question: &Question) -> Decision {
        match &self.consent {
            Consent::Agree(approval) => Decision::Approved(approval.clone().digest(question.plan.digest())),
            Consent::Decline => Decision::Declined,
        }
    }

    /// What is chosen after Ctrl-C: one after another of what there is.
    fn stop(&self) -> Stop {
        [Stop::Wait, Stop::Detach, Stop::Cancel][(self.serial % 3) as usize]
    }

    /// A moment at which the program can be interrupted; whether it is gone.
    fn await_point(&mut self, run: &mut Run, at: Moment) -> bool {
        let Struck { faults } = self.awaits.strike(Chance::Await, |_| true);
        for (kind, size) in faults {
            let span = u64::from(size) * 1_000;
            run.struck.push(crate::simulator::Fault::new(kind).size(size));
            match kind {
                K::Kill | K::TornJournal | K::LostJournal => {
                    self.let_arrive();
                    run.stopped = Some(Stopped::Killed);
                    damage(&mut run.journal, kind);
                    return true;
                }
                K::KillBeforeSent => {
                    run.stopped = Some(Stopped::Killed);
                    return true;
                }
                K::Interrupt => self.put(at, Due::Tell(Event::Interrupted(Signal::Interrupt))),
                K::InterruptTwice => {
                    self.put(at, Due::Tell(Event::Interrupted(Signal::Interrupt)));
                    self.put(at + ONE_WAY, Due::Tell(Event::Interrupted(Signal::Interrupt)));
                }
                // Nobody reads what is written any more: what goes on is left to itself, as when a terminal is closed.
                K::Terminate | K::ClosedOutput => self.put(at, Due::Tell(Event::Interrupted(Signal::Terminate))),
                K::Sleep => self.sleep(Span(span)),
                K::ClockBack => self.skew -= i64::try_from(span).unwrap_or(0),
                _ => {}
            }
        }
        false
    }

    /// What was sent before the end arrives, though nobody hears the answer.
    fn let_arrive(&mut self) {
        for ((at, _), due) in std::mem::take(&mut self.queue) {
            if let Due::Arrive(_, target, call) = due {
                self.simulator.call(at, &target, call).ok();
            }
        }
    }

    /// Nothing is heard for a while; all that was due comes then.
    fn sleep(&mut self, span: Span) {
        for ((at, serial), due) in std::mem::take(&mut self.queue) {
            let at = match due {
                Due::Tell(_) => at + span,
                Due::Arrive(..) => at,
            };
            self.queue.insert((at, serial), due);
        }
    }
}

/// Where an asset lies. What would have to be packed first is not read, so it need not be there.
fn file_of(assembly: &Assembly, id: &AssetId) -> PathBuf {
    match assembly.asset(id).map(|asset| &asset.source) {
        Some(Source::File { path, packaging: Packaging::File }) => path.clone(),
        _ => id.as_str().into(),
    }
}

fn damage(journal: &mut String, kind: K) {
    match kind {
        K::LostJournal => journal.clear(),
        K::TornJournal => {
            let torn = journal.trim_end().len().saturating_sub(7);
            journal.truncate((0..=torn).rev().find(|at| journal.is_char_boundary(*at)).unwrap_or(0));
        }
        _ => {}
    }
}
