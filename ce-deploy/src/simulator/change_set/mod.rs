//! Change sets: what would change, worked out before it does.

mod capabilities;
mod compare;
mod create;
mod describe;
mod execute;
mod nested;
mod planned;
mod record;
mod validation;
mod work_out;

pub(super) use record::{ChangeSet, ChangeSetKey};
