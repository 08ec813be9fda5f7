//! A deployment and the simulated service it works with.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::cloud::{Call, Target};
use ce_deploy::engine::{Action, CallId, Deployment, Event, Moment, Operation, TimerId};
use ce_deploy::plan::Decision;
use ce_deploy::simulator::{Settings, Simulator};

use super::stacks::{assembly, stack};

const FIRST: &str = r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}},"Outputs":{"Out":{"Value":"x"}}}"#;
const SECOND: &str = r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#;
/// More than this for one event would be a loop.
const MOST_ACTIONS: usize = 1_000;
/// More than this to the end would be one too.
const MOST_EVENTS: usize = 100_000;

/// Two stacks, the second after the first.
pub(super) fn shop() -> Arc<Assembly> {
    assembly(vec![stack("First", FIRST, &[]), stack("Second", SECOND, &["First"])])
}

/// A deployment, what it waits for, and the service.
pub(super) struct Run {
    pub(super) calls: VecDeque<(CallId, Target, Call)>,
    pub(super) now: Moment,
    pub(super) finished: bool,
    deployment: Deployment,
    cloud: Simulator,
    timers: BTreeMap<(Moment, u64), TimerId>,
    asks: bool,
}

impl Run {
    /// One that was begun.
    pub(super) fn of(deployment: Deployment) -> Self {
        let mut run = Self {
            deployment,
            cloud: Simulator::new(Settings::default(), &ce_cfn::SCHEMAS),
            calls: VecDeque::new(),
            timers: BTreeMap::new(),
            now: Moment(1_767_225_600_000),
            finished: false,
            asks: false,
        };
        run.tell(Event::Started);
        run
    }

    /// All that it asks is answered truly; who is asked to agree declines.
    pub(super) fn finish(&mut self) {
        for _ in 0..MOST_EVENTS {
            if self.finished {
                return;
            }
            if std::mem::take(&mut self.asks) {
                self.tell(Event::Decided(Decision::Declined));
            }
            self.answer_truly();
        }
        panic!("it does not end");
    }

    /// The oldest call is answered by the service; if there is none, the next timer goes off.
    pub(super) fn answer_truly(&mut self) {
        if let Some((id, target, call)) = self.calls.pop_front() {
            let result = self.cloud.call(self.now, &target, call);
            return self.tell(Event::Answered { id, result });
        }
        if let Some(((at, _), timer)) = self.timers.pop_first() {
            self.now = self.now.max(at);
            self.tell(Event::Woke(timer));
        }
    }

    /// Something happens.
    pub(super) fn tell(&mut self, event: Event) {
        let actions = self.deployment.step(self.now, event);
        assert!(actions.len() < MOST_ACTIONS);
        for action in actions {
            match action {
                Action::Call { id, target, call } => self.calls.push_back((id, target, call)),
                Action::Wake { id, at } => {
                    self.timers.insert((at, id.0), id);
                }
                Action::Ask(_) => self.asks = true,
                Action::Finish(_) => self.finished = true,
                _ => {}
            }
        }
    }
}
