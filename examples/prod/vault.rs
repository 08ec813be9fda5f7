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
    /// A parameter, as the reference has it, and not an AppConfig profile (`ce::configuration::FeatureFlags`): the standby
    /// reads its own copy with no agent beside the tasks.
    pub flags: Parameter<'a>,
    /// What the collectors of traces are set up with.
    pub collector: Parameter<'a>,
}

impl<'a> Vault<'a> {
    pub fn new(stack: Scope<'a>, settings: &Settings<'a>, keys: &Keys<'a>) -> Self {
        let secrets = Secrets { stack, settings, keys };
        let parameter = |id: &str, role: &str, value: &'static str, about: &str| {
            Parameter::builder(format!("/{}/{role}", settings.prefix), value).described(about).build(stack, id)
        };
        let flags = r#"{"agents":true}"#;
        Self {
            data_key: keys.data,
            secrets_key: keys.secrets,
            jwt: secrets.secret("Jwt", "auth/jwt", "The key pair that signs tokens; rotated twice a year", |secret| {
                secrets.rotated(secret)
            }),
            api_keys: secrets.by_hand(
                "ApiKeys",
                "core/api-keys",
                "Keys of others' interfaces; rotated by hand every quarter",
            ),
            config: secrets.by_hand("Config", "shared/config", "Settings that must not be seen"),
            verification: secrets.secret(
                "Verification",
                "edge/verification",
                "What the CDN says to be let in by the load balancer",
                |secret| secret.generated(Password::new().length(48).without_punctuation()),
            ),
            flags: parameter("FeatureFlags", "feature-flags", flags, "Feature flags, read by the agents"),
            collector: parameter(
                "Collector",
                "trace-collector",
                COLLECTOR,
                "How the sidecars of all services collect traces",
            ),
        }
    }
}

/// Secrets are made where the system serves, and found by their names where it stands by.
struct Secrets<'s, 'a> {
    stack: Scope<'a>,
    settings: &'s Settings<'a>,
    keys: &'s Keys<'a>,
}

impl<'a> Secrets<'_, 'a> {
    fn secret(
        &self,
        id: &str,
        role: &str,
        about: &str,
        contents: impl FnOnce(SecretBuilder<'a>) -> SecretBuilder<'a>,
    ) -> Secret<'a> {
        let name = self.settings.shared_name(role);
        if self.settings.is_standby() {
            return ReplicatedSecret::copy(self.stack, id, name, &self.keys.secrets);
        }
        let secret = Secret::builder(&self.keys.secrets).named(name).described(about);
        contents(secret.replicated_to(self.settings.standby())).build(self.stack, id)
    }

    fn by_hand(&self, id: &str, role: &str, about: &str) -> Secret<'a> {
        self.secret(id, role, about, SecretBuilder::filled_by_hand)
    }

    /// A new pair twice a year; the old one stays valid as long as tokens live.
    fn rotated(&self, secret: SecretBuilder<'a>) -> SecretBuilder<'a> {
        let signer = LambdaFunction::builder(InlineCode::rsa_signing_key_rotation())
            .described("Makes the key pair that signs tokens")
            .encrypted_by(&self.keys.data)
            .build(self.stack, "SigningKeys");
        secret.filled_by_hand().rotated(Rotation::function(signer.arn(), &signer).every(Duration::days(182)))
    }
}

/// OpenTelemetry in, X-Ray out.
const COLLECTOR: &str = "\
receivers: {otlp: {protocols: {grpc: {endpoint: 'localhost:4317'}}}}
exporters: {awsxray: {}}
service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
";
