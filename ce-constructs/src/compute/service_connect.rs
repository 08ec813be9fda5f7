//! How services find and call each other.

use ce_cfn::ecs::service as l1;
use ce_cfn::ids;
use ce_synth::{Duration, IntoValue, Value};

/// The part a service takes in its cluster's namespace: calling others, and being called under a name.
///
/// ```
/// use ce_constructs::compute::ServiceConnect;
/// let orders = ServiceConnect::server("orders").tls("arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/1");
/// ```
///
/// By default callers use the port the container listens on, in plain HTTP; with TLS the proxies beside the containers
/// speak it on port 8443 of the task and the containers notice nothing.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html>
#[derive(Clone, Debug)]
pub struct ServiceConnect {
    pub(super) name: Option<String>,
    client_port: Option<u16>,
    tls: Option<Tls>,
    idle_timeout: Option<Duration>,
    request_timeout: Option<Duration>,
}

#[derive(Clone, Debug)]
struct Tls {
    authority: Value<String>,
    port: u16,
    key: Option<Value<String>>,
}

/// The port of a task on which its proxy speaks TLS.
const TLS_PORT: u16 = 8443;

impl ServiceConnect {
    fn of(name: Option<String>) -> Self {
        Self { name, client_port: None, tls: None, idle_timeout: None, request_timeout: None }
    }

    /// Calls others and is not called.
    pub fn client() -> Self {
        Self::of(None)
    }

    /// Calls others, and is called under a name: `http://orders:8080`.
    pub fn server(name: impl Into<String>) -> Self {
        Self::of(Some(name.into()))
    }

    /// The port that callers use. Default: the port the container listens on.
    pub fn client_port(mut self, port: u16) -> Self {
        self.client_port = Some(port);
        self
    }

    /// Encrypts what callers send, with certificates from a private authority given by its ARN; the authority must be
    /// tagged `AmazonECSManaged=true`. Default: plain HTTP.
    pub fn tls(mut self, authority: impl IntoValue<String>) -> Self {
        self.tls = Some(Tls { authority: authority.into_value(), port: TLS_PORT, key: None });
        self
    }

    /// The port of the task on which TLS is spoken; without TLS of no effect. Default: 8443.
    pub fn tls_port(mut self, port: u16) -> Self {
        if let Some(tls) = &mut self.tls {
            tls.port = port;
        }
        self
    }

    /// Encrypts the certificates' private keys with a key, by its ARN; without TLS of no effect. Default: a key of AWS.
    pub fn tls_key(mut self, arn: impl IntoValue<String>) -> Self {
        if let Some(tls) = &mut self.tls {
            tls.key = Some(arn.into_value());
        }
        self
    }

    /// How long a connection may say nothing. Default: what ECS does, 5 minutes for HTTP.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// How long an answer may take. Default: what ECS does, 15 seconds for HTTP.
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = Some(timeout);
        self
    }

    pub(super) fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// The port of the task that other tasks connect to.
    pub(super) fn ingress_port(&self, container_port: u16) -> u16 {
        self.tls.as_ref().map_or(container_port, |tls| tls.port)
    }

    /// The entry of a service that is called; `role` fetches its certificates.
    pub(super) fn entry(
        &self,
        port_name: &str,
        port: u16,
        role: Option<Value<ids::IamRoleArn>>,
    ) -> Option<l1::ServiceConnectService> {
        let name = self.name.as_ref()?;
        let alias = l1::ServiceConnectClientAlias::new().dns_name(name).port(self.client_port.unwrap_or(port));
        let tls = self.tls.as_ref().map(|tls| {
            let authority = l1::ServiceConnectTlsCertificateAuthority::new().aws_pca_authority_arn(&tls.authority);
            l1::ServiceConnectTlsConfiguration::new()
                .issuer_certificate_authority(authority)
                .role_arn(role)
                .kms_key(tls.key.clone())
        });
        let entry = l1::ServiceConnectService::new()
            .port_name(port_name)
            .discovery_name(name)
            .client_aliases([alias])
            .ingress_port_override(self.tls.as_ref().map(|tls| tls.port))
            .tls(tls)
            .timeout(self.timeout());
        Some(entry)
    }

    fn timeout(&self) -> Option<l1::TimeoutConfiguration> {
        let (idle, request) = (self.idle_timeout, self.request_timeout);
        (idle.is_some() || request.is_some()).then(|| {
            l1::TimeoutConfiguration::new()
                .idle_timeout_seconds(idle.map(Duration::as_seconds))
                .per_request_timeout_seconds(request.map(Duration::as_seconds))
        })
    }
}
