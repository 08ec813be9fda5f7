//! `@ingress` and `@egress`: the rules of a security group, inline and standalone, as one list.
//!
//! A rule is `{proto, from, to, source}`. The source of a rule from another group is `sg:` and leads to that group, so
//! it can be compared by role. The group that an EKS cluster returns has standalone rules only.

use crate::template::app::App;
use crate::template::json::Json;
use crate::template::roles::CLUSTER_GROUP;
use crate::template::value::{Lead, Piece, ResourceId, Text, Value};

const LAST_PORT: u32 = 65535;

/// The side of a group that rules are for.
struct Side {
    inline: &'static str,
    standalone: &'static str,
    group: &'static [&'static str],
    list: &'static [&'static str],
}

const INGRESS: Side = Side {
    inline: "SecurityGroupIngress",
    standalone: "AWS::EC2::SecurityGroupIngress",
    group: &["SourceSecurityGroupId", "SourceSecurityGroupName"],
    list: &["SourcePrefixListId"],
};

const EGRESS: Side = Side {
    inline: "SecurityGroupEgress",
    standalone: "AWS::EC2::SecurityGroupEgress",
    group: &["DestinationSecurityGroupId"],
    list: &["DestinationPrefixListId"],
};

pub(super) fn ingress(app: &App, id: ResourceId) -> Option<Value> {
    stated(app, id, &INGRESS).map(Value::List)
}

pub(super) fn egress(app: &App, id: ResourceId) -> Option<Value> {
    let mut rules = stated(app, id, &EGRESS)?;
    if rules.is_empty() {
        rules.push(rule("-1", number(0.0), number(f64::from(LAST_PORT)), Value::text("cidr:0.0.0.0/0")));
    }
    rules.retain(|rule| !reaches_nothing(rule));
    Some(Value::List(rules))
}

/// The loopback range and the broadcast address, which tools use to say "no egress".
fn reaches_nothing(rule: &Value) -> bool {
    let source = rule.get("source").and_then(Value::scalar_text).unwrap_or_default();
    source.starts_with("cidr:127.") || source == "cidr:255.255.255.255/32"
}

fn stated(app: &App, id: ResourceId, side: &Side) -> Option<Vec<Value>> {
    let inline = match app.resource(id).kind.as_str() {
        "AWS::EC2::SecurityGroup" => app.property(id, side.inline).map(Value::elements).unwrap_or_default(),
        "AWS::EKS::Cluster" => Vec::new(),
        _ => return None,
    };
    let apart = app.of_kind(side.standalone).filter(|rule| {
        ["GroupId", "GroupName"]
            .iter()
            .filter_map(|property| app.property(*rule, property))
            .any(|group| belongs(app, group, id))
    });
    let apart = apart.map(|rule| app.properties(rule));
    Some(inline.into_iter().chain(apart).map(|written| normal(app, written, side)).collect())
}

fn belongs(app: &App, group: &Value, id: ResourceId) -> bool {
    if app.resource(id).kind != "AWS::EKS::Cluster" {
        return app.leads_to(group, id);
    }
    let wanted = Lead::Resource { id, attribute: Some(CLUSTER_GROUP.to_owned()) };
    group.leads().contains(&wanted)
}

fn normal(app: &App, written: &Value, side: &Side) -> Value {
    let text = |name: &str| written.get(name).and_then(Value::scalar_text);
    // A port that only `CloudFormation` knows stays as it is; it is not every port.
    let port = |name: &str, open: u32| match written.get(name) {
        Some(value) => value.number().map_or_else(|| value.clone(), number),
        None => number(f64::from(open)),
    };
    let protocol = text("IpProtocol").unwrap_or_default();
    let protocol = match protocol.as_str() {
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        other => other,
    };
    let (from, to) = match protocol {
        "-1" => (number(0.0), number(f64::from(LAST_PORT))),
        _ => (port("FromPort", 0), port("ToPort", LAST_PORT)),
    };
    rule(protocol, from, to, source(app, written, side))
}

fn source(app: &App, written: &Value, side: &Side) -> Value {
    let first = |names: &[&str]| names.iter().find_map(|name| written.get(name));
    if let Some(range) = first(&["CidrIp", "CidrIpv6"]) {
        return prefixed("cidr:", range);
    }
    if let Some(list) = first(side.list) {
        return prefixed("pl:", list);
    }
    let Some(group) = first(side.group) else { return Value::text("") };
    let mut leads = group.leads();
    // A group named by its physical name leads to it as well.
    leads.extend(
        app.led_to(group, "AWS::EC2::SecurityGroup").into_iter().map(|id| Lead::Resource { id, attribute: None }),
    );
    let called = leads.iter().find_map(Lead::resource).map(|id| app.identity(id));
    let called = called.or_else(|| group.scalar_text()).unwrap_or_default();
    Value::Text(Text::leading(format!("sg:{called}"), false, leads))
}

fn prefixed(prefix: &str, value: &Value) -> Value {
    let mut text = Text::literal(prefix);
    match value {
        Value::Text(inner) => text.append(inner.clone()),
        other => text.append(Text::literal(other.scalar_text().unwrap_or_default())),
    }
    text.pieces.retain(|piece: &Piece| !piece.text.is_empty());
    Value::Text(text)
}

fn number(value: f64) -> Value {
    Value::from(&Json::float(value))
}

fn rule(protocol: &str, from: Value, to: Value, source: Value) -> Value {
    Value::Table(vec![
        ("proto".to_owned(), Value::text(protocol)),
        ("from".to_owned(), from),
        ("to".to_owned(), to),
        ("source".to_owned(), source),
    ])
}
