//! The simulator: each behaviour of the service it plays, and many schedules of faults.

mod bench;
mod lifecycle;
