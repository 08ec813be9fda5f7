//! What AWS answers.

use super::{
    Change, DriftDetection, EvidenceAnswer, Guard, Page, ParameterValue, ResourceDrift, ResourceRequest, Secret, Stack,
    StackEvent, StackResource, Tag,
};

/// An answer; each belongs to the [`Call`](super::Call) of the same name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The account, and the caller's ARN.
    Identity {
        /// The account's twelve digits.
        account: String,
        /// The caller.
        arn: String,
    },
    /// The value of a plain parameter.
    Parameter(String),
    /// Stacks; the page is where to go on, none when this was the last.
    Stacks(Vec<Stack>, Option<Page>),
    /// Events, the latest first.
    Events(Vec<StackEvent>, Option<Page>),
    /// Resources.
    Resources(Vec<StackResource>, Option<Page>),
    /// A template's text.
    Template(String),
    /// A stack's policy; none if it has none.
    StackPolicy(Option<String>),
    /// The ARNs of a new change set and of its stack.
    ChangeSetCreated {
        /// The change set.
        change_set: String,
        /// The stack.
        stack: String,
    },
    /// A change set.
    ChangeSet(Box<ChangeSetAnswer>),
    /// Change sets of a stack: ARN, name, execution state.
    ChangeSets(Vec<(String, String, ExecutionState)>, Option<Page>),
    /// Stacks that import, by name.
    Imports(Vec<String>, Option<Page>),
    /// What identifies a detection of drift.
    DriftStarted(String),
    /// How far it is.
    DriftDetection(DriftDetection),
    /// What differs.
    ResourceDrifts(Vec<ResourceDrift>, Option<Page>),
    /// What identifies a refactoring.
    RefactorCreated(String),
    /// How far it is.
    Refactor(RefactorState),
    /// An object is there.
    Object {
        /// The SHA-256 that S3 keeps of it, in hexadecimal; none if it keeps none.
        sha256: Option<String>,
        /// Its size in bytes.
        bytes: u64,
    },
    /// What another service says about something that failed.
    Evidence(EvidenceAnswer),
    /// The properties of a resource, as JSON; without those that no read gives back.
    Properties(Secret),
    /// How far a change of a resource is.
    ResourceRequest(ResourceRequest),
    /// The request was taken; there is nothing to say.
    Done,
}

/// A change set (`DescribeChangeSet`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeSetAnswer {
    /// Its ARN.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The stack's ARN.
    pub stack: String,
    /// How far it is.
    pub state: ChangeSetState,
    /// Why, in the service's words.
    pub reason: Option<String>,
    /// Whether it can be executed.
    pub execution: ExecutionState,
    /// The changes of this page.
    pub changes: Vec<Change>,
    /// The parameters it was made with.
    pub parameters: Vec<ParameterValue>,
    /// The tags it was made with.
    pub tags: Vec<Tag>,
    /// The alarms it was made with, where the service tells them.
    pub guard: Option<Guard>,
    /// Where to go on.
    pub next: Option<Page>,
}

impl ChangeSetAnswer {
    /// Whether it failed because there is nothing to change. The service has no code for it, only words.
    /// Source: seen on the service and in aws-cdk-cli, `changeSetHasNoChanges`.
    pub fn has_no_changes(&self) -> bool {
        const WORDS: [&str; 2] = ["didn't contain changes", "No updates are to be performed"];
        self.state == ChangeSetState::Failed
            && self.reason.as_deref().is_some_and(|reason| WORDS.iter().any(|words| reason.contains(words)))
    }
}

/// How far a change set is (`ChangeSetStatus`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangeSetState {
    /// It is worked out.
    InProgress,
    /// It is there.
    Complete,
    /// It could not be made.
    Failed,
    /// It is gone, or will be.
    Deleted,
}

/// Whether a change set can be executed (`ExecutionStatus`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExecutionState {
    /// Not yet, or never.
    Unavailable,
    /// It can.
    Available,
    /// It is being executed.
    InProgress,
    /// It was.
    Complete,
    /// It was, and failed.
    Failed,
    /// The stack has changed since.
    Obsolete,
}

/// How far a refactoring is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RefactorState {
    /// It is worked out or executed.
    InProgress,
    /// It can be executed.
    Ready,
    /// It was executed.
    Complete,
    /// It cannot be done, or failed.
    Failed(String),
}
