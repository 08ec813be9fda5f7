//! Scripts that try something again and again.

#[expect(clippy::module_inception, reason = "the chapter is named by its main type")]
mod canary;
mod permissions;
mod runtime;

pub use canary::{Canary, CanaryBuilder};
pub use runtime::{CanaryRuntime, ParseCanaryRuntimeError};
