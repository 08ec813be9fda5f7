//! What is told on the way.

use super::{End, Evidence, Problem, Span};
use crate::assembly::{AssetId, Origin, StackId};
use crate::cloud::{Place, StackEvent, StackStatus, Token};

/// Something worth telling while it happens. Each is told once. Texts of the service are its own: clean them before they
/// reach a terminal. No value of a parameter or output is in any of them.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Progress {
    /// A file or image is published.
    Published {
        /// The asset.
        asset: AssetId,
        /// Whether it was there already.
        reused: bool,
    },
    /// It is known what a stack needs.
    Planned {
        /// The stack.
        stack: StackId,
        /// What.
        step: PlannedStep,
    },
    /// A change set is made, or taken over from an earlier run.
    ChangeSet {
        /// The stack.
        stack: StackId,
        /// Its ARN.
        change_set: String,
        /// How many resources it changes.
        changes: usize,
    },
    /// An operation is begun, or found going on.
    Begun {
        /// The stack.
        stack: StackId,
        /// Its ARN.
        arn: String,
        /// The token that makes the operation ours.
        token: Token,
        /// Whether an earlier run of ours began it.
        attached: bool,
    },
    /// Something happens to a resource.
    Resource {
        /// The stack.
        stack: StackId,
        /// What.
        event: ResourceEvent,
    },
    /// A stack is in another state.
    Status {
        /// The stack.
        stack: StackId,
        /// Which.
        status: StackStatus,
    },
    /// Nothing happened for a while; these stacks are being worked on.
    Heartbeat {
        /// Which, and for how long.
        running: Vec<(StackId, Span)>,
    },
    /// A place asks us to slow down.
    Throttled {
        /// The place.
        place: Place,
    },
    /// A call is sent again.
    Retry {
        /// The place.
        place: Place,
        /// Why.
        reason: String,
        /// Which try comes next.
        attempt: u32,
    },
    /// Why a stack failed.
    Diagnosis {
        /// The stack.
        stack: StackId,
        /// What failed of itself, the first first.
        causes: Vec<ResourceEvent>,
    },
    /// What other services say about why a stack failed. It comes after the last stack is done with.
    Evidence {
        /// The stack.
        stack: StackId,
        /// What, of one of its causes.
        evidence: Vec<Evidence>,
    },
    /// Something remains that nobody asked for: a resource that a clean-up could not delete.
    Leaked {
        /// The stack.
        stack: StackId,
        /// What.
        event: ResourceEvent,
    },
    /// The policy of a stack is left as it is. Where it is not allowed to set any, this is told of the first.
    Unheld {
        /// The stack.
        stack: StackId,
        /// Why, partly in the service's words.
        reason: String,
    },
    /// Something is wrong.
    Problem(Problem),
    /// A stack failed, and those that were changed are put back.
    TurningBack {
        /// Which.
        stacks: Vec<StackId>,
    },
    /// The first Ctrl-C was heard: nothing new is begun. Ask whether to wait, detach or cancel.
    Stopping {
        /// What goes on.
        running: Vec<StackId>,
    },
    /// A stack is done with.
    Finished {
        /// The stack.
        stack: StackId,
        /// How it ended.
        end: End,
        /// Its state.
        status: Option<StackStatus>,
    },
}

/// What a stack needs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PlannedStep {
    /// Nothing.
    Unchanged,
    /// Nothing either: its template has no resources, and CloudFormation makes no such stack.
    Empty,
    /// It is made.
    Create,
    /// It is changed.
    Update,
    /// It is planned again when what it needs is there.
    Later,
    /// It is deleted.
    Delete,
}

/// Something that happened to a resource.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceEvent {
    /// Its id in the template.
    pub logical_id: String,
    /// Its id in the service.
    pub physical_id: Option<String>,
    /// Its type.
    pub type_name: String,
    /// Its state, `CREATE_FAILED`.
    pub status: String,
    /// Why, in the service's words.
    pub reason: Option<String>,
    /// When, in milliseconds since 1970, by the service's clock.
    pub at: u64,
    /// Where it was written, if the assembly knows.
    pub origin: Option<Origin>,
    /// Who makes it, where that is a custom resource: its `ServiceToken`.
    pub handler: Option<String>,
}

impl ResourceEvent {
    pub(crate) fn of(event: &StackEvent, origin: Option<Origin>) -> Self {
        Self {
            logical_id: event.logical_id.clone(),
            physical_id: event.physical_id.clone(),
            type_name: event.type_name.clone(),
            status: event.status.clone(),
            reason: event.reason.clone(),
            at: event.at,
            origin,
            handler: event.handler.clone(),
        }
    }
}
