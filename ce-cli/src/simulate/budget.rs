//! How many requests an account still takes.

use std::time::Instant;

/// A bucket of tokens that fills with real time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    rate: f64,
    left: f64,
    at: Instant,
}

impl Budget {
    /// Full: one second's worth of requests, at least one.
    pub(super) fn new(rate: f64) -> Self {
        Self { rate, left: rate.max(1.0), at: Instant::now() }
    }

    /// Takes a request if there is room for it.
    pub(super) fn takes_one(&mut self) -> bool {
        let now = Instant::now();
        let regained = now.duration_since(self.at).as_secs_f64() * self.rate;
        self.at = now;
        self.left = (self.left + regained).min(self.rate.max(1.0));
        let takes = self.left >= 1.0;
        if takes {
            self.left -= 1.0;
        }
        takes
    }
}
