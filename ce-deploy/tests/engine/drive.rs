//! Drives an operation over the simulated cloud, in a time of its own.

use std::collections::BTreeMap;

use ce_deploy::engine::{Action, Event, Moment, Operation, Outcome, Packed, Progress, Pushed, Question};
use ce_deploy::plan::{Approval, Decision};

use crate::cloud::Cloud;

const LATENCY: u64 = 20;

/// A run that came to its end, or was stopped.
pub(crate) struct Run {
    pub(crate) outcome: Option<Outcome>,
    pub(crate) told: Vec<Progress>,
    pub(crate) journal: String,
    pub(crate) asked: Vec<Question>,
    pub(crate) took: u64,
    pub(crate) actions: usize,
}

/// What happens to a run from outside.
#[derive(Default)]
pub(crate) struct Fate {
    /// After so many steps the process is gone.
    pub(crate) killed_after: Option<usize>,
    /// What is reported at a time after the beginning.
    pub(crate) events: Vec<(u64, Event)>,
    /// What is answered to a question; declined without one.
    pub(crate) approval: Option<Approval>,
}

pub(crate) fn drive(cloud: &mut Cloud, start: u64, operation: &mut dyn Operation) -> Run {
    drive_with(cloud, start, operation, Fate::default())
}

pub(crate) fn drive_with(cloud: &mut Cloud, start: u64, operation: &mut dyn Operation, fate: Fate) -> Run {
    let mut queue: BTreeMap<(u64, u64), Event> = BTreeMap::new();
    let mut serial = 0;
    let mut put = |queue: &mut BTreeMap<(u64, u64), Event>, at: u64, event: Event| {
        serial += 1;
        queue.insert((at, serial), event);
    };
    put(&mut queue, start, Event::Started);
    for (after, event) in fate.events {
        put(&mut queue, start + after, event);
    }
    let mut run =
        Run { outcome: None, told: Vec::new(), journal: String::new(), asked: Vec::new(), took: 0, actions: 0 };
    let mut steps = 0;
    while let Some(((now, _), event)) = queue.pop_first() {
        if fate.killed_after.is_some_and(|after| steps >= after) {
            return run;
        }
        steps += 1;
        assert!(steps < 200_000, "it does not end");
        for action in operation.step(Moment(now), event) {
            run.actions += 1;
            match action {
                Action::Call { id, target, call } => {
                    let result = cloud.call(now, &target, &call);
                    let at = now + LATENCY + cloud.simulator.delay().0;
                    put(&mut queue, at, Event::Answered { id, result });
                }
                Action::Wake { id, at } => put(&mut queue, at.0.max(now), Event::Woke(id)),
                Action::Record(line) => run.journal += &(line + "\n"),
                Action::Tell(progress) => run.told.push(*progress),
                Action::Pack { asset } => {
                    let packed = Packed { file: asset.as_str().into(), sha256: "abc".into(), content_type: None };
                    put(&mut queue, now + 1, Event::Packed { asset, result: Ok(packed) });
                }
                Action::PublishImage { asset } => {
                    put(&mut queue, now + 1, Event::Published { asset, result: Ok(Pushed::Now) })
                }
                Action::Ask(question) => {
                    run.asked.push(*question);
                    let decision = fate.approval.clone().map_or(Decision::Declined, Decision::Approved);
                    put(&mut queue, now + 1_000, Event::Decided(decision));
                }
                Action::Finish(outcome) => {
                    run.outcome = Some(*outcome);
                    run.took = now - start;
                    return run;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    panic!("nothing is left to happen, and it has not ended: {:?}", run.told);
}

impl Run {
    pub(crate) fn outcome(&self) -> &Outcome {
        self.outcome.as_ref().expect("it ended")
    }
}
