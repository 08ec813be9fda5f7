//! What went wrong with a call.

use std::fmt;

/// A call that failed: what the service or the way to it said, and what that means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// What it means.
    pub kind: FailureKind,
    /// The service's code, `ValidationError`; empty when no answer came.
    pub code: String,
    /// The service's words. They are somebody else's: clean them before they reach a terminal.
    pub message: String,
}

/// What a failure means to who asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FailureKind {
    /// There is no such stack, change set or object.
    NotFound,
    /// The name is taken.
    AlreadyExists,
    /// The token was used for another request.
    TokenUsed,
    /// There is nothing to change.
    NothingToDo,
    /// The stack or change set is in a state that does not allow it.
    WrongState,
    /// Somebody else works on the stack.
    InProgress,
    /// Too many requests.
    Throttled,
    /// A quota that waiting does not change.
    Limit,
    /// The caller may not.
    Denied,
    /// The credentials have ended.
    Expired,
    /// The machine's clock is wrong.
    ClockSkew,
    /// The template needs a capability that was not given.
    Capability,
    /// The request is wrong.
    Invalid,
    /// The service has a problem of its own.
    Unavailable,
    /// No answer: it may have been done or not.
    NoAnswer,
    /// An answer that cannot be read: it may have been done or not.
    Garbled,
}

impl Failure {
    /// An error that a service answered.
    ///
    /// ```
    /// use ce_deploy::cloud::{Failure, FailureKind};
    /// let failure = Failure::answered("ValidationError", "Stack with id shop does not exist");
    /// assert_eq!(failure.kind, FailureKind::NotFound);
    /// ```
    pub fn answered(code: impl Into<String>, message: impl Into<String>) -> Self {
        let (code, message) = (code.into(), message.into());
        Self { kind: classify(&code, &message), code, message }
    }

    /// No answer came; the request may have arrived.
    pub fn no_answer(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::NoAnswer, code: String::new(), message: message.into() }
    }

    /// An answer came that makes no sense.
    pub fn garbled(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Garbled, code: String::new(), message: message.into() }
    }

    /// Whether the same request may be sent again later.
    pub fn is_passing(&self) -> bool {
        use FailureKind as K;
        matches!(self.kind, K::Throttled | K::Unavailable | K::NoAnswer | K::Garbled)
    }

    /// Whether the request may have been carried out all the same.
    pub fn may_be_done(&self) -> bool {
        use FailureKind as K;
        matches!(self.kind, K::NoAnswer | K::Garbled | K::Unavailable)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code.as_str() {
            "" => f.write_str(&self.message),
            code => write!(f, "{code}: {}", self.message),
        }
    }
}

impl std::error::Error for Failure {}

/// CloudFormation answers most of what matters as `ValidationError` and a sentence; the sentence decides.
fn classify(code: &str, message: &str) -> FailureKind {
    by_code(code).unwrap_or_else(|| by_words(message))
}

/// Source: the errors of the service models of CloudFormation, Cloud Control, STS, S3, SSM, ECS and CloudWatch Logs, and
/// "Common errors" of the API reference.
fn by_code(code: &str) -> Option<FailureKind> {
    use FailureKind as K;
    Some(match code {
        "ChangeSetNotFound"
        | "StackNotFoundException"
        | "ParameterNotFound"
        | "NoSuchKey"
        | "NoSuchBucket"
        | "NotFound"
        | "StackRefactorNotFoundException"
        | "ClusterNotFoundException"
        | "ServiceNotFoundException"
        | "ResourceNotFoundException"
        | "RequestTokenNotFoundException" => K::NotFound,
        "AlreadyExistsException" | "NameAlreadyExistsException" => K::AlreadyExists,
        "TokenAlreadyExistsException" | "ClientTokenConflictException" => K::TokenUsed,
        "InvalidChangeSetStatus" | "InvalidStateTransition" | "InvalidOperationException" => K::WrongState,
        "OperationInProgressException"
        | "StaleRequestException"
        | "ConcurrentOperationException"
        | "ResourceConflictException"
        | "ResourceConflict" => K::InProgress,
        "Throttling"
        | "ThrottlingException"
        | "RequestLimitExceeded"
        | "TooManyRequestsException"
        | "SlowDown"
        | "RequestThrottled"
        | "BandwidthLimitExceeded"
        | "PriorRequestNotComplete" => K::Throttled,
        "LimitExceededException"
        | "LimitExceeded"
        | "ConcurrentResourcesLimitExceeded"
        | "ServiceLimitExceededException" => K::Limit,
        "AccessDenied"
        | "AccessDeniedException"
        | "UnauthorizedOperation"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "NotAuthorized"
        | "OptInRequired"
        | "InvalidIdentityToken"
        | "IDPRejectedClaim"
        | "InvalidCredentialsException"
        | "InvalidAccessKeyId" => K::Denied,
        "ExpiredToken" | "ExpiredTokenException" => K::Expired,
        "RequestTimeTooSkewed" | "SignatureDoesNotMatch" | "RequestExpired" => K::ClockSkew,
        "InsufficientCapabilitiesException" => K::Capability,
        "InternalFailure"
        | "InternalError"
        | "ServiceUnavailable"
        | "InternalServerError"
        | "RequestTimeout"
        | "ServiceInternalErrorException"
        | "HandlerInternalFailureException"
        | "NetworkFailureException" => K::Unavailable,
        "NotUpdatableException"
        | "TypeNotFoundException"
        | "UnsupportedActionException"
        | "GeneralServiceException"
        | "HandlerFailureException"
        | "NotStabilizedException"
        | "InvalidRequestException" => K::Invalid,
        _ => return None,
    })
}

fn by_words(message: &str) -> FailureKind {
    use FailureKind as K;
    let says = |words: &str| message.contains(words);
    if says("does not exist") || says("do not exist") {
        K::NotFound
    } else if says("No updates are to be performed") {
        K::NothingToDo
    } else if says("_IN_PROGRESS state") {
        K::InProgress
    } else if says("state and can not be") || says("state and cannot be") || says("termination protection") {
        K::WrongState
    } else if says("Rate exceeded") {
        K::Throttled
    } else {
        K::Invalid
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, FailureKind as K};

    #[test]
    fn words_decide_where_the_code_does_not() {
        let cases = [
            ("ValidationError", "Stack [shop] does not exist", K::NotFound),
            ("ValidationError", "No updates are to be performed.", K::NothingToDo),
            ("ValidationError", "Stack:arn:… is in UPDATE_IN_PROGRESS state and can not be updated.", K::InProgress),
            ("ValidationError", "Stack:arn:… is in ROLLBACK_COMPLETE state and can not be updated.", K::WrongState),
            ("ValidationError", "Template format error: unsupported structure.", K::Invalid),
            ("Throttling", "Rate exceeded", K::Throttled),
            ("LimitExceededException", "stacks", K::Limit),
            ("InvalidChangeSetStatus", "… [EXECUTE_COMPLETE]", K::WrongState),
        ];
        for (code, message, kind) in cases {
            assert_eq!(Failure::answered(code, message).kind, kind, "{code}: {message}");
        }
    }

    #[test]
    fn a_quota_is_not_waited_for() {
        assert!(!Failure::answered("LimitExceededException", "").is_passing());
        assert!(Failure::answered("Throttling", "").is_passing());
    }
}
