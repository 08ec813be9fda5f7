//! What a call about a resource is for.

/// One change of a stack.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::engine) enum Part {
    /// A new revision of the task definition with this logical id.
    Revision(String),
    /// The change of the resource with this logical id.
    Patch(String),
}

/// What a call or a reminder is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::engine) enum SwapStep {
    /// What the resources of the stack are called.
    Resources,
    /// What a resource has now, of which values take something.
    Read(String),
    /// The call that changes something; a reminder to send it again.
    Begin(Part),
    /// How far a change is, by the id of its request.
    Look(Part, String),
}

impl Part {
    /// The logical id it is about.
    pub(in crate::engine) fn logical_id(&self) -> &str {
        match self {
            Self::Revision(id) | Self::Patch(id) => id,
        }
    }
}
