//! What goes wrong on the way: the SDK's retries and its parser are in the loop.

use aws_sdk_cloudformation::error::ProvideErrorMetadata;
use ce_cli::simulate::{Fault, FaultKind};
use ce_deploy::cloud::{Answer, Stack, StackStatus};

use crate::fake::{STACK, Wire};

fn stacks() -> Answer {
    Answer::Stacks(vec![Stack::new(STACK, "shop", StackStatus::CreateComplete)], None)
}

async fn struck(kind: FaultKind, attempts: u32) -> (Wire, bool) {
    let fault = Fault::first(kind, "DescribeStacks", 1);
    let wire = Wire::faulty([Ok(stacks()), Ok(stacks())], [fault]).await.attempts(attempts);
    let answer = wire.cloudformation().describe_stacks().send().await;
    let succeeded = answer.is_ok_and(|answer| answer.stacks().len() == 1);
    (wire, succeeded)
}

#[tokio::test]
async fn one_try_fails_under_every_fault() {
    for kind in FaultKind::all().filter(|kind| *kind != FaultKind::TruncatedAnswer) {
        let (_, succeeded) = struck(kind, 1).await;
        assert!(!succeeded, "{kind:?}");
    }
}

/// The SDK takes XML that ends in its middle for the whole: what is missing is missing without an error. So nobody may
/// conclude anything from what an answer does not hold.
#[tokio::test]
async fn the_sdk_does_not_notice_a_text_that_ends_in_its_middle() {
    let many = (0..10).map(|_| Stack::new(STACK, "shop", StackStatus::CreateComplete)).collect();
    let fault = Fault::first(FaultKind::TruncatedAnswer, "DescribeStacks", 1);
    let wire = Wire::faulty([Ok(Answer::Stacks(many, None))], [fault]).await;
    let answer = wire.cloudformation().describe_stacks().send().await.expect("taken for whole");
    assert!((3..7).contains(&answer.stacks().len()), "{}", answer.stacks().len());
}

#[tokio::test]
async fn the_sdk_gets_over_what_passes() {
    use FaultKind as K;
    for kind in [K::Throttle, K::Unavailable, K::Internal, K::LostRequest, K::LostAnswer] {
        let (wire, succeeded) = struck(kind, 3).await;
        assert!(succeeded, "{kind:?}");
        assert_eq!(wire.server.tally().operations["DescribeStacks"], 2, "{kind:?}");
    }
}

#[tokio::test]
async fn the_sdk_does_not_ask_again_where_it_makes_no_sense() {
    for kind in [FaultKind::Denied, FaultKind::ExpiredToken] {
        let (wire, succeeded) = struck(kind, 3).await;
        assert!(!succeeded, "{kind:?}");
        assert_eq!(wire.server.tally().requests, 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_lost_answer_was_carried_out_and_a_lost_request_was_not() {
    for (kind, calls) in [(FaultKind::LostAnswer, 1), (FaultKind::LostRequest, 0), (FaultKind::BrokenAnswer, 1)] {
        let fault = Fault::first(kind, "ExecuteChangeSet", 1);
        let wire = Wire::faulty([], [fault]).await;
        let answer = wire.cloudformation().execute_change_set().change_set_name("arn:c").send().await;
        assert!(answer.is_err(), "{kind:?}");
        assert_eq!(wire.calls(), calls, "{kind:?}");
    }
}

#[tokio::test]
async fn faults_are_of_the_operation_they_name() {
    let fault = Fault::first(FaultKind::Denied, "DeleteStack", 1);
    let wire = Wire::faulty([Ok(stacks())], [fault]).await;
    wire.cloudformation().describe_stacks().send().await.expect("another operation");
    let error = wire.cloudformation().delete_stack().stack_name("shop").send().await.expect_err("denied");
    assert_eq!(error.code(), Some("AccessDenied"));
    wire.cloudformation().delete_stack().stack_name("shop").send().await.expect("only the first");
}
