//! The time of a simulated cloud that is served.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use ce_deploy::engine::Moment;

/// A clock that starts at the present and may run faster.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    began: Instant,
    origin: u64,
    speed: f64,
}

impl Clock {
    /// A clock that starts now. A speed of 60 makes a minute of a second.
    pub fn start(speed: f64) -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let origin = u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX);
        Self { began: Instant::now(), origin, speed }
    }

    /// The time it shows.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a speed is positive, and `as` saturates"
    )]
    pub fn now(&self) -> Moment {
        let passed = self.began.elapsed().as_secs_f64() * 1_000.0 * self.speed;
        Moment(self.origin.saturating_add(passed as u64))
    }
}
