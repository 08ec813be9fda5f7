//! CloudFormation: a file for each family of operations.
//!
//! Source of every name: the service model `cloudformation/2010-05-15`.

mod change_sets;
mod changes;
mod drift;
mod events;
mod exports;
mod operation;
mod refactors;
mod repair;
mod resources;
mod stacks;
mod templates;

pub(super) use operation::{NAMESPACE, answer};
