//! What the SDK says of a call that failed, in the engine's words.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use ce_deploy::cloud::{Failure, FailureKind};

use super::named::NothingFrom;

/// The code of a failure to get credentials; AWS has none for it.
pub(crate) const NO_CREDENTIALS: &str = "NoCredentials";

/// What the SDK says at length, and nobody reads.
const NOT_FOUND: &str = "no credentials are in the environment, in a profile, or given by this machine";

/// What a service that is asked without its SDK answered instead.
#[derive(Debug, thiserror::Error)]
#[error("refused")]
pub(super) struct Refused(pub(super) ErrorMetadata);

impl ProvideErrorMetadata for Refused {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

/// What a failed call means.
pub(super) fn failure<E>(error: &SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error {
        SdkError::ServiceError(context) => answered(context.err(), context.raw().status().as_u16()),
        SdkError::ResponseError(context) => unreadable(context.raw().status().as_u16(), &told(error)),
        SdkError::TimeoutError(_) => Failure::no_answer("no answer in time"),
        SdkError::DispatchFailure(_) | SdkError::ConstructionFailure(_) => unsent(error),
        _ => Failure::no_answer(told(error)),
    }
}

fn answered(error: &impl ProvideErrorMetadata, status: u16) -> Failure {
    let message = error.message().unwrap_or_default();
    match (error.code(), status) {
        (Some(code), _) => Failure::answered(code, message),
        // It was no refusal; the SDK could not read what came.
        (None, 200..300) => Failure::garbled("an answer that makes no sense"),
        (None, _) => Failure::answered(code_of(status), message),
    }
}

/// The answer to a `HEAD` has no body and so no code; its status says the same.
fn code_of(status: u16) -> &'static str {
    match status {
        404 => "NotFound",
        401 | 403 => "AccessDenied",
        429 | 503 => "SlowDown",
        500.. => "InternalError",
        _ => "",
    }
}

fn unreadable(status: u16, text: &str) -> Failure {
    match status {
        // A proxy or load balancer answers so; its page is not what the service speaks.
        500.. => Failure::answered("ServiceUnavailable", text),
        _ => Failure::garbled(text),
    }
}

/// The call never left: there are no credentials, or no connection.
fn unsent(error: &(dyn Error + 'static)) -> Failure {
    let chain = || std::iter::successors(Some(error), |&error| error.source());
    let Some(credentials) = chain().find_map(|error| error.downcast_ref::<CredentialsError>()) else {
        return Failure::no_answer(told(error));
    };
    // A role that may not be assumed, or a session that has ended: the service's own code is inside.
    if let Some(refused) = chain().find_map(refusal_of_sts) {
        return refused;
    }
    let (kind, mut message) = match credentials {
        CredentialsError::ProviderTimedOut(_) => (FailureKind::NoAnswer, told(credentials)),
        CredentialsError::CredentialsNotLoaded(_) => {
            let named = chain().find_map(|error| error.downcast_ref::<NothingFrom>());
            (FailureKind::Denied, named.map_or_else(|| NOT_FOUND.to_owned(), NothingFrom::to_string))
        }
        _ => (FailureKind::Denied, told(credentials)),
    };
    if message.contains("SSO token") {
        message += "; `aws sso login` gets a new one";
    }
    Failure { kind, code: NO_CREDENTIALS.to_owned(), message }
}

fn refusal_of_sts(error: &(dyn Error + 'static)) -> Option<Failure> {
    use aws_sdk_sts::operation::assume_role::AssumeRoleError;
    use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
    let of = |error: &dyn ProvideErrorMetadata| {
        Some(Failure::answered(error.code()?, error.message().unwrap_or("the role may not be assumed")))
    };
    error
        .downcast_ref::<AssumeRoleError>()
        .and_then(|error| of(error))
        .or_else(|| error.downcast_ref::<AssumeRoleWithWebIdentityError>().and_then(|error| of(error)))
}

/// The texts of an error and of what is behind it. Only for errors of the way to AWS, which hold nothing of a request.
fn told(error: &(dyn Error + 'static)) -> String {
    let mut texts: Vec<String> = Vec::new();
    for error in std::iter::successors(Some(error), |&error| error.source()) {
        let text = error.to_string();
        if texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    texts.join(": ")
}
