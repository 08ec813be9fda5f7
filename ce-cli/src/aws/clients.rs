//! The clients of one target.

use aws_config::{Region, SdkConfig};
use aws_sdk_cloudformation::config::BehaviorVersion;
use ce_deploy::cloud::Target;

use super::connection::assumed;
use super::kept::Kept;

/// The clients of one target: with its region, and as its role.
pub(super) struct Clients {
    pub(super) formation: aws_sdk_cloudformation::Client,
    pub(super) objects: aws_sdk_s3::Client,
    pub(super) identity: aws_sdk_sts::Client,
    pub(super) config: SdkConfig,
}

impl Clients {
    /// Clients that use the credentials of `base`, or those of the target's role got with them.
    pub(super) async fn of(target: &Target, base: &SdkConfig) -> Self {
        let region = Region::new(target.place.region.clone());
        let mut config = base.to_builder().region(region.clone()).behavior_version(BehaviorVersion::latest());
        if let Some(role) = &target.role {
            let provider = assumed(base, role, target.external_id.as_deref(), Some(region)).await;
            config.set_credentials_provider(Some(Kept::of(provider)));
        }
        let config = config.build();
        // Emulators have one host name, so buckets cannot be in front of it.
        let path_style = config.endpoint_url().is_some();
        let storage = aws_sdk_s3::config::Builder::from(&config).force_path_style(path_style).build();
        Self {
            formation: aws_sdk_cloudformation::Client::new(&config),
            objects: aws_sdk_s3::Client::from_conf(storage),
            identity: aws_sdk_sts::Client::new(&config),
            config,
        }
    }
}
