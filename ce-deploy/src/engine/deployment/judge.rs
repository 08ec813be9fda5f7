//! Who says what is risky.

use std::fmt;
use std::sync::Arc;

use crate::assembly::Stack;
use crate::cloud::Change;
use crate::risk::Risk;

/// A change that is judged.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The stack as the assembly says.
    pub stack: &'a Stack,
    /// The template it has; none if it is not there.
    pub deployed: Option<&'a str>,
    /// What the change set changes; none where there is none yet.
    pub changes: Option<&'a [Change]>,
    /// Whether the stack is deleted, rather than brought to what the assembly says.
    pub deletes: bool,
}

type Judgement = dyn Fn(&Case<'_>) -> Vec<Risk> + Send + Sync;

/// Says what is risky about a change.
#[derive(Clone)]
pub struct Judge(Arc<Judgement>);

impl Judge {
    /// A judge.
    ///
    /// ```
    /// use ce_deploy::engine::Judge;
    /// let nothing_is_risky = Judge::new(|_| Vec::new());
    /// # let _ = nothing_is_risky;
    /// ```
    pub fn new(judge: impl Fn(&Case<'_>) -> Vec<Risk> + Send + Sync + 'static) -> Self {
        Self(Arc::new(judge))
    }

    pub(crate) fn judge(&self, case: &Case<'_>) -> Vec<Risk> {
        (self.0)(case)
    }
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Judge")
    }
}
