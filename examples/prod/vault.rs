//! Keys and secrets. Both regions of the pair can use them: keys are multi-region, secrets replicated.

use ce::compute::{InlineCode, LambdaFunction};
use ce::prelude::*;
use ce::security::{Parameter, Password};

use super::settings::Settings;

pub struct Vault<'a> {
    /// Encrypts databases, buckets, logs and topics of this region.
    pub data_key: Key<'a>,
    /// Encrypts secrets and backups; has a replica in the standby's region.
    pub secrets_key: Key<'a>,
    pub jwt: Secret<'a>,
    pub api_keys: Secret<'a>,
    pub config: Secret<'a>,
    /// What the CDN says to be let in by the load balancer.
    pub verification: Secret<'a>,
    pub flags: Parameter<'a>,
    /// What the collectors of traces are set up with.
    pub collector: Parameter<'a>,
}

impl<'a> Vault<'a> {
    pub fn new(stack: Scope<'a>, settings: &Settings) -> Self {
        let region = settings.environment.region;
        let data_key = Key::builder()
            .alias(format!("alias/{}", settings.name("data")))
            .described("Databases, buckets, logs and topics")
            .allow_service(Principal::regional_service("logs", region))
            .build(stack, "DataKey");
        let secrets_key = Key::builder()
            .alias(format!("alias/{}", settings.name("secrets")))
            .described("Secrets and backups, in both regions")
            .multi_region()
            .build(stack, "SecretsKey");
        let secret = |role: &str, about: &str| {
            Secret::builder(&secrets_key).named(settings.name(role)).described(about).replicated_to(settings.standby())
        };
        // A new pair twice a year; the old one stays valid as long as tokens live.
        let signer = LambdaFunction::builder(InlineCode::rsa_signing_key_rotation())
            .described("Makes the key pair that signs tokens")
            .encrypted_by(&data_key)
            .build(stack, "SigningKeys");
        let jwt = secret("auth/jwt", "The key pair that signs tokens; rotated twice a year")
            .filled_by_hand()
            .rotated(Rotation::function(signer.arn(), &signer).every(Duration::days(182)))
            .build(stack, "Jwt");
        Self {
            data_key,
            secrets_key,
            jwt,
            api_keys: secret("core/api-keys", "Keys of others' interfaces; rotated by hand every quarter")
                .filled_by_hand()
                .build(stack, "ApiKeys"),
            config: secret("shared/config", "Settings that must not be seen").filled_by_hand().build(stack, "Config"),
            verification: secret("edge/verification", "What the CDN says to be let in by the load balancer")
                .generated(Password::new().length(48).without_punctuation())
                .build(stack, "Verification"),
            flags: Parameter::builder(format!("/{}/feature-flags", settings.prefix), r#"{"agents":true}"#)
                .described("Feature flags, read by the agents")
                .build(stack, "FeatureFlags"),
            collector: Parameter::builder(format!("/{}/trace-collector", settings.prefix), COLLECTOR)
                .described("How the sidecars of all services collect traces")
                .build(stack, "Collector"),
        }
    }
}

/// OpenTelemetry in, X-Ray out.
const COLLECTOR: &str = "\
receivers: {otlp: {protocols: {grpc: {endpoint: 'localhost:4317'}}}}
exporters: {awsxray: {}}
service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
";
