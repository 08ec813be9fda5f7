//! What must always hold, and where it did not.

use std::fmt;

/// What must always hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Invariant {
    /// I1: only a change set that was read and agreed to is executed.
    Agreed,
    /// I2: never two operations of ours on a stack, never one change set twice.
    Once,
    /// I3: no change set and no empty stack of ours is left over.
    Tidy,
    /// I4: it says that it is done if and only if every stack is as the assembly says.
    True,
    /// I5: what a stack needs comes first.
    Order,
    /// I6: what holds data goes only when it was named.
    Data,
    /// I7: a secret shows nowhere.
    Secret,
    /// I8: it ends.
    Ends,
    /// I9: it asks no more than it may.
    Frugal,
    /// I10: a failure is told once.
    ToldOnce,
    /// I11: the same again is the same.
    Same,
    /// I12: a run that was killed and one after it come to what one run comes to.
    Resumed,
    /// I13: the outputs of all that is done are told.
    Outputs,
}

/// Something that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Breach {
    /// What should.
    pub invariant: Invariant,
    /// Which run, counted from nothing.
    pub run: usize,
    /// What happened instead.
    pub what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} does not hold in run {}: {}", self.invariant, self.run, self.what)
    }
}
