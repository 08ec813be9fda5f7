//! The words spoken with AWS: calls, answers, failures, as plain data.
//!
//! What for: the engine asks for a [`Call`] at a [`Target`] and is told an [`Answer`] or a [`Failure`]. The AWS SDK, the
//! simulator and a recording all speak this language, so the engine cannot tell them apart.
//!
//! ```
//! use ce_deploy::cloud::{Call, Page, Place, StackRef, Target};
//! let target = Target::new(Place::new("111111111111", "eu-west-1"));
//! let call = Call::DescribeStacks { stack: Some(StackRef::name("shop-network")), page: Page::first() };
//! assert!(!call.changes_something());
//! assert_eq!(target.place.to_string(), "111111111111/eu-west-1");
//! ```
//!
//! Values that may be secret ([`Secret`]) show neither in `Debug` nor in a `Display`.
//!
//! Names are those of the CloudFormation API, and of Cloud Control where one resource is meant. Sources: the service models
//! `cloudformation/2010-05-15` and `cloudcontrol/2021-09-30`.

mod answer;
mod call;
mod change;
mod drift;
mod event;
mod evidence;
mod failure;
mod guard;
mod place;
mod resource_request;
mod secret;
mod stack;
mod stack_ref;
mod stack_status;
mod token;

pub use answer::{Answer, ChangeSetAnswer, ChangeSetState, ExecutionState, RefactorState};
pub use call::{
    Call, Capability, ChangeSetRequest, ChangeSetType, Content, ImportedResource, Mode, OnFailure, Page, Template,
};
pub use change::{Action, Change, ChangeDetail, Evaluation, IgnoredDrift, IgnoredReason, Recreation, Replacement};
pub use drift::{DriftDetection, DriftState, PropertyDifference, ResourceDrift};
pub use event::StackEvent;
pub use evidence::{
    ContainerLog, EcsService, EvidenceAnswer, EvidenceCall, JsonRequest, LogLine, Rollout, StoppedContainer,
    StoppedTask, TracedCall,
};
pub use failure::{Failure, FailureKind};
pub use guard::{Alarm, Guard, MOST_ALARMS, Minutes, NoAlarm, TooLong};
pub use place::{Place, Target};
pub use resource_request::{RequestState, ResourceRequest};
pub use secret::Secret;
pub use stack::{Operation, Output, ParameterValue, Stack, StackResource, Tag};
pub use stack_ref::StackRef;
pub use stack_status::StackStatus;
pub use token::Token;
