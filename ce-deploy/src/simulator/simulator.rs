//! The simulator as a caller sees it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use ce_synth::schema::{Schemas, TypeSchema};
use serde_json::{Map, Value};

use super::fault::Fault;
use super::ledger::{Clash, Deed, Loss};
use super::service::Service;
use super::settings::Settings;
use super::stack::StackKey;
use super::truth::{KnownChangeSet, Truth};
use crate::cloud::{Alarm, Answer, Call, Failure, Place, Target};
use crate::engine::{Moment, Span};

/// A simulated cloud: accounts, regions, stacks, buckets, in the time that calls give it.
///
/// The same settings and the same calls at the same moments give the same answers, ids included.
///
/// ```
/// use ce_deploy::cloud::{Answer, Call, Place, Target};
/// use ce_deploy::engine::Moment;
/// use ce_deploy::simulator::{Settings, Simulator};
/// use ce_synth::schema::Schemas;
///
/// // Tests and `ce` hand in `ce_cfn::SCHEMAS`; without a table nothing is known to be replaced.
/// static NONE: Schemas = Schemas::new(b"");
/// let mut simulator = Simulator::new(Settings::default(), &NONE);
/// let target = Target::new(Place::new("111111111111", "eu-west-1"));
/// let answer = simulator.call(Moment(0), &target, Call::Identity).unwrap();
/// assert!(matches!(answer, Answer::Identity { account, .. } if account == "111111111111"));
/// ```
#[derive(Clone, Debug)]
pub struct Simulator {
    pub(super) service: Service,
}

impl Simulator {
    /// An empty cloud.
    pub fn new(settings: Settings, schemas: &'static Schemas) -> Self {
        Self { service: Service::new(settings, schemas) }
    }

    /// Asks at a moment. What was begun before and is over by then has happened.
    ///
    /// # Errors
    /// Whatever the service refuses, in its words; and what faults add.
    #[expect(clippy::needless_pass_by_value, reason = "a call is handed over, as to the SDK")]
    pub fn call(&mut self, now: Moment, target: &Target, call: Call) -> Result<Answer, Failure> {
        self.service.advance(now);
        self.service.take_call(target, &call)
    }

    /// Lets time go by without a call.
    pub fn advance(&mut self, now: Moment) {
        self.service.advance(now);
    }

    /// When the next thing happens by itself; none when nothing is under way.
    pub fn next_change(&self) -> Option<Moment> {
        self.service.next_task()
    }

    /// Adds faults that strike from now on.
    pub fn add_faults(&mut self, faults: &[Fault]) {
        self.service.faults.add(faults);
    }

    /// Ends all faults.
    pub fn heal(&mut self) {
        self.service.faults.heal();
    }

    /// How often faults have struck, also those that are healed.
    pub fn struck(&self) -> &BTreeMap<Fault, u32> {
        self.service.faults.struck()
    }

    /// How much longer than usual the last answer takes; a driver waits that long before it hands the answer on.
    pub fn delay(&self) -> Span {
        self.service.delay
    }

    /// Somebody changes a property of a resource, past its stack; whether the resource is there.
    pub fn change_behind(&mut self, place: &Place, stack: &str, logical: &str, property: &str, value: Value) -> bool {
        let key = self.named(place, stack);
        key.is_some_and(|key| self.service.change_behind(key, logical, property, value))
    }

    /// What a resource of a stack really has, whatever its stack says; none if it is not there.
    pub fn actual(&self, place: &Place, stack: &str, logical: &str) -> Option<&Map<String, Value>> {
        let key = self.named(place, stack)?;
        self.service.stack(key).resources.get(logical).map(|resource| &*resource.actual)
    }

    /// Somebody deletes a resource, past its stack; whether the resource is there.
    pub fn delete_behind(&mut self, place: &Place, stack: &str, logical: &str) -> bool {
        let key = self.named(place, stack);
        key.is_some_and(|key| self.service.delete_behind(key, logical))
    }

    /// Somebody makes a resource that no stack owns.
    pub fn make_resource(&mut self, place: &Place, type_name: &str, id: &str, properties: Map<String, Value>) {
        let key = self.service.place_key(place);
        self.service.place_mut(key).orphans.insert((type_name.to_owned(), id.to_owned()), Arc::new(properties));
    }

