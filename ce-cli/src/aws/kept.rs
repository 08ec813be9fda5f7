//! Credentials that are got once and kept until they are about to end.
//!
//! The SDK's own calls keep them by themselves; those that are signed here would run a `credential_process`, or assume a
//! role, for every call.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, Result, SharedCredentialsProvider, future};
use tokio::sync::Mutex;

/// So long before they end others are got: longer than the SDK waits with it.
const BEFORE: Duration = Duration::from_mins(5);

/// A provider that is asked again only when what it gave is about to end.
#[derive(Debug)]
pub(super) struct Kept {
    provider: SharedCredentialsProvider,
    kept: Mutex<Option<Credentials>>,
}

impl Kept {
    /// Keeps what this provider gives.
    pub(super) fn of(provider: SharedCredentialsProvider) -> SharedCredentialsProvider {
        SharedCredentialsProvider::new(Self { provider, kept: Mutex::default() })
    }

    async fn get(&self) -> Result {
        let mut kept = self.kept.lock().await;
        if let Some(credentials) = kept.as_ref().filter(|credentials| holds(credentials)) {
            return Ok(credentials.clone());
        }
        let credentials = self.provider.provide_credentials().await?;
        *kept = Some(credentials.clone());
        Ok(credentials)
    }
}

impl ProvideCredentials for Kept {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.get())
    }
}

fn holds(credentials: &Credentials) -> bool {
    credentials.expiry().is_none_or(|end| end > SystemTime::now() + BEFORE)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[derive(Debug)]
    struct Counted(Arc<AtomicU32>, Duration);

    impl ProvideCredentials for Counted {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            self.0.fetch_add(1, Ordering::Relaxed);
            let end = SystemTime::now() + self.1;
            future::ProvideCredentials::ready(Ok(Credentials::new("key", "secret", None, Some(end), "test")))
        }
    }

    #[tokio::test]
    async fn they_are_got_again_only_when_they_are_about_to_end() {
        for (minutes, times) in [(60, 1), (4, 3)] {
            let asked = Arc::new(AtomicU32::new(0));
            let counted = Counted(Arc::clone(&asked), Duration::from_mins(minutes));
            let kept = Kept::of(SharedCredentialsProvider::new(counted));
            for _ in 0..3 {
                kept.provide_credentials().await.unwrap();
            }
            assert_eq!(asked.load(Ordering::Relaxed), times, "{minutes} minutes");
        }
    }
}
