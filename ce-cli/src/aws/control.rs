//! Cloud Control: resources one by one, past their stacks.
//!
//! Source: the service model `cloudcontrol/2021-09-30`, in the protocol `awsJson1_0`.

use aws_config::SdkConfig;
use ce_deploy::cloud::{Answer, Call, Failure, RequestState, ResourceRequest, Secret};
use serde_json::{Value, json};

use super::signed::JsonCall;

/// Carries out a call about a resource.
pub(super) async fn ask(config: &SdkConfig, call: Call) -> Result<Answer, Failure> {
    let (operation, input) = match call {
        Call::GetResource { type_name, identifier } => {
            ("CloudApiService.GetResource", json!({ "TypeName": type_name, "Identifier": identifier }))
        }
        Call::CreateResource { type_name, properties, token } => (
            "CloudApiService.CreateResource",
            json!({ "TypeName": type_name, "DesiredState": properties.reveal(), "ClientToken": token }),
        ),
        Call::UpdateResource { type_name, identifier, patch, token } => (
            "CloudApiService.UpdateResource",
            json!({
                "TypeName": type_name, "Identifier": identifier, "PatchDocument": patch.reveal(), "ClientToken": token,
            }),
        ),
        Call::DescribeResourceRequest { request } => {
            ("CloudApiService.GetResourceRequestStatus", json!({ "RequestToken": request }))
        }
        _ => return Err(Failure::garbled("no call of Cloud Control")),
    };
    let call = JsonCall { service: "cloudcontrolapi", host: "cloudcontrolapi", target: operation, version: "1.0" };
    let answer = call.send(config, &input).await?;
    if operation.ends_with(".GetResource") {
        let properties = answer["ResourceDescription"]["Properties"].as_str();
        return properties
            .map(|text| Answer::Properties(Secret::new(text)))
            .ok_or_else(|| Failure::garbled("a resource without properties"));
    }
    request(&answer["ProgressEvent"]).map(Answer::ResourceRequest)
}

fn request(event: &Value) -> Result<ResourceRequest, Failure> {
    let text = |name: &str| event[name].as_str().map(str::to_owned);
    let id = text("RequestToken").ok_or_else(|| Failure::garbled("a request without token"))?;
    let state = match event["OperationStatus"].as_str() {
        Some("SUCCESS") => RequestState::Done,
        Some("PENDING" | "IN_PROGRESS") => RequestState::InProgress,
        Some(_) => {
            let code = text("ErrorCode").unwrap_or_else(|| "GeneralServiceException".to_owned());
            RequestState::Failed(Failure::answered(code, text("StatusMessage").unwrap_or_default()))
        }
        None => return Err(Failure::garbled("a request without state")),
    };
    Ok(ResourceRequest { id, identifier: text("Identifier"), state })
}

#[cfg(test)]
mod tests {
    use ce_deploy::cloud::RequestState;
    use serde_json::json;

    use super::request;

    #[test]
    fn how_far_a_request_is_is_read() {
        let read = |event: serde_json::Value| request(&event).map(|request| request.state);
        let event = |status: &str| json!({ "RequestToken": "t", "OperationStatus": status, "StatusMessage": "no" });
        assert_eq!(read(event("SUCCESS")), Ok(RequestState::Done));
        assert_eq!(read(event("PENDING")), Ok(RequestState::InProgress));
        let Ok(RequestState::Failed(failure)) = read(event("CANCEL_COMPLETE")) else { panic!("it failed") };
        assert_eq!(failure.message, "no");
        assert!(read(json!({})).is_err() && read(json!({ "RequestToken": "t" })).is_err());
    }
}
