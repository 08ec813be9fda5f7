//! Lets a distribution read a bucket.

use super::Cdn;
use crate::storage::Bucket;

/// This distribution alone, where both are in one stack. Between stacks each would need the other first, so the bucket
/// lets in the account's distributions.
#[track_caller]
pub(super) fn allow<'a>(bucket: Bucket<'a>, cdn: Cdn<'a>) {
    let cdn_stack = cdn.distribution().scope().stack().node();
    if bucket.scope().stack().node() == cdn_stack {
        bucket.allow_cloudfront(cdn.arn());
    } else {
        bucket.allow_own_cloudfront();
    }
}
