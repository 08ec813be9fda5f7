//! One stack on its way through a deployment.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assembly::StackId;
use crate::cloud::{Output, StackStatus};
use crate::difference::{Disagreement, Moved};
use crate::engine::{End, Moment};
use crate::plan::{ChangeSetPlan, Later, Seen, Then};
use crate::risk::Risk;

use super::changes::ChangeList;
use super::former::Former;
use super::holding::Hold;
use super::inputs::Inputs;
use super::keeping::Dropped;
use super::shelving::Shelf;
use super::template::TemplateFacts;

/// One stack on its way.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Work {
    pub(super) facts: TemplateFacts,
    pub(super) phase: Phase,
    /// The template the stack has.
    pub(super) deployed: Option<String>,
    pub(super) draft: Option<Draft>,
    pub(super) dropped: Vec<Dropped>,
    /// Exports that will have another value, and who imports them.
    pub(super) held: Vec<Dropped>,
    /// Outputs that will have another value, or have it.
    pub(super) moved: BTreeMap<String, Moved>,
    /// The template that keeps exports for a while, and what is done after that.
    pub(super) kept_template: Option<Arc<str>>,
    /// Where the template of the next change set is put first.
    pub(super) shelf: Option<Shelf>,
    pub(super) then: Option<Then>,
    pub(super) risks: Vec<Risk>,
    pub(super) disagreements: Vec<Disagreement>,
    /// How it was when the plan was made.
    pub(super) seen: Option<Seen>,
    /// Whether an operation of an earlier run brought it here.
    pub(super) attached: bool,
    /// How its operation ended, while it is found out why.
    pub(super) failed: Option<StackStatus>,
    pub(super) status: Option<StackStatus>,
    pub(super) outputs: Vec<Output>,
    /// Whether this run gave it other outputs.
    pub(super) outputs_differ: bool,
    /// How it was before this deployment changed it.
    pub(super) former: Option<Former>,
    /// Parameters of which it is not known what they were.
    pub(super) lost: Vec<String>,
    /// Whether this run changed it.
    pub(super) altered: bool,
    /// Whether it is deleted on the way back.
    pub(super) goes: bool,
    /// Whether the way back left it as it is.
    pub(super) left: bool,
    /// Since when it is asked whose operation goes on.
    pub(super) asking_since: Option<Moment>,
    /// Where it goes on when what was hotswapped is put back.
    pub(super) settles: Option<Phase>,
    /// Whether nothing that was hotswapped stands in its way.
    pub(super) settled: bool,
    /// Whether something that was hotswapped was put back.
    pub(super) put_back: bool,
    /// What is known of its policy.
    pub(super) hold: Hold,
}

/// Where a stack is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// It was not looked at.
    New,
    /// Its template is fetched.
    Reading,
    /// The service says that it is not as it was seen: all is planned anew.
    Misled,
    /// An operation of an earlier run goes on.
    Attached,
    /// Something is to be done with it.
    Read,
    /// Nothing is to be done with it.
    Unchanged,
    /// Its change set is made.
    Drafting,
    /// Its change set is there.
    Drafted,
    /// It was updated, and keeps exports until nobody imports them.
    Kept,
    /// It is planned when what it needs is there.
    Later(Later),
    /// What a failed creation left is deleted.
    Clearing,
    /// Its template is fetched before it is changed.
    Remembering,
    /// What was hotswapped is put back.
    Settling,
    /// Its change set is compared with what was agreed to; so many answers are missing.
    Verifying(u8),
    /// Its change set is about to be executed.
    Executing,
    /// Its operation goes on.
    Running,
    /// It is found out why it failed.
    Diagnosing,
    /// Its policy is read, or set.
    Holding(Until),
    /// It is protected, or not any more.
    Protecting,
    /// It is done with.
    Over(End),
}

/// What comes when the policy of a stack is as it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Until {
    /// Its change set is executed.
    Executed,
    /// It was changed.
    Changed,
    /// It was changed by an earlier run, which did not come to it.
    Unchanged,
    /// It failed, and was put back.
    RolledBack,
}

/// A change set on its way.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) inputs: Inputs,
    pub(super) name: String,
    /// Counts up when a change set of this name cannot be used.
    pub(super) attempt: u32,
    pub(super) change_set: Option<String>,
    /// The ARN of the stack.
    pub(super) arn: Option<String>,
    pub(super) since: Moment,
    pub(super) looks: u32,
    pub(super) changes: ChangeList,
    /// Whether its template was asked for, and the SHA-256 of it as the service has it.
    pub(super) asked_template: bool,
    pub(super) template: Option<String>,
    /// Why it failed, while it is found out what early validation says.
    pub(super) reason: Option<String>,
    /// Whether it was compared in this run and nobody was asked since.
    pub(super) fresh: bool,
    pub(super) planned: Option<ChangeSetPlan>,
}

impl Draft {
    /// One that is about to be made; of which try.
    pub(super) fn new(inputs: Inputs, name: String, attempt: u32, since: Moment) -> Self {
        Self {
            inputs,
            name,
            attempt,
            change_set: None,
            arn: None,
            since,
            looks: 0,
            changes: ChangeList::default(),
            asked_template: false,
            template: None,
            reason: None,
            fresh: false,
            planned: None,
        }
    }
}

impl Work {
    pub(super) fn new(facts: TemplateFacts) -> Self {
        Self {
            facts,
            phase: Phase::New,
            deployed: None,
            draft: None,
            dropped: Vec::new(),
            held: Vec::new(),
            moved: BTreeMap::new(),
            kept_template: None,
            shelf: None,
            then: None,
            risks: Vec::new(),
            disagreements: Vec::new(),
            seen: None,
            attached: false,
            failed: None,
            status: None,
            outputs: Vec::new(),
            outputs_differ: false,
            former: None,
            lost: Vec::new(),
            altered: false,
            goes: false,
            left: false,
            asking_since: None,
            settles: None,
            settled: false,
            put_back: false,
            hold: Hold::default(),
        }
    }

    pub(super) fn end(&self) -> Option<&End> {
        match &self.phase {
            Phase::Over(end) => Some(end),
            _ => None,
        }
    }

    /// Whether those that need it may begin.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.phase, Phase::Kept | Phase::Over(End::Unchanged | End::Changed | End::PutBack)) && !self.left
    }

    /// Whether an operation of ours goes on, or is about to.
    pub(super) fn is_busy(&self) -> bool {
        matches!(
            self.phase,
            Phase::Attached
                | Phase::Drafting
                | Phase::Clearing
                | Phase::Settling
                | Phase::Remembering
                | Phase::Verifying(_)
                | Phase::Executing
                | Phase::Running
                | Phase::Diagnosing
                | Phase::Holding(_)
                | Phase::Protecting
        )
    }

    /// Whether it was hotswapped, and is as the assembly says now.
    pub(super) fn is_in_step(&self) -> bool {
        self.settled && matches!(self.phase, Phase::Over(End::Unchanged | End::Changed))
    }

    /// Whether an operation may have been begun that nobody waits for yet.
    pub(super) fn is_executing(&self) -> bool {
        matches!(self.phase, Phase::Executing | Phase::Diagnosing)
    }

    /// The stack that was at fault, for those that need this one.
    pub(super) fn blame(&self, own: &StackId) -> Option<StackId> {
        match self.end()? {
            _ if self.left => Some(own.clone()),
            End::Unchanged | End::Changed | End::Deleted | End::PutBack => None,
            End::Skipped(cause) => Some(cause.clone()),
            End::RolledBack | End::Failed | End::NotBegun | End::Detached => Some(own.clone()),
        }
    }
}
