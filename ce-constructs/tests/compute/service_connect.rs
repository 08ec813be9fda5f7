//! Services that call each other.

use ce_constructs::compute::{EcsCluster, FargateService, ServiceConnect, TaskSize};
use ce_constructs::network::{Connect, Port};
use ce_synth::Duration;
use serde_json::Value;

use super::{PROD, built, done, image, of_type, service, service_of, task_of, vpc};

const CA: &str = "arn:aws:acm-pca:us-east-1:111111111111:certificate-authority/12345678-1234-1234-1234-123456789012";

#[test]
fn a_server_is_called_by_its_name() {
    let resources = built(PROD, |scope| {
        let connect = ServiceConnect::server("orders").client_port(80).request_timeout(Duration::seconds(30));
        service(scope).port(8080).service_connect(connect).build(scope, "Api");
    });
    let configuration = &service_of(&resources)["ServiceConnectConfiguration"];
    assert_eq!(configuration["Enabled"], true);
    let entry = &configuration["Services"][0];
    assert_eq!(entry["DiscoveryName"], "orders");
    assert_eq!(
        (&entry["ClientAliases"][0]["DnsName"], &entry["ClientAliases"][0]["Port"]),
        (&"orders".into(), &80.into())
    );
    assert_eq!(entry["Timeout"]["PerRequestTimeoutSeconds"], 30);
    assert_eq!((&entry["Tls"], &entry["IngressPortOverride"]), (&Value::Null, &Value::Null));
    let port = &task_of(&resources)["ContainerDefinitions"][0]["PortMappings"][0];
    assert_eq!(port["Name"], entry["PortName"]);
    assert_eq!(port["AppProtocol"], "http");
}

#[test]
fn tls_has_a_port_and_one_role_for_the_cluster() {
    let resources = built(PROD, |scope| {
        let cluster = EcsCluster::builder().namespace("shop").build(scope, "Cluster");
        for name in ["auth", "core"] {
            let api = FargateService::builder(&cluster, &vpc(scope), image(), TaskSize::new::<256, 512>())
                .port(8080)
                .service_connect(ServiceConnect::server(name).tls(CA))
                .build(scope, name);
            assert_eq!(api.connections().port(), Some(Port::tcp(8443)), "callers connect to the proxy");
        }
    });
    for service in of_type(&resources, "AWS::ECS::Service") {
        let entry = &service["ServiceConnectConfiguration"]["Services"][0];
        assert_eq!(entry["IngressPortOverride"], 8443);
        assert_eq!(entry["Tls"]["IssuerCertificateAuthority"]["AwsPcaAuthorityArn"], CA);
        assert!(entry["Tls"]["RoleArn"].to_string().contains("ServiceConnectTlsRole"));
    }
    let roles: String = of_type(&resources, "AWS::IAM::Role").iter().map(ToString::to_string).collect();
    assert_eq!(roles.matches("ForServiceConnectTransportLayerSecurity").count(), 1);
}

#[test]
fn a_client_offers_nothing() {
    let resources =
        built(PROD, |scope| done(service(scope).service_connect(ServiceConnect::client()).build(scope, "Api")));
    let configuration = &service_of(&resources)["ServiceConnectConfiguration"];
    assert_eq!((&configuration["Enabled"], &configuration["Services"]), (&true.into(), &Value::Null));
}
