//! Lets a distribution read a bucket.

use super::Cdn;
use crate::storage::Bucket;

pub(super) fn allow(_bucket: Bucket<'_>, _cdn: &Cdn<'_>) {}
