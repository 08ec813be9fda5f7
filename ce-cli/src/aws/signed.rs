//! Calls that are signed and sent without the service's own SDK; most of services that speak JSON.
//!
//! Source: the protocols `awsJson1_0` and `awsJson1_1` of Smithy; the service models `ssm/2014-11-06`, `ecr/2015-09-21` and
//! `cloudcontrol/2021-09-30`, and those that [`ce_deploy::cloud::EvidenceCall`] names.

use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_credential_types::provider::ProvideCredentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use ce_deploy::cloud::{Answer, Failure, FailureKind};
use serde_json::{Value, json};

use super::refusal::{NO_CREDENTIALS, Refused, failure};

/// A service, and the operation of it that is used.
pub(super) struct JsonCall {
    /// The name it signs with, `ssm`.
    pub(super) service: &'static str,
    /// The front of its host name.
    pub(super) host: &'static str,
    /// What `X-Amz-Target` says.
    pub(super) target: &'static str,
    /// The version of the protocol, `1.1`.
    pub(super) version: &'static str,
}

const GET_PARAMETER: JsonCall =
    JsonCall { service: "ssm", host: "ssm", target: "AmazonSSM.GetParameter", version: "1.1" };

/// The value of a plain parameter of Systems Manager.
pub(super) async fn parameter(config: &SdkConfig, name: &str) -> Result<Answer, Failure> {
    let answer = GET_PARAMETER.send(config, &json!({ "Name": name })).await?;
    let value = answer["Parameter"]["Value"].as_str();
    value.map(|value| Answer::Parameter(value.to_owned())).ok_or_else(|| Failure::garbled("a parameter without value"))
}

impl JsonCall {
    /// Sends it, once.
    pub(super) async fn send(&self, config: &SdkConfig, input: &Value) -> Result<Value, Failure> {
        let region = config.region().map_or("us-east-1", |region| region.as_ref());
        let call = Signed {
            service: self.service,
            operation: self.target,
            region,
            endpoint: &endpoint(config, self.host, region),
            headers: &[("content-type", media_type(self.version)), ("x-amz-target", self.target)],
            body: input.to_string(),
        };
        call.send(config, read).await
    }
}

/// A request that is signed and sent.
pub(super) struct Signed<'a> {
    /// The service, as signatures name it.
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    /// The region, as signatures name it.
    pub(super) region: &'a str,
    pub(super) endpoint: &'a str,
    pub(super) headers: &'a [(&'static str, &'static str)],
    pub(super) body: String,
}

impl Signed<'_> {
    /// Sends it, once, and reads the answer.
    pub(super) async fn send<T: Send + Sync + std::fmt::Debug + 'static>(
        &self,
        config: &SdkConfig,
        read: fn(&HttpResponse) -> Result<T, OrchestratorError<Refused>>,
    ) -> Result<T, Failure> {
        let request = self.request(config).await?;
        let mut operation = Operation::builder()
            .service_name(self.service)
            .operation_name(self.operation)
            .endpoint_url(self.endpoint)
            .no_auth()
            .no_retry()
            .serializer(Ok)
            .deserializer::<T, Refused>(read);
        if let Some(client) = config.http_client() {
            operation = operation.http_client(client);
        }
        if let (Some(timeouts), Some(sleep)) = (config.timeout_config(), config.sleep_impl()) {
            operation = operation.timeout_config(timeouts.clone()).sleep_impl(sleep);
        }
        operation.build().invoke(request).await.map_err(|error| failure(&error))
    }

    async fn request(&self, config: &SdkConfig) -> Result<HttpRequest, Failure> {
        let uri = format!("{}/", self.endpoint.trim_end_matches('/'));
        let mut request = HttpRequest::new(SdkBody::from(self.body.as_bytes()));
        request.set_method("POST").map_err(|error| unmade(&error))?;
        request.set_uri(uri.as_str()).map_err(|error| unmade(&error))?;
        for (name, value) in self.headers {
            request.headers_mut().insert(*name, *value);
        }
        self.sign(config, &mut request).await?;
        Ok(request)
    }

    async fn sign(&self, config: &SdkConfig, request: &mut HttpRequest) -> Result<(), Failure> {
        let provider = config.credentials_provider().ok_or_else(|| no_credentials("none are given"))?;
        let credentials = provider.provide_credentials().await.map_err(|error| no_credentials(&error.to_string()))?;
        let identity: Identity = credentials.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name(self.service)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| unmade(&error))?;
        let uri = request.uri().to_owned();
        let headers: Vec<(String, String)> =
            request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let signable = SignableRequest::new("POST", uri.as_str(), headers, SignableBody::Bytes(self.body.as_bytes()))
            .map_err(|error| unmade(&error))?;
        let (signed, _) = sign(signable, &parameters.into()).map_err(|error| unmade(&error))?.into_parts();
        for (name, value) in signed.headers() {
            request.headers_mut().insert(name.to_owned(), value.to_owned());
        }
        Ok(())
    }
}

fn media_type(version: &str) -> &'static str {
    if version == "1.0" { "application/x-amz-json-1.0" } else { "application/x-amz-json-1.1" }
}

/// Where a service is asked; an emulator answers for all.
pub(super) fn endpoint(config: &SdkConfig, host: &str, region: &str) -> String {
    let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    match config.endpoint_url() {
        Some(endpoint) => endpoint.to_owned(),
        None => format!("https://{host}.{region}.{domain}"),
    }
}

fn read(response: &HttpResponse) -> Result<Value, OrchestratorError<Refused>> {
    let body: Option<Value> = response.body().bytes().and_then(|bytes| serde_json::from_slice(bytes).ok());
    if response.status().is_success() {
        return body.ok_or_else(|| OrchestratorError::response("no JSON".into()));
    }
    let body = body.unwrap_or_default();
    // `com.amazonaws.ssm#ParameterNotFound` and `ParameterNotFound` are the same.
    let code = body["__type"].as_str().and_then(|code| code.rsplit('#').next());
    let message = body["message"].as_str().or(body["Message"].as_str());
    let mut meta = ErrorMetadata::builder();
    if let Some(code) = code {
        meta = meta.code(code);
    }
    Err(OrchestratorError::operation(Refused(meta.message(message.unwrap_or_default()).build())))
}

fn no_credentials(message: &str) -> Failure {
    Failure { kind: FailureKind::Denied, code: NO_CREDENTIALS.to_owned(), message: message.to_owned() }
}

fn unmade(error: &dyn std::error::Error) -> Failure {
    Failure::answered("UnsignedRequest", error.to_string())
}
