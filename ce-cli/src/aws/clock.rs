//! The clock of AWS, read from the head of an answer.

use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::DateTime;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::date_time::Format;
use ce_deploy::cloud::Failure;

use super::refusal::{Refused, failure};
use super::signed::endpoint;

/// How many seconds the clock of this machine is ahead of that of AWS; less than zero if it is behind.
///
/// The request is not signed, so a wrong clock and missing credentials do not stand in the way; what is answered does not
/// matter.
pub(super) async fn ahead(config: &SdkConfig, region: &str) -> Result<i64, Failure> {
    let endpoint = endpoint(config, "sts", region);
    let mut request = HttpRequest::new(SdkBody::empty());
    let uri = format!("{}/", endpoint.trim_end_matches('/'));
    request.set_uri(uri.as_str()).map_err(|error| Failure::answered("Unsent", error.to_string()))?;
    let mut operation = Operation::builder()
        .service_name("sts")
        .operation_name("Date")
        .endpoint_url(&endpoint)
        .no_auth()
        .no_retry()
        .serializer(Ok)
        .deserializer::<i64, Refused>(date);
    if let Some(client) = config.http_client() {
        operation = operation.http_client(client);
    }
    if let (Some(timeouts), Some(sleep)) = (config.timeout_config(), config.sleep_impl()) {
        operation = operation.timeout_config(timeouts.clone()).sleep_impl(sleep);
    }
    let there = operation.build().invoke(request).await.map_err(|error| failure(&error))?;
    Ok(DateTime::from(SystemTime::now()).secs() - there)
}

fn date(response: &HttpResponse) -> Result<i64, OrchestratorError<Refused>> {
    let date = response.headers().get("date").and_then(|date| DateTime::from_str(date, Format::HttpDate).ok());
    date.map(|date| date.secs()).ok_or_else(|| OrchestratorError::response("an answer without a date".into()))
}
