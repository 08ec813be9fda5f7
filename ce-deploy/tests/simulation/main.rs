//! The simulator: each behaviour of the service it plays, and many schedules of faults.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod apps;
mod behaviour;
mod bench;
mod borders;
mod campaign;
mod change_sets;
mod control;
mod crash;
mod evidence;
mod express;
mod faults;
mod guards;
mod judged;
mod lifecycle;
mod page;
mod plans;
mod policies;
mod reads;
mod repair;
mod stale;
mod templates;
