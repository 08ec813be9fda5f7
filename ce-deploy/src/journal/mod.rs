//! What a run did, line by line, so that the next one can go on.
//!
//! What for: the engine appends a line before each thing that must not be done twice or forgotten: an operation on a
//! stack, a change set, a stack that a change set makes. The driver writes it to disk before the call is sent. The next
//! run reads the lines back: operations that were begun and not seen to end, and things to clean up.
//!
//! ```
//! use ce_deploy::journal::{Entry, Journal};
//! let line = Entry::Began { command: "deploy".into(), assembly: "6b1f".into() }.line();
//! let journal = Journal::read(&format!("{line}\n{line}\nff00 {{\"torn"));
//! assert_eq!(journal.entries.len(), 2);
//! assert_eq!(journal.damaged, 1);
//! ```
//!
//! What it does not do: decide. The truth is the service and tokens that can be worked out again; a run without its
//! journal finds its operations too, it only cleans up less. No value of a parameter or output is in it.

mod entry;
mod former;
mod reading;
mod swap;
mod trace;
mod trimming;

pub use entry::{Entry, Made};
pub use former::{Before, Former};
pub use reading::{Journal, LastOperation, OpenOperation};
pub use swap::{Setting, Settings, Swap, Swapped};
pub use trace::{Trace, TraceKey};
pub use trimming::trimmed;
