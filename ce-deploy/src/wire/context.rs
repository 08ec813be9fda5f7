//! What an operation works with.

use super::service::Service;
use crate::cloud::{Answer, Call, Failure, Target};
use crate::engine::Moment;

/// The cloud, the time, and who asks.
pub(super) struct Context<'a> {
    pub(super) service: &'a mut dyn Service,
    pub(super) now: Moment,
    pub(super) target: Target,
}

impl Context<'_> {
    pub(super) fn call(&mut self, call: Call) -> Result<Answer, Failure> {
        self.service.call(self.now, &self.target, call)
    }

    /// For calls whose answer is that they were taken.
    pub(super) fn tell(&mut self, call: Call) -> Result<(), Failure> {
        self.call(call).map(drop)
    }

    pub(super) fn object(&mut self, bucket: &str, key: &str) -> Result<Vec<u8>, Failure> {
        self.service.object(self.now, &self.target, bucket, key)
    }
}

/// The service answered something else than it was asked for: a mistake in it.
pub(super) fn mismatch() -> Failure {
    Failure::answered("InternalFailure", "the simulated service answered another call")
}
