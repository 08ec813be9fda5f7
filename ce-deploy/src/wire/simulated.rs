//! The simulator behind the wire.

use std::collections::BTreeSet;

use super::service::{NewObject, Service};
use crate::cloud::{Answer, Call, Failure, Place, Target};
use crate::engine::Moment;
use crate::simulator::Simulator;

/// What stock bootstrapping names things by, and its version. Source: aws-cdk-cli, `bootstrap-template.yaml`.
const QUALIFIER: &str = "hnb659fds";
const VERSION: u32 = 32;

/// A simulator whose accounts and regions are bootstrapped as soon as somebody works in them.
#[derive(Clone, Debug)]
pub struct Simulated {
    simulator: Simulator,
    bootstrapped: BTreeSet<Place>,
}

impl Simulated {
    /// A simulator for callers who expect to find a prepared account.
    pub fn new(simulator: Simulator) -> Self {
        Self { simulator, bootstrapped: BTreeSet::new() }
    }

    fn prepared(&mut self, place: &Place) -> &mut Simulator {
        if self.bootstrapped.insert(place.clone()) {
            self.simulator.bootstrap(place, QUALIFIER, VERSION);
        }
        &mut self.simulator
    }
}

impl Service for Simulated {
    fn call(&mut self, now: Moment, target: &Target, call: Call) -> Result<Answer, Failure> {
        self.prepared(&target.place).call(now, target, call)
    }

    fn put_object(&mut self, now: Moment, target: &Target, object: NewObject) -> Result<(), Failure> {
        self.bucket(now, target, &object.bucket, object.owner.as_deref())?;
        self.simulator.put_object(&target.place, &object.bucket, &object.key, object.body, object.sha256)
    }

    fn object(&mut self, now: Moment, target: &Target, bucket: &str, key: &str) -> Result<Vec<u8>, Failure> {
        self.bucket(now, target, bucket, None)?;
        let missing = || Failure::answered("NoSuchKey", "The specified key does not exist.");
        self.simulator.object(bucket, key).map(|bytes| bytes.to_vec()).ok_or_else(missing)
    }

    fn bucket(&mut self, _: Moment, target: &Target, bucket: &str, owner: Option<&str>) -> Result<(), Failure> {
        let denied = || Failure::answered("AccessDenied", "Access Denied");
        match self.prepared(&target.place).bucket_owner(bucket) {
            None => Err(Failure::answered("NoSuchBucket", "The specified bucket does not exist")),
            Some(account) if account != target.place.account => Err(denied()),
            Some(account) if owner.is_some_and(|owner| owner != account) => Err(denied()),
            Some(_) => Ok(()),
        }
    }
}
