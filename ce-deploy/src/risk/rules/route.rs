//! `route`: a route to the internet, or to another network, that was not there.

use serde_json::Value;

use crate::risk::RiskClass::Exposure;
use crate::risk::change::{Change, Report, words};
use crate::template::{Active, symbol};

/// Properties that name where a route leads, and what it is in words.
const WAYS: [(&str, &str); 4] = [
    ("GatewayId", "a gateway"),
    ("TransitGatewayId", "a transit gateway"),
    ("VpcPeeringConnectionId", "another VPC"),
    ("CoreNetworkArn", "a core network"),
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for (id, new, old) in change.resources() {
        match new.type_name.as_str() {
            "AWS::EC2::Route" => {
                let way =
                    |properties: &Value| WAYS.iter().map(|(name, _)| properties[name].clone()).collect::<Vec<_>>();
                let leads = WAYS.iter().find(|(name, _)| !new.properties[name].is_null());
                let same = old.is_some_and(|old| {
                    let to = ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"];
                    way(&old.properties) == way(&new.properties)
                        && to.iter().all(|to| old.properties[*to] == new.properties[*to])
                });
                if let Some((property, what)) = leads.filter(|_| !same) {
                    let way = words(&new.properties[*property]);
                    report.add("route", Exposure, id, format!("routes traffic through {what} (`{way}`)"));
                }
            }
            "AWS::EC2::SubnetRouteTableAssociation" => {
                let table = |side: &Active| side.properties["RouteTableId"].clone();
                let other = old.is_some_and(|old| table(old) != table(new));
                if other && leads_out(&table(new), change) {
                    report.add("route", Exposure, id, format!("gives a subnet the routes of `{}`", words(&table(new))));
                }
            }
            "AWS::EC2::VPCPeeringConnection"
            | "AWS::EC2::TransitGatewayVpcAttachment"
            | "AWS::EC2::TransitGatewayAttachment"
                if old.is_none() =>
            {
                report.add("route", Exposure, id, "connects the network with another");
            }
            _ => {}
        }
    }
}

/// Whether a table has a route that leads out; one that the templates do not make may have.
fn leads_out(table: &Value, change: &Change<'_>) -> bool {
    let made = table.as_str().and_then(|text| symbol::names(text).next());
    let is_made = made
        .map(|name| name.strip_suffix(".RouteTableId").unwrap_or(name))
        .is_some_and(|id| change.after.resources.contains_key(id));
    let routes = change.after.resources.values().filter(|one| one.type_name == "AWS::EC2::Route");
    let mut mine = routes.filter(|route| route.properties["RouteTableId"] == *table);
    !is_made || mine.any(|route| WAYS.iter().any(|(name, _)| !route.properties[*name].is_null()))
}
