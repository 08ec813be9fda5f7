//! Credentials of a profile that somebody named: where there are none, it is said of which profile.

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, Result, SharedCredentialsProvider, future};

/// A profile that was asked for is not there, or says nothing of credentials.
#[derive(Debug, thiserror::Error)]
#[error("the profile `{0}` is not there, or gives no credentials")]
pub(super) struct NothingFrom(String);

/// What a named profile leads to. The SDK looks on elsewhere if the profile is not there, and then says only that it
/// found nothing.
#[derive(Debug)]
pub(super) struct Named {
    provider: SharedCredentialsProvider,
    profile: String,
}

impl Named {
    /// The provider of a profile.
    pub(super) fn of(provider: SharedCredentialsProvider, profile: String) -> SharedCredentialsProvider {
        SharedCredentialsProvider::new(Self { provider, profile })
    }

    async fn get(&self) -> Result {
        self.provider.provide_credentials().await.map_err(|error| match error {
            CredentialsError::CredentialsNotLoaded(_) => {
                CredentialsError::not_loaded(NothingFrom(self.profile.clone()))
            }
            other => other,
        })
    }
}

impl ProvideCredentials for Named {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.get())
    }
}
