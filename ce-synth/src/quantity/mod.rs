//! Amounts with a unit: [`Duration`], [`Size`], [`Percent`].
//!
//! ```
//! use ce_synth::{Duration, Percent, Size};
//! assert_eq!(Duration::days(14).as_seconds(), 1_209_600);
//! assert_eq!(Size::gib(2).as_mib(), 2048);
//! assert_eq!(Percent::new(70).value(), 70);
//! ```

mod duration;
mod percent;
mod size;

pub use duration::{Duration, ParseDurationError};
pub use percent::{ParsePercentError, Percent};
pub use size::{ParseSizeError, Size};
