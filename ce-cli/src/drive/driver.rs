//! The loop: an event goes in, actions come out and are begun.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ce_deploy::assembly::{Assembly, Asset, AssetId};
use ce_deploy::cloud::{Call, Target};
use ce_deploy::engine::{
    Action, Event, Exit, Moment, Operation, Outcome, Progress, Question, Signal, Stop as HowToStop,
};
use ce_deploy::plan::Decision;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use super::clock::{now, until};
use super::journal_file::{JournalError, JournalFile};
use super::{image, packing, signals};
use crate::aws::Aws;

/// What is shown of passing time is at most so old.
const TICK: Duration = Duration::from_millis(250);

/// Who sees what goes on, and who is asked.
pub(crate) trait Audience {
    /// Something happened.
    fn tell(&mut self, now: Moment, progress: &Progress);

    /// Time passed.
    fn tick(&mut self, now: Moment);

    /// Somebody must decide. The answer comes on a thread of its own, as a person takes their time.
    fn ask(&mut self, question: Question) -> Box<dyn FnOnce() -> Decision + Send>;

    /// Somebody may say how to stop; none where nobody can be asked.
    fn ask_how_to_stop(&mut self) -> Option<Box<dyn FnOnce() -> HowToStop + Send>>;

    /// A call is sent; for who wants to know all of it.
    fn sent(&mut self, target: &Target, call: &Call);

    /// Whether somebody still reads what is written.
    fn is_gone(&self) -> bool;
}

/// Carries out an operation of the engine.
pub(crate) struct Driver {
    aws: Arc<Aws>,
    assembly: Arc<Assembly>,
    state: PathBuf,
    journal: JournalFile,
    events: mpsc::UnboundedSender<Event>,
    happened: mpsc::UnboundedReceiver<Event>,
}

impl Driver {
    /// Nothing is begun yet.
    pub(crate) fn new(aws: Arc<Aws>, assembly: Arc<Assembly>, state: PathBuf, journal: JournalFile) -> Self {
        let (events, happened) = mpsc::unbounded_channel();
        Self { aws, assembly, state, journal, events, happened }
    }

    /// Drives it to its end.
    pub(crate) async fn run(
        mut self,
        operation: &mut dyn Operation,
        audience: &mut dyn Audience,
    ) -> Result<Outcome, JournalError> {
        let mut signals = signals::listen();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut gone = false;
        let mut event = Event::Started;
        loop {
            for action in operation.step(now(), event) {
                if let Some(outcome) = self.carry_out(action, audience)? {
                    return Ok(outcome);
                }
            }
            event = loop {
                tokio::select! {
                    Some(signal) = signals.recv() => break Event::Interrupted(signal),
                    Some(event) = self.happened.recv() => break event,
                    _ = ticks.tick() => audience.tick(now()),
                }
            };
            // Nobody reads any more: what was begun is left to itself, as it is when a terminal is closed.
            if audience.is_gone() && !std::mem::replace(&mut gone, true) {
                self.events.send(event).ok();
                event = Event::Interrupted(Signal::Terminate);
            }
        }
    }

    /// Begins an action; the outcome, if that was the last.
    fn carry_out(&mut self, action: Action, audience: &mut dyn Audience) -> Result<Option<Outcome>, JournalError> {
        match action {
            Action::Call { id, target, call } => {
                audience.sent(&target, &call);
                let aws = Arc::clone(&self.aws);
                self.later(async move { Event::Answered { id, result: aws.call(&target, call).await } });
            }
            Action::Pack { asset } => self.pack(asset),
            Action::PublishImage { asset } => self.publish(asset),
            Action::Wake { id, at } => self.later(async move {
                tokio::time::sleep(until(at)).await;
                Event::Woke(id)
            }),
            Action::Record(line) => self.journal.append(&line)?,
            Action::Tell(progress) => {
                audience.tell(now(), &progress);
                if let Progress::Stopping { .. } = *progress
                    && let Some(ask) = audience.ask_how_to_stop()
                {
                    self.on_a_thread(move || Event::Chosen(ask()));
                }
            }
            Action::Ask(question) => {
                let ask = audience.ask(*question);
                self.on_a_thread(move || Event::Decided(ask()));
            }
            Action::Finish(outcome) => {
                if outcome.exit == Exit::Done {
                    // A journal that stays long is no reason to fail.
                    self.journal.trim().ok();
                }
                return Ok(Some(*outcome));
            }
            _ => {}
        }
        Ok(None)
    }

    fn pack(&self, id: AssetId) {
        let (asset, state) = (self.asset(&id), self.state.clone());
        self.later(async move {
            let result = match asset {
                Some(asset) => packing::pack(asset, state).await,
                None => Err(format!("the assembly has no asset `{id}`")),
            };
            Event::Packed { asset: id, result }
        });
    }

    fn publish(&self, id: AssetId) {
        let (asset, aws) = (self.asset(&id), Arc::clone(&self.aws));
        self.later(async move {
            let result = match asset {
                Some(asset) => image::publish(&aws, &asset).await,
                None => Err(format!("the assembly has no asset `{id}`")),
            };
            Event::Published { asset: id, result }
        });
    }

    fn asset(&self, id: &AssetId) -> Option<Asset> {
        self.assembly.asset(id).cloned()
    }

    fn later(&self, work: impl Future<Output = Event> + Send + 'static) {
        let events = self.events.clone();
        tokio::spawn(async move { events.send(work.await).ok() });
    }

    fn on_a_thread(&self, work: impl FnOnce() -> Event + Send + 'static) {
        let events = self.events.clone();
        std::thread::spawn(move || events.send(work()).ok());
    }
}
