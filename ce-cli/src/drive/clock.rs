//! The machine's clock, as the engine sees it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ce_deploy::engine::Moment;

/// The present.
pub(crate) fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// How long it is until then.
pub(super) fn until(moment: Moment) -> Duration {
    Duration::from_millis((moment - now()).0)
}
