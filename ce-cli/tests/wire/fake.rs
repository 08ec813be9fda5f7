//! A cloud that gives the answers it was told, and keeps the calls.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_sdk_cloudformation::config::{BehaviorVersion, Region};
use aws_smithy_types::retry::RetryConfig;
use ce_cli::simulate::{Cloud, Fault, Server};
use ce_deploy::cloud::{Answer, Call, Failure, Target};
use ce_deploy::engine::Moment;
use ce_deploy::wire::{NewObject, Service};

pub(crate) const ACCOUNT: &str = "111111111111";
pub(crate) const REGION: &str = "eu-west-1";
pub(crate) const STACK: &str = "arn:aws:cloudformation:eu-west-1:111111111111:stack/shop/1";

/// What was asked: where, and what.
pub(crate) type Asked = Arc<Mutex<Vec<(Target, Call)>>>;

/// A cloud that gives the answers it was told, in order.
pub(crate) struct Fake {
    answers: VecDeque<Result<Answer, Failure>>,
    asked: Asked,
    objects: Vec<NewObject>,
}

impl Service for Fake {
    fn call(&mut self, _: Moment, target: &Target, call: Call) -> Result<Answer, Failure> {
        self.asked.lock().expect("no panic").push((target.clone(), call));
        self.answers.pop_front().unwrap_or(Ok(Answer::Done))
    }

    fn put_object(&mut self, _: Moment, _: &Target, object: NewObject) -> Result<(), Failure> {
        self.objects.push(object);
        Ok(())
    }

    fn object(&mut self, _: Moment, _: &Target, bucket: &str, key: &str) -> Result<Vec<u8>, Failure> {
        let found = self.objects.iter().find(|object| object.bucket == bucket && object.key == key);
        found.map(|object| object.body.clone()).ok_or_else(|| Failure::answered("NoSuchKey", "no such key"))
    }
}

/// A server of a fake, and clients of it.
pub(crate) struct Wire {
    pub(crate) server: Server,
    asked: Asked,
    key: &'static str,
    attempts: u32,
}

impl Wire {
    /// A cloud that gives these answers.
    pub(crate) async fn with(answers: impl IntoIterator<Item = Result<Answer, Failure>>) -> Self {
        Self::faulty(answers, []).await
    }

    /// A cloud that gives one answer.
    pub(crate) async fn saying(answer: Answer) -> Self {
        Self::with([Ok(answer)]).await
    }

    /// A cloud on the way to which something goes wrong.
    pub(crate) async fn faulty(
        answers: impl IntoIterator<Item = Result<Answer, Failure>>,
        faults: impl IntoIterator<Item = Fault>,
    ) -> Self {
        let asked = Asked::default();
        let fake = Fake { answers: answers.into_iter().collect(), asked: asked.clone(), objects: Vec::new() };
        let server = Server::start(Cloud::new(fake).faults(faults), 0).await.expect("a free port");
        Self { server, asked, key: ACCOUNT, attempts: 1 }
    }

    /// How often the SDK tries.
    pub(crate) fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The one call that arrived.
    pub(crate) fn call(&self) -> Call {
        let asked = self.asked.lock().expect("no panic");
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].1.clone()
    }

    /// How many calls arrived.
    pub(crate) fn calls(&self) -> usize {
        self.asked.lock().expect("no panic").len()
    }

    /// Where the last call went.
    pub(crate) fn target(&self) -> Target {
        self.asked.lock().expect("no panic").last().expect("a call").0.clone()
    }

    fn credentials(&self) -> Credentials {
        Credentials::new(self.key, "secret", None, None, "test")
    }

    fn retry(&self) -> RetryConfig {
        let pause = std::time::Duration::from_millis(1);
        RetryConfig::standard().with_max_attempts(self.attempts).with_initial_backoff(pause).with_max_backoff(pause)
    }
}

macro_rules! clients {
    ($($name:ident: $sdk:ident),*) => {
        impl Wire {
            $(pub(crate) fn $name(&self) -> $sdk::Client {
                let config = $sdk::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new(REGION))
                    .endpoint_url(self.server.url())
                    .credentials_provider(self.credentials())
                    .http_client(aws_smithy_http_client::Builder::new().build_http())
                    .retry_config(self.retry())
                    .build();
                $sdk::Client::from_conf(config)
            })*
        }
    };
}

clients!(cloudformation: aws_sdk_cloudformation, s3: aws_sdk_s3, sts: aws_sdk_sts);
