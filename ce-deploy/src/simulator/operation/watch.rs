//! Rollback triggers: alarms that take an operation back while it goes on, and for a while after.

use super::Phase;
use crate::engine::{Moment, Span};
use crate::simulator::service::{Service, Task};
use crate::simulator::stack::StackKey;

impl Service {
    /// Why the alarms of a stack take its operation back just now, if they do.
    ///
    /// Source: API reference, `RollbackConfiguration`: one that is missing does too. The words are made up.
    pub(super) fn alarmed(&self, key: StackKey) -> Option<String> {
        let running = self.stack(key).running.as_ref().filter(|running| running.phase == Phase::Forward)?;
        running.goal.guard.alarms.iter().flatten().find_map(|alarm| match self.alarms.get(alarm.arn()) {
            None => Some(format!("Rollback trigger {} does not exist. ", alarm.arn())),
            Some(fires) if fires.is_some_and(|at| at <= self.now) => {
                Some(format!("Rollback trigger {} is in ALARM state. ", alarm.arn()))
            }
            Some(_) => None,
        })
    }

    /// Everything is there: whether alarms are watched for a while before it counts.
    pub(super) fn begin_watching(&mut self, key: StackKey) -> bool {
        let Some(running) = self.stack(key).running.as_ref() else { return false };
        let minutes = u64::from(running.goal.guard.minutes.get());
        if minutes == 0 || running.watched {
            return false;
        }
        let run = running.run;
        self.after(Span::seconds(60 * minutes), Task::Watched { stack: key, run });
        true
    }

    /// The time in which alarms are watched is over.
    pub(in crate::simulator) fn end_watching(&mut self, key: StackKey, run: u64) {
        let Some(running) = self.stack_mut(key).running.as_mut().filter(|running| running.run == run) else { return };
        running.watched = true;
        self.phase_if_done(key);
    }

    /// An alarm is there, and goes off at a moment.
    pub(in crate::simulator) fn set_alarm(&mut self, arn: &str, fires: Option<Moment>) {
        self.alarms.insert(arn.to_owned(), fires);
        if let Some(at) = fires {
            self.after(at - self.now, Task::Alarm);
        }
    }

    /// An alarm went off: whoever it guards goes back.
    pub(in crate::simulator) fn alarm(&mut self) {
        for key in (0..self.stacks.len()).map(StackKey) {
            if let Some(reason) = self.alarmed(key) {
                self.give_up(key, Some(reason));
            }
        }
    }
}
