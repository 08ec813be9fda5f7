//! What Docker logs in to a registry of images with.

use aws_config::SdkConfig;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ce_deploy::cloud::{Failure, Secret};
use serde_json::json;

use super::signed::JsonCall;

const LOGIN: JsonCall =
    JsonCall { service: "ecr", host: "api.ecr", target: "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken" };

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

/// The token is `user:password`, in Base64.
fn read(data: &serde_json::Value) -> Option<RegistryLogin> {
    let token = STANDARD.decode(data["authorizationToken"].as_str()?).ok()?;
    let token = String::from_utf8(token).ok()?;
    let (user, password) = token.split_once(':')?;
    let registry = data["proxyEndpoint"].as_str()?;
    let registry = registry.trim_start_matches("https://").trim_start_matches("http://");
    Some(RegistryLogin { registry: registry.to_owned(), user: user.to_owned(), password: Secret::new(password) })
}
