//! What the service says when it refuses.

use super::stack::Stack;
use crate::cloud::Failure;

/// A request that is wrong.
pub(super) fn invalid(words: impl Into<String>) -> Failure {
    Failure::answered("ValidationError", words)
}

/// There is no such stack.
pub(super) fn no_such_stack(name: &str) -> Failure {
    invalid(format!("Stack [{name}] does not exist"))
}

/// `DescribeStacks` says it with other words. Source: aws-cdk-cli, which looks for them.
pub(super) fn no_stack_with_id(name: &str) -> Failure {
    invalid(format!("Stack with id {name} does not exist"))
}

/// The stack's state does not allow it.
pub(super) fn wrong_state(stack: &Stack, done: &str) -> Failure {
    invalid(format!("Stack:{} is in {} state and can not be {done}.", stack.id, stack.status))
}

/// A stack that was left where it failed. Source: aws-cdk-cli#1973.
pub(super) fn only_without_rollback(stack: &Stack) -> String {
    format!(
        "This stack is currently in a non-terminal [{}] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API",
        stack.status
    )
}

/// One that express mode left so. Source: aws-cdk-cli#1739.
pub(super) fn only_express(stack: &Stack) -> String {
    format!(
        "This stack is in a {} state from a previous operation that used EXPRESS deployment mode with disable-rollback. Follow-up operations must use the same DeploymentConfig (mode=EXPRESS) until the stack reaches a *_COMPLETE state.",
        stack.status
    )
}

/// There is no such change set.
pub(super) fn no_such_change_set(name: &str) -> Failure {
    Failure::answered("ChangeSetNotFound", format!("ChangeSet [{name}] does not exist"))
}
