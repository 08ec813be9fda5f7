//! Where objects are kept: buckets.

mod bucket;

pub use bucket::{Bucket, BucketBuilder};
