//! The line to AWS: who is trusted at its other end, and which proxy is between.
//!
//! As with the AWS CLI, `HTTPS_PROXY` and `HTTP_PROXY` name a proxy and `NO_PROXY` where none is used; `AWS_CA_BUNDLE`
//! names a file of certificates that are trusted instead of those of this machine. What this does not do: read
//! `ca_bundle` of a profile.

use std::path::{Path, PathBuf};

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ce_deploy::cloud::{Failure, FailureKind};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

const BUNDLE: &str = "AWS_CA_BUNDLE";
/// In capitals or not.
const PROXIES: [&str; 3] = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];

/// A client that goes the way that this process was told.
pub(super) fn client() -> Result<SharedHttpClient, Failure> {
    let trusted = match std::env::var_os(BUNDLE).filter(|path| !path.is_empty()) {
        Some(path) => only(&PathBuf::from(path))?,
        None => TrustStore::default(),
    };
    let context = TlsContext::builder().with_trust_store(trusted).build();
    let context = context.map_err(|error| unusable(error.to_string()))?;
    Ok(Builder::new().build_with_connector_fn(move |settings, components| {
        let mut builder = Connector::builder()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(context.clone())
            .proxy_config(proxy());
        builder.set_connector_settings(settings.cloned());
        if let Some(components) = components {
            builder.set_sleep_impl(components.sleep_impl());
        }
        builder.build()
    }))
}

/// The proxy that variables name; looking for one takes time, so it is done where there is any.
fn proxy() -> ProxyConfig {
    let named =
        |name: &&str| [name.to_string(), name.to_lowercase()].iter().any(|name| std::env::var_os(name).is_some());
    if PROXIES.iter().any(named) { ProxyConfig::from_env() } else { ProxyConfig::disabled() }
}

/// The certificates of a file, and no others. One that makes no sense is left out, as an old bundle may have some; a file
/// without any is refused.
fn only(path: &Path) -> Result<TrustStore, Failure> {
    let wrong = |why: String| unusable(format!("`{BUNDLE}` names `{}`, {why}", path.display()));
    let text = std::fs::read(path).map_err(|error| wrong(format!("which cannot be read: {error}")))?;
    let usable =
        |certificate: &CertificateDer<'_>| RootCertStore::empty().add(certificate.clone().into_owned()).is_ok();
    let certificates = CertificateDer::pem_slice_iter(&text).filter_map(Result::ok).filter(usable);
    let pem = |certificate: CertificateDer<'_>| {
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", STANDARD.encode(certificate))
    };
    let found: String = certificates.map(pem).collect();
    if found.is_empty() {
        return Err(wrong("in which there is no certificate".to_owned()));
    }
    Ok(TrustStore::empty().with_pem_certificate(found))
}

fn unusable(message: String) -> Failure {
    Failure { kind: FailureKind::Invalid, code: String::new(), message }
}
