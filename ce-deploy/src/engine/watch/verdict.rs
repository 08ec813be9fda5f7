//! Whether what is seen is the end of our operation.

use super::{Kind, Watched};
use crate::cloud::{Stack, StackEvent, StackStatus};

/// What one look says of our operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// It goes on, or the answer is old, or it cannot be told.
    Open,
    /// It ended so.
    Over(StackStatus),
}

/// What the stack's own state says.
pub(crate) fn of_stack(watched: &Watched, stack: &Stack) -> Verdict {
    let settled = !stack.status.is_in_progress() && stack.status != StackStatus::ReviewInProgress;
    if settled && is_ours(watched, stack) { Verdict::Over(stack.status) } else { Verdict::Open }
}

fn is_ours(watched: &Watched, stack: &Stack) -> bool {
    if watched.kind == Kind::Delete {
        return stack.status == StackStatus::DeleteComplete
            || (stack.status == StackStatus::DeleteFailed && (watched.seen_at_work || has_moved_on(watched, stack)));
    }
    match (&watched.change_set, &stack.change_set) {
        (Some(ours), Some(last)) => ours == last,
        _ => watched.seen_at_work || has_moved_on(watched, stack),
    }
}

/// Whether something was done to the stack since it was seen before.
fn has_moved_on(watched: &Watched, stack: &Stack) -> bool {
    let Some(before) = &watched.before else { return stack.status != StackStatus::ReviewInProgress };
    let last = stack.operations.first().map(|operation| &operation.id);
    match (last, &before.operation) {
        (Some(last), earlier) => Some(last) != earlier.as_ref(),
        (None, _) => stack.updated.is_some() && stack.updated != before.updated,
    }
}

/// What an event says: only the stack's own, and only with our token.
pub(crate) fn of_event(watched: &Watched, event: &StackEvent) -> Verdict {
    if !event.is_of_stack() || !watched.owns(event) {
        return Verdict::Open;
    }
    match event.status.parse::<StackStatus>() {
        Ok(status) if !status.is_in_progress() && status != StackStatus::ReviewInProgress => Verdict::Over(status),
        _ => Verdict::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, of_event, of_stack};
    use crate::assembly::StackId;
    use crate::cloud::{Operation, Place, Stack, StackEvent, StackStatus as S, Target, Token};
    use crate::engine::watch::{Kind, Watched};
    use crate::plan::Seen;

    const ARN: &str = "arn:aws:cloudformation:eu-west-1:111111111111:stack/shop/1";

    fn watched(kind: Kind) -> Watched {
        let target = Target::new(Place::new("111111111111", "eu-west-1"));
        let token = Token::of("plan", "shop", "execute", 1);
        let mut before = Stack::new(ARN, "shop", S::UpdateComplete);
        before.change_set = Some("old".into());
        Watched::new(&StackId::new("Shop"), &target, ARN, kind, token)
            .change_set(Some("ours".into()))
            .before(Some(Seen::of(&before)))
    }

    fn stack(status: S, change_set: Option<&str>) -> Stack {
        let mut stack = Stack::new(ARN, "shop", status);
        stack.change_set = change_set.map(str::to_owned);
        stack
    }

    #[test]
    fn an_old_answer_is_not_an_end() {
        let watched = watched(Kind::Update);
        assert_eq!(of_stack(&watched, &stack(S::UpdateComplete, Some("old"))), Verdict::Open);
        assert_eq!(of_stack(&watched, &stack(S::UpdateInProgress, Some("ours"))), Verdict::Open);
        assert_eq!(of_stack(&watched, &stack(S::UpdateComplete, Some("ours"))), Verdict::Over(S::UpdateComplete));
        assert_eq!(of_stack(&watched, &stack(S::ReviewInProgress, Some("ours"))), Verdict::Open);
    }

    #[test]
    fn without_change_sets_the_operation_tells() {
        let watched = watched(Kind::Update);
        let mut stack = stack(S::UpdateComplete, None);
        assert_eq!(of_stack(&watched, &stack), Verdict::Open);
        stack.operations.push(Operation { kind: "UPDATE_STACK".into(), id: "2".into() });
        assert_eq!(of_stack(&watched, &stack), Verdict::Over(S::UpdateComplete));
    }

    #[test]
    fn an_event_counts_only_with_our_token() {
        let watched = watched(Kind::Update);
        let mut event = StackEvent {
            id: "1".into(),
            stack: ARN.into(),
            logical_id: "shop".into(),
            physical_id: Some(ARN.into()),
            type_name: "AWS::CloudFormation::Stack".into(),
            status: "UPDATE_COMPLETE".into(),
            reason: None,
            at: 0,
            token: None,
            operation: None,
            detailed_status: None,
            handler: None,
        };
        assert_eq!(of_event(&watched, &event), Verdict::Open);
        event.token = Some(watched.token.clone());
        assert_eq!(of_event(&watched, &event), Verdict::Over(S::UpdateComplete));
        event.status = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS".into();
        assert_eq!(of_event(&watched, &event), Verdict::Open);
    }
}
