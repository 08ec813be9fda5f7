//! An own construct: the private authority that signs the services' certificates for each other.

use ce::cfn::{acmpca, ids};
use ce::prelude::*;
use ce::synth::value::partition;

/// A root authority of short-lived certificates: the cheap kind, all that Service Connect needs.
pub struct ServiceAuthority<'a> {
    authority: acmpca::CertificateAuthorityRef<'a>,
}

impl<'a> ServiceAuthority<'a> {
    #[track_caller]
    pub fn new(scope: Scope<'a>, id: &str) -> Self {
        let scope = scope.child(id);
        let subject =
            acmpca::certificate_authority::Subject::new().organization("Claude Enhancer").common_name("services");
        let authority = acmpca::CertificateAuthority::new()
            .type_("ROOT")
            .key_algorithm("EC_prime256v1")
            .signing_algorithm("SHA256WITHECDSA")
            .usage_mode("SHORT_LIVED_CERTIFICATE")
            .subject(subject);
        let authority = scope.add("Authority", authority);
        let template = join!["arn:", partition(), ":acm-pca:::template/RootCACertificate/V1"];
        let certificate = acmpca::Certificate::new()
            .certificate_authority_arn(authority)
            .certificate_signing_request(authority.certificate_signing_request())
            .signing_algorithm("SHA256WITHECDSA")
            .template_arn(template.cast())
            .validity(acmpca::certificate::Validity::new().type_("YEARS").value(10));
        let certificate = scope.add("Certificate", certificate);
        let activation = acmpca::CertificateAuthorityActivation::new()
            .certificate_authority_arn(authority)
            .certificate(certificate.certificate())
            .status("ACTIVE");
        scope.add("Activation", activation);
        Self { authority }
    }

    pub fn arn(&self) -> Value<ids::AcmpcaCertificateAuthorityArn> {
        self.authority.arn()
    }
}
