//! How a load balancer knows that a request came through CloudFront.

use std::borrow::Cow;

use ce_synth::{IntoValue, Value};

/// A header with a secret value, which CloudFront adds to requests and a web ACL at the origin looks for.
///
/// ```
/// use ce_constructs::edge::OriginVerification;
/// use ce_constructs::security::Secret;
/// fn header(secret: &Secret<'_>) -> OriginVerification {
///     OriginVerification::new("x-origin-verify", secret.text())
/// }
/// ```
///
/// The value is a field of a secret: only a reference to it is in the template, and CloudFormation reads it when it
/// deploys. After the secret was rotated, deploy the origin's web ACL and the distribution again.
#[derive(Clone, Debug)]
pub struct OriginVerification {
    pub(super) header: Cow<'static, str>,
    pub(super) value: Value<String>,
}

impl OriginVerification {
    /// A header, and the reference to its secret value. A value that stands in the program is a finding.
    pub fn new(header: impl Into<Cow<'static, str>>, value: impl IntoValue<String>) -> Self {
        Self { header: header.into(), value: value.into_value() }
    }
}
