//! A stack as the service shows it.

use super::{Guard, Secret, StackStatus};

/// A stack (`DescribeStacks`).
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Stack {
    /// Its ARN.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its state.
    pub status: StackStatus,
    /// Why it is in this state, in the service's words.
    pub status_reason: Option<String>,
    /// Its outputs.
    pub outputs: Vec<Output>,
    /// The parameters of its last operation; `****` where the template hides them.
    pub parameters: Vec<ParameterValue>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Whether it refuses to be deleted.
    pub termination_protection: bool,
    /// The role that CloudFormation works with.
    pub role: Option<String>,
    /// The ARN of the stack it is nested in, the outermost.
    pub root: Option<String>,
    /// When it was made, in milliseconds since 1970.
    pub created: u64,
    /// When an update last began.
    pub updated: Option<u64>,
    /// The change set that was executed last.
    pub change_set: Option<String>,
    /// Its last operations, the latest first.
    pub operations: Vec<Operation>,
    /// The topics that are told of its events.
    pub notification_arns: Vec<String>,
    /// Alarms that take its operations back.
    pub guard: Guard,
    /// Whether its last operation was in express mode (`DeploymentConfig.Mode`).
    pub express: bool,
}

impl Stack {
    /// A stack of which no more is known.
    pub fn new(id: impl Into<String>, name: impl Into<String>, status: StackStatus) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            status,
            status_reason: None,
            outputs: Vec::new(),
            parameters: Vec::new(),
            tags: Vec::new(),
            termination_protection: false,
            role: None,
            root: None,
            created: 0,
            updated: None,
            change_set: None,
            operations: Vec::new(),
            notification_arns: Vec::new(),
            guard: Guard::default(),
            express: false,
        }
    }
}

/// An operation of a stack (`LastOperations`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operation {
    /// `CREATE_STACK`, `UPDATE_STACK`, `ROLLBACK`, `DELETE_STACK`, …
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// An output. Its value may be secret: templates copy hidden parameters into outputs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Secret,
    /// The name it is exported under.
    pub export: Option<String>,
}

/// A parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParameterValue {
    /// Its name.
    pub key: String,
    /// Its value; none takes the one of the last operation (`UsePreviousValue`).
    pub value: Option<Secret>,
}

/// A tag.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A resource of a stack (`ListStackResources`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StackResource {
    /// Its id in the template.
    pub logical_id: String,
    /// Its id in the service; none before it is made.
    pub physical_id: Option<String>,
    /// Its type.
    pub type_name: String,
    /// Its state, `CREATE_COMPLETE`.
    pub status: String,
    /// Why, in the service's words.
    pub status_reason: Option<String>,
}
