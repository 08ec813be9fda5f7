//! Alarms that take operations back.
//!
//! The service keeps them with a stack. Where nothing is said, it is told nothing, and what is there stays.

use std::collections::BTreeSet;

use super::reducer::{Deployment, Goal};
use crate::assembly::StackId;
use crate::cloud::{Alarm, Guard, MOST_ALARMS, Place};
use crate::engine::{Exit, Problem};

impl Deployment {
    /// What a stack's change set says of alarms; none leaves what is there.
    pub(super) fn guard(&self, id: &StackId) -> Option<Guard> {
        let told = match &self.goal {
            Goal::Apply(plan) => plan.stacks.iter().find(|stack| stack.stack == *id)?.guard.clone(),
            Goal::Plan | Goal::Deploy => self.run.options.guard.as_ref().map(|guard| self.at_home(id, guard)),
        }?;
        // The alarm that goes off because of what failed must not keep it in place.
        match self.back.as_ref().filter(|back| back.contains(id)) {
            None => Some(told),
            Some(_) => {
                let former = self.work(id).former.as_ref().and_then(|former| former.guard().cloned());
                Some(former.unwrap_or_default().in_full())
            }
        }
    }

    /// An alarm guards stacks of its own account and region.
    fn at_home(&self, id: &StackId, guard: &Guard) -> Guard {
        let place = &self.run.stack(id).place;
        let here = |alarms: &BTreeSet<Alarm>| alarms.iter().filter(|alarm| alarm.place() == *place).cloned().collect();
        Guard { alarms: guard.alarms.as_ref().map(here), minutes: guard.minutes }
    }

    /// An alarm that guards no stack was meant for one.
    pub(super) fn refuse_idle_alarms(&mut self) {
        let alarms = self.run.options.guard.as_ref().and_then(|guard| guard.alarms.clone()).unwrap_or_default();
        let ids = self.ids();
        let places: BTreeSet<Place> = ids.iter().map(|id| self.run.stack(id).place.clone()).collect();
        for alarm in alarms.iter().filter(|alarm| !places.contains(&alarm.place())) {
            let message = format!("alarm `{}` is in `{}`, where no stack is deployed", alarm.arn(), alarm.place());
            let help = "an alarm guards stacks of its own account and region";
            self.run.problem(Problem::new(Exit::Refused, message).help(help));
        }
        for id in ids {
            let alarms = self.guard(&id).and_then(|guard| guard.alarms).unwrap_or_default();
            if alarms.len() > MOST_ALARMS {
                let message = format!("{} alarms are to guard stack `{id}`; {MOST_ALARMS} can", alarms.len());
                let help = "put them together in a composite alarm";
                self.run.problem(Problem::new(Exit::Refused, message).of(&id).help(help));
            }
        }
    }
}