    /// Ids of the resources of a type that no stack owns: retained, leaked or made by somebody.
    pub fn unowned(&self, place: &Place, type_name: &str) -> Vec<String> {
        let orphans = self.service.find_place(place).map(|key| &self.service.place(key).orphans);
        let of_type = orphans.into_iter().flat_map(|orphans| orphans.keys()).filter(|(known, _)| known == type_name);
        of_type.map(|(_, id)| id.clone()).collect()
    }

    /// Items on a page of a long answer.
    pub fn page(&self) -> usize {
        self.service.settings.page
    }

    /// What is known of a resource type.
    pub fn schema(&self, type_name: &str) -> Option<&'static TypeSchema> {
        self.service.schemas.find(type_name)
    }

    /// Requests that were taken and change something, the first first; also somebody else's.
    pub fn deeds(&self) -> &[Deed] {
        &self.service.deeds
    }

    /// Requests that ran into an operation which ce itself had begun.
    pub fn clashes(&self) -> &[Clash] {
        &self.service.clashes
    }

    /// Resources that held data and were deleted, the first first; not those that the same operation had made.
    pub fn losses(&self) -> &[Loss] {
        &self.service.losses
    }

    /// The living stacks of a place, and those that were deleted, as they are: no read is late here.
    pub fn truth(&self) -> impl Iterator<Item = Truth<'_>> {
        let all = self.service.stacks.iter().enumerate();
        all.map(|(at, stack)| Truth { service: &self.service, stack, key: StackKey(at) })
    }

    /// A change set as it is, by ARN; also one that is gone.
    pub fn change_set(&self, arn: &str) -> Option<KnownChangeSet<'_>> {
        let found = self.service.change_sets.iter().find(|change_set| change_set.id == arn)?;
        Some(KnownChangeSet { service: &self.service, change_set: found })
    }

    /// Every change set there is or was.
    pub fn change_sets(&self) -> impl Iterator<Item = KnownChangeSet<'_>> {
        self.service.change_sets.iter().map(|change_set| KnownChangeSet { service: &self.service, change_set })
    }

    fn named(&self, place: &Place, stack: &str) -> Option<StackKey> {
        let place = self.service.find_place(place)?;
        self.service.place(place).names.get(stack).copied()
    }

    /// Prepares a place as bootstrapping does: a bucket for assets, and the version in Systems Manager.
    pub fn bootstrap(&mut self, place: &Place, qualifier: &str, version: u32) {
        let bucket = format!("cdk-{qualifier}-assets-{}-{}", place.account, place.region);
        self.service.buckets.make(&bucket, &place.account);
        self.set_parameter(place, &format!("/cdk-bootstrap/{qualifier}/version"), &version.to_string());
    }

    /// Makes a bucket.
    pub fn make_bucket(&mut self, place: &Place, bucket: &str) {
        self.service.buckets.make(bucket, &place.account);
    }

    /// Puts bytes into a bucket, for a caller of an account: `PutObject` without a file.
    ///
    /// # Errors
    /// There is no such bucket, or it belongs to another account.
    pub fn put_object(
        &mut self,
        place: &Place,
        bucket: &str,
        key: &str,
        bytes: impl Into<Vec<u8>>,
        sha256: Option<String>,
    ) -> Result<(), Failure> {
        self.service.buckets.put(&place.account, bucket, key, (bytes.into(), sha256))
    }

    /// The bytes of an object.
    pub fn object(&self, bucket: &str, key: &str) -> Option<Arc<[u8]>> {
        self.service.object(bucket, key)
    }

    /// The account that owns a bucket.
    pub fn bucket_owner(&self, bucket: &str) -> Option<&str> {
        self.service.buckets.owner(bucket)
    }

    /// Sets a plain value of Systems Manager.
    pub fn set_parameter(&mut self, place: &Place, name: &str, value: &str) {
        let key = self.service.place_key(place);
        self.service.place_mut(key).parameters.insert(name.to_owned(), value.to_owned());
    }

    /// An alarm is there, and goes off at a moment; never without one.
    pub fn set_alarm(&mut self, alarm: &Alarm, fires: Option<Moment>) {
        self.service.set_alarm(alarm.arn(), fires);
    }

    /// A file that calls may name without it being on disk.
    pub fn set_file(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) {
        self.service.files.insert(path.into(), text.into());
    }
}
