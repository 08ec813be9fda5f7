//! Failures as each protocol writes them.

use serde_json::json;

use super::caller::Protocol;
use super::http::{Reply, Response};
use super::xml::Xml;
use crate::cloud::{Failure, FailureKind};

/// How a service writes its errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// `<ErrorResponse><Error>…`: CloudFormation and STS.
    Query,
    /// `<Error>…`: S3.
    Rest,
    /// `{"__type": …}`: Systems Manager, ECR, Cloud Control, and those that are asked about failures.
    Json,
}

impl From<Protocol> for Dialect {
    fn from(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Query => Self::Query,
            Protocol::Rest => Self::Rest,
            Protocol::Json => Self::Json,
        }
    }
}

/// A failure on the wire. Who gave no answer sends nothing, and a garbled answer is sent as far as it goes.
pub fn refusal(failure: &Failure, dialect: Dialect, request_id: &str) -> Reply {
    match failure.kind {
        FailureKind::NoAnswer => Reply::Nothing,
        FailureKind::Garbled => {
            let cut = b"<?xml version=\"1.0\"?><Respo".to_vec();
            Reply::Broken(Response::of(200, "text/xml", cut))
        }
        _ => Reply::Whole(written(failure, dialect, request_id)),
    }
}

fn written(failure: &Failure, dialect: Dialect, id: &str) -> Response {
    let status = status(failure);
    let error = |xml: &mut Xml| {
        xml.text("Code", &failure.code);
        xml.text("Message", &failure.message);
    };
    match dialect {
        Dialect::Query => {
            let body = Xml::document("ErrorResponse", super::cloudformation::NAMESPACE, |xml| {
                xml.within("Error", |xml| {
                    xml.text("Type", if status < 500 { "Sender" } else { "Receiver" });
                    error(xml);
                });
                xml.text("RequestId", id);
            });
            Response::of(status, "text/xml", body)
        }
        Dialect::Rest => {
            let body = Xml::document("Error", "", |xml| {
                error(xml);
                xml.text("RequestId", id);
            });
            Response::of(status, "application/xml", body)
        }
        Dialect::Json => {
            let body = json!({ "__type": failure.code, "message": failure.message }).to_string();
            Response::of(status, "application/x-amz-json-1.1", body.into_bytes())
                .header("x-amzn-errortype", failure.code.replace(char::is_control, ""))
        }
    }
    .header("x-amzn-requestid", id)
}

/// The status beside a code. Source: `httpStatusCode` of the errors of the service model
/// `cloudformation/2010-05-15`; "Common errors" of the API reference; S3 API reference, "List of error codes".
fn status(failure: &Failure) -> u16 {
    match failure.code.as_str() {
        "ChangeSetNotFound"
        | "StackNotFoundException"
        | "StackRefactorNotFoundException"
        | "OperationNotFoundException"
        | "NoSuchKey"
        | "NoSuchBucket"
        | "NotFound" => 404,
        "NameAlreadyExistsException" | "OperationInProgressException" | "StaleRequestException" => 409,
        "ConcurrentResourcesLimitExceeded" => 429,
        "SlowDown" | "ServiceUnavailable" => 503,
        "InternalFailure" | "InternalError" | "InternalServerError" => 500,
        "NotImplemented" => 501,
        _ if matches!(failure.kind, FailureKind::Denied | FailureKind::Expired | FailureKind::ClockSkew) => 403,
        _ if failure.kind == FailureKind::Unavailable => 503,
        _ => 400,
    }
}
