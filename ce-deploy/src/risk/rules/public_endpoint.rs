//! `public-endpoint`: something gets an address that the world reaches.

use serde_json::Value;

use super::switch::When::{FalseOrUnset, Is, IsOrUnset, True, TrueOrUnset, Unset};
use super::switch::{Switch, When, find as find_switches};
use crate::risk::RiskClass::Exposure;
use crate::risk::change::{Change, Report, at, flag, words};
use crate::risk::network::Cidr;
use crate::template::Active;

const fn public(type_name: &'static str, path: &'static str, unsafe_when: When) -> Switch {
    Switch { type_name, path, unsafe_when, what: "can be reached from the internet" }
}

/// Source: CloudFormation template reference, each property with its default.
const TABLE: &[Switch] = &[
    public("AWS::RDS::DBInstance", "PubliclyAccessible", True),
    public("AWS::RDS::DBCluster", "PubliclyAccessible", True),
    public("AWS::Redshift::Cluster", "PubliclyAccessible", True),
    public("AWS::RedshiftServerless::Workgroup", "PubliclyAccessible", True),
    public("AWS::DMS::ReplicationInstance", "PubliclyAccessible", TrueOrUnset),
    public("AWS::AmazonMQ::Broker", "PubliclyAccessible", True),
    public(
        "AWS::MSK::Cluster",
        "BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type",
        Is(&["SERVICE_PROVIDED_EIPS"]),
    ),
    public("AWS::EKS::Cluster", "ResourcesVpcConfig.EndpointPublicAccess", TrueOrUnset),
    public("AWS::EKS::Cluster", "ResourcesVpcConfig.PublicAccessCidrs", Unset),
    public("AWS::ECS::Service", "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", Is(&["ENABLED"])),
    public("AWS::EC2::Subnet", "MapPublicIpOnLaunch", True),
    public("AWS::AutoScaling::LaunchConfiguration", "AssociatePublicIpAddress", True),
    public("AWS::ElasticLoadBalancing::LoadBalancer", "Scheme", IsOrUnset(&["internet-facing"])),
    public("AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme", IsOrUnset(&["internet-facing"])),
    public("AWS::SageMaker::NotebookInstance", "DirectInternetAccess", IsOrUnset(&["Enabled"])),
    public("AWS::SageMaker::Domain", "AppNetworkAccessType", IsOrUnset(&["PublicInternetOnly"])),
    public("AWS::OpenSearchService::Domain", "VPCOptions", Unset),
    public("AWS::Elasticsearch::Domain", "VPCOptions", Unset),
    public("AWS::MWAA::Environment", "WebserverAccessMode", Is(&["PUBLIC_ONLY"])),
    public("AWS::Transfer::Server", "EndpointType", IsOrUnset(&["PUBLIC"])),
    public("AWS::Neptune::DBInstance", "PubliclyAccessible", True),
    public("AWS::NeptuneGraph::Graph", "PublicConnectivity", True),
    public("AWS::AppRunner::Service", "NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible", TrueOrUnset),
    public("AWS::Lightsail::Database", "PubliclyAccessible", True),
    public("AWS::RAM::ResourceShare", "AllowExternalPrincipals", TrueOrUnset),
    public("AWS::EC2::VPCEndpointService", "AcceptanceRequired", FalseOrUnset),
    public("AWS::AppSync::GraphQLApi", "Visibility", IsOrUnset(&["GLOBAL"])),
    public("AWS::Cognito::UserPool", "AdminCreateUserConfig.AllowAdminCreateUserOnly", FalseOrUnset),
    public("AWS::Cognito::IdentityPool", "AllowUnauthenticatedIdentities", True),
];

/// Types that are an address for the world.
const ADDRESSES: [(&str, &str); 6] = [
    ("AWS::ECR::PublicRepository", "gives its images to the world"),
    ("AWS::EC2::EIP", "is a public address"),
    ("AWS::EC2::InternetGateway", "connects a network with the internet"),
    ("AWS::CloudFront::Distribution", "delivers to the world"),
    ("AWS::GlobalAccelerator::Accelerator", "has addresses that the world reaches"),
    ("AWS::Lambda::Url", "gives a function an address of its own"),
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    find_switches(TABLE, "public-endpoint", Exposure, true, change, report);
    for (id, new, old) in change.resources() {
        let address = ADDRESSES.iter().find(|(name, _)| *name == new.type_name && old.is_none());
        address.into_iter().for_each(|(_, what)| report.add("public-endpoint", Exposure, id, *what));
        let private = |one: &Active| at(&one.properties, "EndpointConfiguration.Types")[0] == "PRIVATE";
        if new.type_name == "AWS::ApiGateway::RestApi" && old.is_some_and(private) && !private(new) {
            report.add(
                "public-endpoint",
                Exposure,
                id,
                "can be reached from the internet (`EndpointConfiguration.Types`)",
            );
        }
        if public_parts(&new.properties, 0) > old.map_or(0, |old| public_parts(&old.properties, 0)) {
            report.add("public-endpoint", Exposure, id, "has a part that can be reached from the internet");
        }
        ranges(id, &new.type_name, &new.properties, old.map(|old| &old.properties), report);
    }
}

/// How many parts in lists, such as network interfaces, have a public address; in any type, known or not.
fn public_parts(value: &Value, depth: usize) -> usize {
    const NAMES: [&str; 5] = [
        "AssociatePublicIpAddress",
        "AssignPublicIp",
        "MapPublicIpOnLaunch",
        "PubliclyAccessible",
        "IsPubliclyAccessible",
    ];
    let inner = |value: &Value| public_parts(value, depth + 1);
    match value {
        Value::Array(items) => items.iter().map(inner).sum(),
        Value::Object(map) => {
            // At the top of a type that is known the table says it already.
            let says = |(name, value): (&String, &Value)| {
                depth > 1 && NAMES.contains(&name.as_str()) && (flag(value) == Some(true) || *value == "ENABLED")
            };
            map.iter().filter(|entry| says(*entry)).count() + map.values().map(inner).sum::<usize>()
        }
        _ => 0,
    }
}

/// Clusters of EKS say who reaches their API.
fn ranges(id: &str, type_name: &str, new: &Value, old: Option<&Value>, report: &mut Report<'_>) {
    if type_name != "AWS::EKS::Cluster" {
        return;
    }
    let list = |properties: &Value| -> Vec<String> {
        let list = properties["ResourcesVpcConfig"]["PublicAccessCidrs"].as_array();
        list.into_iter().flatten().map(words).collect()
    };
    let was = old.map(list).unwrap_or_default();
    let all = old.is_some() && was.is_empty();
    for range in list(new) {
        let covered = was.iter().any(|was| {
            *was == range || Cidr::of(was).zip(Cidr::of(&range)).is_some_and(|(wide, narrow)| wide.covers(narrow))
        });
        if !covered && !all {
            report.add("public-endpoint", Exposure, id, format!("can be reached from {range}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::switch::unknown;
    use super::TABLE;

    #[test]
    fn rows_are_properties() {
        assert_eq!(unknown(TABLE), Vec::<String>::new());
    }
}
