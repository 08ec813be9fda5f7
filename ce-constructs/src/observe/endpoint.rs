//! Who is told by a topic.

use ce_synth::{IntoValue, Value};

/// Who is told by a topic.
///
/// Source: <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub(super) protocol: &'static str,
    pub(super) address: Value<String>,
}

impl Endpoint {
    fn of(protocol: &'static str, address: impl IntoValue<String>) -> Self {
        Self { protocol, address: address.into_value() }
    }

    /// An e-mail address; its owner must confirm.
    pub fn email(address: impl IntoValue<String>) -> Self {
        Self::of("email", address)
    }

    /// A URL that begins with `https://`, such as that of a paging service.
    pub fn https(url: impl IntoValue<String>) -> Self {
        Self::of("https", url)
    }

    /// A queue, by its ARN; its policy must let SNS send to it.
    pub fn queue(arn: impl IntoValue<String>) -> Self {
        Self::of("sqs", arn)
    }

    /// A Lambda function, by its ARN; it must let SNS invoke it.
    pub fn function(arn: impl IntoValue<String>) -> Self {
        Self::of("lambda", arn)
    }

    /// A telephone number such as `+15550100`, told by text message.
    pub fn sms(number: impl IntoValue<String>) -> Self {
        Self::of("sms", number)
    }
}
