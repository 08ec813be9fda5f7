//! Secrets and parameters. Both regions of the pair can read them: secrets are replicated, parameters made in each.

use ce::compute::{InlineCode, LambdaFunction};
use ce::prelude::*;
use ce::resilience::ReplicatedSecret;
use ce::security::{Parameter, Password, SecretBuilder};

use super::keys::Keys;
use super::settings::Settings;

pub struct Vault<'a> {
    pub data_key: Key<'a>,
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
    pub fn new(stack: Scope<'a>, settings: &Settings<'a>, keys: &Keys<'a>) -> Self {
        let Keys { data: data_key, secrets: secrets_key } = *keys;
        // Made where the system serves, found by its name where it stands by.
        let secret = |id: &str, role: &str, about: &str, contents: &dyn Fn(SecretBuilder<'a>) -> SecretBuilder<'a>| {
            let name = settings.shared_name(role);
            if settings.is_standby() {
                return ReplicatedSecret::copy(stack, id, name, &secrets_key);
            }
            let secret = Secret::builder(&secrets_key).named(name).described(about).replicated_to(settings.standby());
            contents(secret).build(stack, id)
        };
        // A new pair twice a year; the old one stays valid as long as tokens live.
        let rotated = |secret: SecretBuilder<'a>| {
            let signer = LambdaFunction::builder(InlineCode::rsa_signing_key_rotation())
                .described("Makes the key pair that signs tokens")
                .encrypted_by(&data_key)
                .build(stack, "SigningKeys");
            secret.filled_by_hand().rotated(Rotation::function(signer.arn(), &signer).every(Duration::days(182)))
        };
        let generated = |secret: SecretBuilder<'a>| secret.generated(Password::new().length(48).without_punctuation());
        let by_hand = SecretBuilder::filled_by_hand;
        Self {
            data_key,
            secrets_key,
            jwt: secret("Jwt", "auth/jwt", "The key pair that signs tokens; rotated twice a year", &rotated),
            api_keys: secret(
                "ApiKeys",
                "core/api-keys",
                "Keys of others' interfaces; rotated by hand every quarter",
                &by_hand,
            ),
            config: secret("Config", "shared/config", "Settings that must not be seen", &by_hand),
            verification: secret(
                "Verification",
                "edge/verification",
                "What the CDN says to be let in by the load balancer",
                &generated,
            ),
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
