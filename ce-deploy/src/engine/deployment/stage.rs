//! How far a deployment is.

/// How far a deployment is. Each stage ends when every stack has come through it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Stage {
    /// Nothing was asked yet.
    New,
    /// Whose accounts these are. A wrong one ends it before anything else is asked.
    Checking,
    /// What is there.
    Surveying,
    /// What the stacks have now; also waits for operations of an earlier run of ours.
    Reading,
    /// Who imports what is to go.
    Tracing,
    /// What the places have, where something is to be changed.
    Preparing,
    /// Files and images are published. Nothing is changed before all are there.
    Publishing,
    /// Change sets are made.
    Drafting,
    /// Who reads or imports what will have another value.
    Holding,
    /// Somebody decides.
    Deciding,
    /// Change sets are executed.
    Applying,
    /// What nobody needs is deleted.
    Cleaning,
    /// The end was told.
    Over,
}
