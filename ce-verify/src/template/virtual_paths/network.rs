//! `@has_default_route`, `@public` and `@subnet_cidr`: what routes and associations say of a table, list or subnet.

use crate::template::app::App;
use crate::template::value::{ResourceId, Value};

const ASSOCIATIONS: &[(&str, &str)] = &[
    ("AWS::EC2::SubnetRouteTableAssociation", "RouteTableId"),
    ("AWS::EC2::SubnetNetworkAclAssociation", "NetworkAclId"),
];

/// The default routes of a route table.
fn default_routes(app: &App, table: ResourceId) -> Vec<ResourceId> {
    app.of_kind("AWS::EC2::Route")
        .filter(|route| {
            let destination = app.property(*route, "DestinationCidrBlock").and_then(Value::scalar_text);
            destination.as_deref() == Some("0.0.0.0/0")
                && app.property(*route, "RouteTableId").is_some_and(|value| app.leads_to(value, table))
        })
        .collect()
}

pub(super) fn has_default_route(app: &App, id: ResourceId) -> Option<Value> {
    let is_table = app.resource(id).kind == "AWS::EC2::RouteTable";
    is_table.then(|| Value::Bool(!default_routes(app, id).is_empty()))
}

pub(super) fn is_public(app: &App, id: ResourceId) -> Option<Value> {
    if app.resource(id).kind != "AWS::EC2::Subnet" {
        return None;
    }
    let tables = app
        .of_kind("AWS::EC2::SubnetRouteTableAssociation")
        .filter(|association| app.property(*association, "SubnetId").is_some_and(|value| app.leads_to(value, id)))
        .filter_map(|association| app.property(association, "RouteTableId"))
        .flat_map(|table| app.led_to(table, "AWS::EC2::RouteTable"));
    let open = tables.flat_map(|table| default_routes(app, table)).any(|route| {
        let gateway = app.property(route, "GatewayId");
        gateway.is_some_and(|gateway| !app.led_to(gateway, "AWS::EC2::InternetGateway").is_empty())
    });
    Some(Value::Bool(open))
}

pub(super) fn subnet_cidr(app: &App, id: ResourceId) -> Option<Value> {
    if !matches!(app.resource(id).kind.as_str(), "AWS::EC2::RouteTable" | "AWS::EC2::NetworkAcl") {
        return None;
    }
    let served = ASSOCIATIONS.iter().flat_map(|(kind, property)| {
        app.of_kind(kind)
            .filter(move |association| {
                app.property(*association, property).is_some_and(|value| app.leads_to(value, id))
            })
            .filter_map(|association| app.property(association, "SubnetId"))
            .flat_map(|subnet| app.led_to(subnet, "AWS::EC2::Subnet"))
    });
    Some(Value::List(served.filter_map(|subnet| app.property(subnet, "CidrBlock").cloned()).collect()))
}
