//! A cloud in which time passes only when it is asked something: however slow the machine, the same is seen.

use ce_deploy::cloud::{Answer, Call, Failure, Target};
use ce_deploy::engine::{Moment, Span};
use ce_deploy::simulator::Simulator;
use ce_deploy::wire::{NewObject, Service, Simulated};

/// A simulated cloud with a time of its own.
pub(crate) struct Stepping {
    cloud: Simulated,
    step: Span,
    now: Option<Moment>,
}

impl Stepping {
    /// From the first call on, so much time passes with each.
    pub(crate) fn by(step: Span, simulator: Simulator) -> Self {
        Self { cloud: Simulated::new(simulator), step, now: None }
    }

    fn now(&mut self, first: Moment) -> Moment {
        let now = self.now.map_or(first, |now| now + self.step);
        self.now = Some(now);
        now
    }
}

impl Service for Stepping {
    fn call(&mut self, now: Moment, target: &Target, call: Call) -> Result<Answer, Failure> {
        let now = self.now(now);
        self.cloud.call(now, target, call)
    }

    fn put_object(&mut self, now: Moment, target: &Target, object: NewObject) -> Result<(), Failure> {
        let now = self.now(now);
        self.cloud.put_object(now, target, object)
    }

    fn object(&mut self, now: Moment, target: &Target, bucket: &str, key: &str) -> Result<Vec<u8>, Failure> {
        let now = self.now(now);
        self.cloud.object(now, target, bucket, key)
    }
}
