//! Somebody wants an end, or it takes too long.

use super::purpose::ApplyStep;
use super::reducer::Deployment;
use super::stage::Stage;
use super::work::{Phase, Until};
use crate::assembly::StackId;
use crate::cloud::{Call, Token};
use crate::engine::watch::Kind;
use crate::engine::{End, Moment, Progress, Signal, Stop};
use crate::journal::Entry;

impl Deployment {
    /// The first Ctrl-C begins nothing new; the second, or a request to terminate, leaves operations to themselves.
    pub(super) fn interrupted(&mut self, now: Moment, signal: Signal) {
        self.run.interrupts += 1;
        self.run.stopping = true;
        if signal == Signal::Terminate || self.run.interrupts > 1 {
            return self.detach(now);
        }
        match self.stage {
            Stage::Deciding => self.end_before_changes(now),
            Stage::Applying => {
                let running = self.run.began.keys().cloned().collect();
                self.run.tell(now, Progress::Stopping { running });
            }
            // The stage is seen through: what is half made could not be cleaned up.
            _ => {}
        }
    }

    pub(super) fn chosen(&mut self, now: Moment, stop: Stop) {
        if !self.run.stopping || self.stage != Stage::Applying {
            return;
        }
        match stop {
            Stop::Wait => {}
            Stop::Detach => self.detach(now),
            Stop::Cancel => self.cancel(now),
        }
    }

    /// Leaves what goes on to itself, and says so.
    pub(super) fn detach(&mut self, now: Moment) {
        for id in self.ids() {
            if self.work(&id).end().is_none() {
                let running = self.run.watcher.remove(&id).is_some() || self.work(&id).is_executing();
                let end = match self.work(&id).phase {
                    Phase::Holding(Until::Changed) => End::Changed,
                    Phase::Holding(Until::RolledBack) => End::RolledBack,
                    _ if running => End::Detached,
                    _ => End::NotBegun,
                };
                self.over(now, &id, end);
            }
        }
        self.finish();
    }

    /// Has updates put back. A creation cannot be cancelled, nor what is being put back already.
    fn cancel(&mut self, now: Moment) {
        let updates: Vec<StackId> = self
            .run
            .watcher
            .iter()
            .filter(|watched| watched.kind == Kind::Update)
            .map(|watched| watched.id.clone())
            .collect();
        for id in updates {
            let name = self.run.stack(&id).name.clone();
            let arn = self.arn(&id).unwrap_or_default();
            let Some(watched) = self.run.watcher.get_mut(&id) else { continue };
            let token = Token::of(watched.token.as_str(), &name, "cancel", 1);
            watched.later.push(token.clone());
            let entry = Entry::Operation { stack: id.clone(), arn, token: token.clone(), change_set: None };
            self.run.desk.record(&entry);
            let call = Call::CancelUpdateStack { stack: self.reference(&id), token };
            self.ask_apply(now, &id, ApplyStep::Cancel, call);
        }
    }

    pub(super) fn time_is_up(&mut self, now: Moment) {
        let running = self.stage == Stage::Applying && !self.run.began.is_empty();
        self.run.time_is_up(running);
        self.detach(now);
    }
}
