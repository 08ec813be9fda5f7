//! The registry of images: what is in it, and what Docker logs in to it with.

use aws_config::SdkConfig;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ce_deploy::cloud::{Failure, FailureKind, Secret};
use serde_json::json;

use super::signed::JsonCall;

const LOGIN: JsonCall = JsonCall {
    service: "ecr",
    host: "api.ecr",
    target: "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken",
    version: "1.1",
};

const IMAGES: JsonCall = JsonCall {
    service: "ecr",
    host: "api.ecr",
    target: "AmazonEC2ContainerRegistry_V20150921.DescribeImages",
    version: "1.1",
};

/// A user and password for a registry, good for twelve hours.
pub(crate) struct RegistryLogin {
    /// The registry, without `https://`.
    pub(crate) registry: String,
    /// The user.
    pub(crate) user: String,
    /// The password.
    pub(crate) password: Secret,
}

pub(super) async fn login(config: &SdkConfig) -> Result<RegistryLogin, Failure> {
    let answer = LOGIN.send(config, &json!({})).await?;
    read(&answer["authorizationData"][0]).ok_or_else(|| Failure::garbled("a login that cannot be read"))
}

/// Whether a repository has an image with a tag. Who may not look finds out when it is pushed.
pub(super) async fn has_image(config: &SdkConfig, repository: &str, tag: &str) -> Result<bool, Failure> {
    let input = json!({ "repositoryName": repository, "imageIds": [{ "imageTag": tag }] });
    match IMAGES.send(config, &input).await {
        Ok(_) => Ok(true),
        Err(failure) if failure.code == "ImageNotFoundException" || failure.kind == FailureKind::Denied => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// The token is `user:password`, in Base64.
fn read(data: &serde_json::Value) -> Option<RegistryLogin> {
    let token = STANDARD.decode(data["authorizationToken"].as_str()?).ok()?;
    let token = String::from_utf8(token).ok()?;
    let (user, password) = token.split_once(':')?;
    let registry = data["proxyEndpoint"].as_str()?;
    let registry = registry.trim_start_matches("https://").trim_start_matches("http://");
    Some(RegistryLogin { registry: registry.to_owned(), user: user.to_owned(), password: Secret::new(password) })
}
