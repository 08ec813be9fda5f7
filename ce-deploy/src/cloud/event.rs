//! What happens to a stack and its resources.

use super::Token;

/// An event (`DescribeStackEvents`, `DescribeEvents`). The stack's own events carry its ARN as physical id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StackEvent {
    /// Its id; an event can be seen twice.
    pub id: String,
    /// The stack's ARN.
    pub stack: String,
    /// The resource's id in the template, or the stack's name.
    pub logical_id: String,
    /// The resource's id in the service.
    pub physical_id: Option<String>,
    /// The resource's type.
    pub type_name: String,
    /// The resource's state, `CREATE_FAILED`.
    pub status: String,
    /// Why, in the service's words.
    pub reason: Option<String>,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// The token of the request that caused it.
    pub token: Option<Token>,
    /// The operation it belongs to.
    pub operation: Option<String>,
    /// `CONFIGURATION_COMPLETE` or `VALIDATION_FAILED`, where the service says so.
    pub detailed_status: Option<String>,
    /// Who makes it: the `ServiceToken` of a custom resource. No other property is read.
    pub handler: Option<String>,
}

impl StackEvent {
    /// Whether it is about the stack itself.
    pub fn is_of_stack(&self) -> bool {
        self.physical_id.as_deref() == Some(self.stack.as_str())
    }

    /// Whether something failed of itself: a resource whose creation was cancelled did not.
    pub fn is_cause(&self) -> bool {
        let cancelled = self.reason.as_deref().is_some_and(|reason| reason.contains("cancelled"));
        self.status.ends_with("_FAILED") && !cancelled && !self.is_of_stack()
    }
}
