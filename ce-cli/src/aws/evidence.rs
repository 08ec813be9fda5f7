//! What other services say about something that failed.

use aws_config::SdkConfig;
use ce_deploy::cloud::{Answer, EvidenceCall, Failure};

use super::signed::JsonCall;

pub(super) async fn ask(config: &SdkConfig, call: &EvidenceCall) -> Result<Answer, Failure> {
    let request = call.request();
    let json = JsonCall { service: request.service, host: request.service, target: request.target, version: "1.1" };
    call.read(&json.send(config, &request.input).await?).map(Answer::Evidence)
}
