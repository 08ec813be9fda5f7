//! Whose credentials are used, and which way leads to AWS.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use ce_deploy::cloud::Failure;

use super::kept::Kept;
use super::line;
use super::named::Named;

/// A connection is given up after this.
const CONNECT: Duration = Duration::from_secs(5);
/// An answer is waited for so long. CloudFormation answers long pages within some seconds.
const ANSWER: Duration = Duration::from_secs(30);
/// Assumed roles are seen in logs and in CloudTrail under this name.
const SESSION: &str = "ce";

/// How to get to AWS: what the flags say, before any credentials are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Connection {
    /// The profile of the AWS CLI's files.
    pub(crate) profile: Option<String>,
    /// The profile of an account, by its twelve digits; for accounts that no role leads to.
    pub(crate) profiles: BTreeMap<String, String>,
    /// The region where nothing else says it.
    pub(crate) region: Option<String>,
    /// A role that is assumed before all others.
    pub(crate) role: Option<String>,
    /// Where everything is sent instead.
    pub(crate) endpoint: Option<String>,
}

impl Connection {
    /// What the SDK needs for a profile: credentials as the AWS CLI finds them, a region, timeouts.
    ///
    /// Fails if what is to be trusted at the other end cannot be read.
    pub(super) async fn load(&self, profile: Option<&str>) -> Result<SdkConfig, Failure> {
        let http = line::client()?;
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(http.clone())
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::builder().connect_timeout(CONNECT).read_timeout(ANSWER).build());
        let profile = profile.or(self.profile.as_deref());
        if let Some(profile) = profile {
            loader = loader.profile_name(profile);
        }
        if let Some(region) = &self.region {
            loader = loader.region(Region::new(region.clone()));
        }
        if let Some(endpoint) = &self.endpoint {
            loader = loader.endpoint_url(endpoint);
        }
        let named = profile.map(str::to_owned).or_else(|| env::var("AWS_PROFILE").ok().filter(|name| !name.is_empty()));
        let base = kept(loader.load().await, named);
        match &self.role {
            None => Ok(base),
            Some(role) => {
                let provider = assumed(&base, role, None, base.region().cloned()).await;
                Ok(base.into_builder().credentials_provider(provider).build())
            }
        }
    }
}

fn kept(config: SdkConfig, profile: Option<String>) -> SdkConfig {
    let provider = config.credentials_provider().map(|provider| match profile {
        Some(profile) => Kept::of(Named::of(provider, profile)),
        None => Kept::of(provider),
    });
    let mut config = config.into_builder();
    config.set_credentials_provider(provider);
    config.build()
}

/// Credentials of a role, got with those of `base` and got anew before they end.
pub(super) async fn assumed(
    base: &SdkConfig,
    role: &str,
    external_id: Option<&str>,
    region: Option<Region>,
) -> SharedCredentialsProvider {
    let mut builder = AssumeRoleProvider::builder(role).session_name(SESSION).configure(base);
    if let Some(external_id) = external_id {
        builder = builder.external_id(external_id);
    }
    if let Some(region) = region {
        builder = builder.region(region);
    }
    SharedCredentialsProvider::new(builder.build().await)
}
