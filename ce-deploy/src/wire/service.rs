//! What stands behind the wire.

use crate::cloud::{Answer, Call, Failure, Target};
use crate::engine::Moment;

/// A cloud that answers. Not a trait of what it is, but of what the wire needs of it.
pub trait Service {
    /// Answers a call.
    ///
    /// # Errors
    /// Whatever the simulated service refuses. [`FailureKind::NoAnswer`](crate::cloud::FailureKind::NoAnswer) closes the
    /// connection, [`FailureKind::Garbled`](crate::cloud::FailureKind::Garbled) sends half an answer.
    fn call(&mut self, now: Moment, target: &Target, call: Call) -> Result<Answer, Failure>;

    /// Keeps an object. `Call::PutObject` names a file; over the wire the bytes themselves come.
    ///
    /// # Errors
    /// There is no such bucket, or it belongs to another account.
    fn put_object(&mut self, now: Moment, target: &Target, object: NewObject) -> Result<(), Failure>;

    /// The bytes of an object.
    ///
    /// # Errors
    /// There is no such object.
    fn object(&mut self, now: Moment, target: &Target, bucket: &str, key: &str) -> Result<Vec<u8>, Failure>;

    /// Whether the caller may work with a bucket, of which it may name the owner. Default: always.
    ///
    /// # Errors
    /// There is no such bucket, or it belongs to another account.
    fn bucket(&mut self, _now: Moment, _target: &Target, _bucket: &str, _owner: Option<&str>) -> Result<(), Failure> {
        Ok(())
    }

    /// Whether the caller may assume a role in the target's account. Default: always.
    ///
    /// # Errors
    /// The caller may not.
    fn assume_role(&mut self, _now: Moment, _target: &Target) -> Result<(), Failure> {
        Ok(())
    }
}

/// An object on its way to a bucket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewObject {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// What it holds.
    pub body: Vec<u8>,
    /// The SHA-256 the sender gave, in hexadecimal; S3 keeps it with the object.
    pub sha256: Option<String>,
    /// The account that the sender takes for the owner of the bucket.
    pub owner: Option<String>,
}
