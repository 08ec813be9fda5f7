//! `public-endpoint`: something gets an address that the world reaches.

use super::switch::When::{FalseOrUnset, Is, IsOrUnset, True, TrueOrUnset, Unset};
use super::switch::{Switch, When, find as find_switches};
use crate::risk::RiskClass::Exposure;
use crate::risk::change::{Change, Report};

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
    public("AWS::Cognito::UserPool", "AdminCreateUserConfig.AllowAdminCreateUserOnly", FalseOrUnset),
    public("AWS::Cognito::IdentityPool", "AllowUnauthenticatedIdentities", True),
];

/// Types that are an address for the world.
const ADDRESSES: [(&str, &str); 5] = [
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
        ranges(id, &new.type_name, &new.properties, old.map(|old| &old.properties), report);
    }
}

/// Clusters of EKS say who reaches their API.
fn ranges(
    id: &str,
    type_name: &str,
    new: &serde_json::Value,
    old: Option<&serde_json::Value>,
    report: &mut Report<'_>,
) {
    use crate::risk::network::Cidr;
    if type_name != "AWS::EKS::Cluster" {
        return;
    }
    let list = |properties: &serde_json::Value| -> Vec<String> {
        let list = properties["ResourcesVpcConfig"]["PublicAccessCidrs"].as_array();
        list.into_iter().flatten().map(crate::risk::change::words).collect()
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
