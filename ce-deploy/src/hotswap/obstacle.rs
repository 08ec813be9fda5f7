//! Why something cannot be swapped.

use std::fmt;

use crate::assembly::{Origin, StackId};

/// A difference that only a deployment makes, and why. No value of a property is in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Obstacle {
    /// The stack of the assembly.
    pub stack: StackId,
    /// The resource; empty for the stack itself.
    pub logical_id: String,
    /// The resource's type; empty for the stack itself.
    pub type_name: String,
    /// Its construct and line, as far as the assembly knows them.
    pub origin: Origin,
    /// Why, without a full stop.
    pub why: String,
}

impl Obstacle {
    /// Something about a whole stack.
    pub(crate) fn of_stack(stack: &StackId, why: impl Into<String>) -> Self {
        let (logical_id, type_name) = (String::new(), String::new());
        Self { stack: stack.clone(), logical_id, type_name, origin: Origin::default(), why: why.into() }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.logical_id.is_empty() {
            write!(f, "`{}` {}: ", self.logical_id, self.type_name)?;
        }
        f.write_str(&self.why)
    }
}
