use ce_cfn::certificatemanager::Certificate as CertificateResource;
use ce_constructs::edge::{Certificate, GlobalCertificate, KeyAlgorithm};
use ce_synth::{Expr, Region};

use super::{built, only, template, zone};

#[test]
fn default_template() {
    let assembly = built(|scope| {
        Certificate::builder("example.com", &zone()).build(scope, "Certificate");
    });
    insta::assert_json_snapshot!(template(&assembly));
}

#[test]
fn every_name_is_validated() {
    let assembly = built(|scope| {
        Certificate::builder("example.com", &zone())
            .subject_alternative_names(["www.example.com", "origin.example.com"])
            .subject_alternative_name("*.example.com")
            .key_algorithm(KeyAlgorithm::EcdsaP256)
            .build(scope, "Certificate");
    });
    let names = only::<CertificateResource>(&assembly, "SubjectAlternativeNames");
    assert_eq!(names, Some(Expr::list(["www.example.com", "origin.example.com", "*.example.com"])));
    let options = only::<CertificateResource>(&assembly, "DomainValidationOptions").unwrap();
    assert_eq!(options.as_list().map(<[_]>::len), Some(4));
    assert_eq!(only::<CertificateResource>(&assembly, "KeyAlgorithm"), Some("EC_prime256v1".into()));
}

#[test]
fn a_global_one_serves_a_load_balancer_of_its_region() {
    built(|scope| {
        let global = Certificate::builder("example.com", &zone()).build_global(scope, "Certificate");
        assert_eq!(global.regional().region(), Some(Region::US_EAST_1));
        let arn = "arn:aws:acm:us-east-1:111111111111:certificate/0c1d2e3f";
        assert!(GlobalCertificate::existing(scope, arn).regional().certificate().is_none());
    });
}
