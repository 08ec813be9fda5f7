//! Every failure the service has reaches the SDK with its code and words.

use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use ce_deploy::cloud::{Failure, FailureKind};

use crate::fake::Wire;

const CODES: [(&str, &str, FailureKind); 18] = [
    ("ValidationError", "Stack with id shop does not exist", FailureKind::NotFound),
    ("ChangeSetNotFound", "ChangeSet [c] does not exist", FailureKind::NotFound),
    ("AlreadyExistsException", "Stack [shop] already exists", FailureKind::AlreadyExists),
    ("TokenAlreadyExistsException", "used", FailureKind::TokenUsed),
    ("ValidationError", "No updates are to be performed.", FailureKind::NothingToDo),
    ("InvalidChangeSetStatus", "[EXECUTE_COMPLETE]", FailureKind::WrongState),
    ("OperationInProgressException", "busy", FailureKind::InProgress),
    ("ValidationError", "Stack:x is in UPDATE_IN_PROGRESS state and can not be updated.", FailureKind::InProgress),
    ("Throttling", "Rate exceeded", FailureKind::Throttled),
    ("LimitExceededException", "stacks", FailureKind::Limit),
    ("AccessDenied", "no", FailureKind::Denied),
    ("ExpiredToken", "over", FailureKind::Expired),
    ("SignatureDoesNotMatch", "clock", FailureKind::ClockSkew),
    ("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]", FailureKind::Capability),
    ("ValidationError", "Template format error: <x> & \"y\"", FailureKind::Invalid),
    ("InternalFailure", "oops", FailureKind::Unavailable),
    ("ServiceUnavailable", "later", FailureKind::Unavailable),
    ("StackRefactorNotFoundException", "no", FailureKind::NotFound),
];

#[tokio::test]
async fn a_code_and_its_words_survive() {
    for (code, message, kind) in CODES {
        let failure = Failure::answered(code, message);
        let wire = Wire::with([Err(failure.clone())]).await;
        let error = wire.cloudformation().describe_stacks().send().await.expect_err(code);
        let read = Failure::answered(error.code().unwrap_or_default(), error.message().unwrap_or_default());
        assert_eq!(read, failure);
        assert_eq!(read.kind, kind, "{code}: {message}");
    }
}

#[tokio::test]
async fn s3_has_its_own_way() {
    let wire = Wire::with([Err(Failure::answered("SlowDown", "less"))]).await;
    let error = wire.s3().list_objects_v2().bucket("b").prefix("k").send().await.expect_err("throttled");
    assert_eq!(error.code(), Some("SlowDown"));
}

#[tokio::test]
async fn no_answer_and_half_an_answer_are_no_errors_of_the_service() {
    let wire = Wire::with([Err(Failure::no_answer("gone"))]).await;
    let error = wire.cloudformation().describe_stacks().send().await.expect_err("no answer");
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");

    let wire = Wire::with([Err(Failure::garbled("half"))]).await;
    let error = wire.cloudformation().describe_stacks().send().await.expect_err("half an answer");
    assert!(matches!(error, SdkError::ResponseError(_) | SdkError::DispatchFailure(_)), "{error:?}");
}

#[tokio::test]
async fn what_is_not_simulated_is_refused_by_name() {
    let wire = Wire::with([]).await;
    let error = wire.cloudformation().list_types().send().await.expect_err("not simulated");
    assert_eq!(error.code(), Some("InvalidAction"));
    assert_eq!(wire.calls(), 0);
}
