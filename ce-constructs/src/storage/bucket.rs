//! Buckets.

use ce_cfn::{ids, s3};
use ce_synth::{Scope, Value};

/// A bucket of S3; `Copy`.
#[derive(Clone, Copy)]
pub struct Bucket<'a> {
    scope: Scope<'a>,
    bucket: s3::BucketRef<'a>,
}

impl<'a> Bucket<'a> {
    /// A bucket.
    pub fn builder() -> BucketBuilder<'a> {
        BucketBuilder { name: None, marker: std::marker::PhantomData }
    }

    /// The bucket's ARN.
    pub fn arn(self) -> Value<ids::S3BucketArn> {
        self.bucket.arn()
    }

    /// The bucket's name.
    pub fn name(self) -> Value<ids::S3Bucket> {
        self.bucket.ref_()
    }

    /// The resource, for what this block does not set.
    pub fn bucket(self) -> s3::BucketRef<'a> {
        self.bucket
    }

    /// The scope of the bucket and of what belongs to it.
    pub fn scope(self) -> Scope<'a> {
        self.scope
    }
}

/// Settings of a [`Bucket`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct BucketBuilder<'a> {
    name: Option<String>,
    marker: std::marker::PhantomData<&'a ()>,
}

impl<'a> BucketBuilder<'a> {
    /// Adds the bucket.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Bucket<'a> {
        let scope = scope.child(id);
        Bucket { scope, bucket: scope.add("Resource", s3::Bucket::new().bucket_name(self.name)) }
    }
}
