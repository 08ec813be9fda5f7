//! Cloud Control.

use serde_json::{Value, json};

use super::context::{Context, mismatch};
use crate::cloud::{Answer, Call, Failure, RequestState, ResourceRequest, Secret, Token};

pub(super) fn answer(context: &mut Context<'_>, operation: &str, input: &Value) -> Option<Result<Value, Failure>> {
    Some(match operation {
        "GetResource" => read(context, input),
        "CreateResource" => create(context, input),
        "UpdateResource" => update(context, input),
        "GetResourceRequestStatus" => status(context, input),
        _ => return None,
    })
}

fn read(context: &mut Context<'_>, input: &Value) -> Result<Value, Failure> {
    let (type_name, identifier) = (text(input, "TypeName"), text(input, "Identifier"));
    let call = Call::GetResource { type_name: type_name.clone(), identifier: identifier.clone() };
    let Answer::Properties(properties) = context.call(call)? else { return Err(mismatch()) };
    let description = json!({ "Identifier": identifier, "Properties": properties.reveal() });
    Ok(json!({ "TypeName": type_name, "ResourceDescription": description }))
}

fn create(context: &mut Context<'_>, input: &Value) -> Result<Value, Failure> {
    let type_name = text(input, "TypeName");
    let properties = Secret::new(text(input, "DesiredState"));
    let call = Call::CreateResource { type_name: type_name.clone(), properties, token: token(input) };
    progress(context, call, &type_name, "CREATE")
}

fn update(context: &mut Context<'_>, input: &Value) -> Result<Value, Failure> {
    let (type_name, identifier) = (text(input, "TypeName"), text(input, "Identifier"));
    let patch = Secret::new(text(input, "PatchDocument"));
    let call = Call::UpdateResource { type_name: type_name.clone(), identifier, patch, token: token(input) };
    progress(context, call, &type_name, "UPDATE")
}

fn status(context: &mut Context<'_>, input: &Value) -> Result<Value, Failure> {
    let call = Call::DescribeResourceRequest { request: text(input, "RequestToken") };
    progress(context, call, "", "UPDATE")
}

fn progress(context: &mut Context<'_>, call: Call, type_name: &str, operation: &str) -> Result<Value, Failure> {
    let Answer::ResourceRequest(ResourceRequest { id, identifier, state }) = context.call(call)? else {
        return Err(mismatch());
    };
    let mut event = json!({
        "RequestToken": id, "Operation": operation, "EventTime": context.now.0 / 1_000,
        "OperationStatus": match &state {
            RequestState::InProgress => "IN_PROGRESS",
            RequestState::Done => "SUCCESS",
            RequestState::Failed(_) => "FAILED",
        },
    });
    if !type_name.is_empty() {
        event["TypeName"] = type_name.into();
    }
    if let Some(identifier) = identifier {
        event["Identifier"] = identifier.into();
    }
    if let RequestState::Failed(failure) = state {
        event["ErrorCode"] = failure.code.into();
        event["StatusMessage"] = failure.message.into();
    }
    Ok(json!({ "ProgressEvent": event }))
}

/// The token given; without one, every request is another.
fn token(input: &Value) -> Token {
    match input["ClientToken"].as_str() {
        Some(token) => Token::given(token),
        None => Token::given(crate::digest::sha256(input.to_string())),
    }
}

fn text(input: &Value, name: &str) -> String {
    input[name].as_str().unwrap_or_default().to_owned()
}
