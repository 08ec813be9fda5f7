//! The way to AWS: proxies, and certificates of an authority of one's own.

use std::fs;

use crate::certificates::Certificates;
use crate::front::Front;
use crate::ran::{Desk, Ran};
use crate::small::{queue, shop};

/// Deploys to an endpoint, with these variables.
async fn deploy(desk: &Desk, endpoint: &str, variables: &[(&str, &str)]) -> Ran {
    let mut command = desk.command(&["deploy", "out"]);
    command.env("AWS_ENDPOINT_URL", endpoint).envs(variables.iter().copied());
    Ran::of(command).await
}

async fn desk(name: &str) -> Desk {
    let desk = Desk::with_cloud(name).await;
    shop(&desk, &queue("a"));
    desk
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted() {
    let desk = desk("way-authority").await;
    let certificates = Certificates::new();
    let bundle = certificates.bundle(&desk.folder);
    let front = Front::over_tls(&desk.url(), certificates.config);
    deploy(&desk, front.url(), &[("AWS_CA_BUNDLE", &bundle)]).await.expect(0);
    assert!(!front.asked().is_empty());
}

#[tokio::test]
async fn who_is_not_trusted_is_not_spoken_to() {
    let desk = desk("way-stranger").await;
    let (certificates, others) = (Certificates::new(), Certificates::new());
    let front = Front::over_tls(&desk.url(), certificates.config);
    // One that makes no sense is left out; what remains says nothing of this server.
    let bundle = desk.folder.join("bundle.pem").display().to_string();
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    fs::write(&bundle, format!("{nonsense}{}", others.authority)).expect("a file");
    let ran = deploy(&desk, front.url(), &[("AWS_CA_BUNDLE", &bundle)]).await;
    assert_ne!(ran.code, 0, "{}", ran.shown());
    assert_eq!(front.asked().len(), 0);
}

#[tokio::test]
async fn a_bundle_that_is_none_is_named() {
    let desk = desk("way-bundle").await;
    fs::write(desk.folder.join("empty.pem"), "nothing").expect("a file");
    for (name, words) in [("missing.pem", "which cannot be read"), ("empty.pem", "in which there is no certificate")] {
        let path = desk.folder.join(name).display().to_string();
        let ran = deploy(&desk, &desk.url(), &[("AWS_CA_BUNDLE", &path)]).await.expect(4);
        assert!(ran.errors.contains("AWS_CA_BUNDLE") && ran.errors.contains(words), "{}", ran.errors);
    }
}

#[tokio::test]
async fn a_proxy_is_gone_through() {
    let desk = desk("way-proxy").await;
    let certificates = Certificates::new();
    let bundle = certificates.bundle(&desk.folder);
    let (proxy, front) = (Front::proxy(), Front::over_tls(&desk.url(), certificates.config));
    deploy(&desk, &desk.url(), &[("HTTP_PROXY", proxy.url())]).await.expect(0);
    assert!(proxy.asked().iter().any(|asked| asked.head.starts_with("POST http://127.0.0.1:")), "{:?}", proxy.asked());
    let before = proxy.asked().len();
    let variables = [("https_proxy", proxy.url()), ("AWS_CA_BUNDLE", bundle.as_str())];
    deploy(&desk, front.url(), &variables).await.expect(0);
    let through = &proxy.asked()[before..];
    assert!(!through.is_empty() && through.iter().all(|asked| asked.head.starts_with("CONNECT 127.0.0.1:")));
    assert!(through.iter().all(|asked| asked.body.is_empty()), "it sees nothing of what is said");
}

#[tokio::test]
async fn where_no_proxy_is_wanted_none_is_used() {
    let desk = desk("way-no-proxy").await;
    let proxy = Front::proxy();
    let variables = [("HTTP_PROXY", proxy.url()), ("NO_PROXY", "169.254.169.254,127.0.0.1")];
    deploy(&desk, &desk.url(), &variables).await.expect(0);
    assert_eq!(proxy.asked().len(), 0);
}
