//! An authority of one's own, and a server that it vouches for. Both are made anew each time: no key lies in the tree.

use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

/// The certificate of the authority, as PEM, and what a server needs to speak as 127.0.0.1.
pub(crate) struct Certificates {
    pub(crate) authority: String,
    pub(crate) config: ServerConfig,
}

impl Certificates {
    pub(crate) fn new() -> Self {
        let authority_key = KeyPair::generate().expect("a key");
        let mut params = named("an authority", &[]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = params.self_signed(&authority_key).expect("a certificate");
        let issuer = Issuer::new(params, authority_key);
        let key = KeyPair::generate().expect("a key");
        let server = named("a server", &["127.0.0.1"]).signed_by(&key, &issuer).expect("a certificate");
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let config = builder.expect("versions").with_no_client_auth().with_single_cert(vec![server.der().clone()], key);
        Self { authority: authority.pem(), config: config.expect("an identity") }
    }

    /// Writes the certificate of the authority into a folder, and says where it is.
    pub(crate) fn bundle(&self, folder: &Path) -> String {
        let path = folder.join("authority.pem");
        std::fs::write(&path, &self.authority).expect("a file");
        path.display().to_string()
    }
}

fn named(name: &str, addresses: &[&str]) -> CertificateParams {
    let addresses: Vec<String> = addresses.iter().map(|address| (*address).to_owned()).collect();
    let mut params = CertificateParams::new(addresses).expect("addresses");
    params.distinguished_name.push(DnType::CommonName, name);
    params
}
