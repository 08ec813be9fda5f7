//! JSON that cannot be trusted.
//!
//! Two readers of one text must see the same thing. So a key that is there twice is refused (which of the two counts
//! differs from reader to reader), and so is what is nested too deep or too large.
//!
//! ```
//! use ce_deploy::json;
//! assert!(json::parse(br#"{"a": [1, {"b": null}]}"#).is_ok());
//! assert!(json::parse(br#"{"a": 1, "a": 2}"#).unwrap_err().to_string().contains("`a` is there twice"));
//! ```

mod canonical;
mod fields;
mod strict;

pub use canonical::canonical;
pub(crate) use fields::{Fields, Misshapen};
pub use strict::{DEPTH, JsonError, parse};
