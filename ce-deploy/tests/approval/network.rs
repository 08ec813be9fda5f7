//! Security groups and network ACLs.

use ce_deploy::risk::RiskClass::Exposure;
use serde_json::{Value, json};

use crate::case::{Case, Truth};
use crate::dice::Dice;

fn rule(protocol: &Value, ports: (u16, u16), peer: (&str, &str)) -> Value {
    json!({ "IpProtocol": protocol, "FromPort": ports.0, "ToPort": ports.1, peer.0: peer.1 })
}

/// Ways to write rules: in the group, or beside it.
fn group(inside: bool, egress: bool, rules: &[Value]) -> Value {
    let (list, type_name) = if egress {
        ("SecurityGroupEgress", "AWS::EC2::SecurityGroupEgress")
    } else {
        ("SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress")
    };
    let mut properties = json!({ "GroupDescription": "web" });
    // A group that says nothing of what goes out lets all out.
    properties["SecurityGroupEgress"] = json!([rule(&json!("icmp"), (252, 86), ("CidrIp", "255.255.255.255/32"))]);
    if inside {
        properties[list] = json!(rules);
        return json!({ "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": properties } });
    }
    let mut resources = json!({ "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": properties } });
    for (index, rule) in rules.iter().enumerate() {
        let mut properties = rule.clone();
        properties["GroupId"] = json!({ "Fn::GetAtt": ["Group", "GroupId"] });
        resources[format!("Rule{index}")] = json!({ "Type": type_name, "Properties": properties });
    }
    resources
}

/// Rules that let more through than others.
fn widenings(dice: &mut Dice) -> Vec<(&'static str, Vec<Value>, Vec<Value>)> {
    let port = u16::try_from(1_000 + dice.roll(8_000)).unwrap();
    let tcp = json!("tcp");
    let inner = ("CidrIp", "10.1.0.0/16");
    let one = rule(&tcp, (port, port), inner);
    vec![
        ("a wider range", vec![one.clone()], vec![rule(&tcp, (port, port), ("CidrIp", "10.0.0.0/8"))]),
        ("the world", vec![one.clone()], vec![rule(&tcp, (port, port), ("CidrIp", "0.0.0.0/0"))]),
        ("the world over ipv6", vec![one.clone()], vec![one.clone(), rule(&tcp, (port, port), ("CidrIpv6", "::/0"))]),
        ("more ports below", vec![one.clone()], vec![rule(&tcp, (port - 10, port), inner)]),
        ("more ports above", vec![one.clone()], vec![rule(&tcp, (port, port + 10), inner)]),
        ("every protocol", vec![one.clone()], vec![json!({ "IpProtocol": "-1", "CidrIp": "10.1.0.0/16" })]),
        ("another port", vec![one.clone()], vec![one.clone(), rule(&tcp, (22, 22), inner)]),
        (
            "another group",
            vec![one.clone()],
            vec![
                one.clone(),
                json!({ "IpProtocol": 6, "FromPort": port, "ToPort": port, "SourceSecurityGroupId": "sg-1", "DestinationSecurityGroupId": "sg-1" }),
            ],
        ),
        ("udp too", vec![one.clone()], vec![one.clone(), rule(&json!(17), (port, port), inner)]),
        ("a first rule", vec![], vec![one]),
    ]
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (seed, (inside, egress)) in (1..).zip([(true, false), (false, false), (true, true), (false, true)]) {
        let mut dice = Dice::new(seed);
        for (name, narrow, wide) in widenings(&mut dice) {
            // An empty list of what goes out is none at all, which lets all out.
            if egress && inside && narrow.is_empty() {
                continue;
            }
            let name = format!("group {inside} {egress}: {name}");
            let (narrow, wide) = (group(inside, egress, &narrow), group(inside, egress, &wide));
            cases.push(
                Case::new(format!("{name}, wider"), Truth::Asks(Exposure), &narrow, &wide).nested(1 + dice.roll(2)),
            );
            cases.push(Case::new(format!("{name}, narrower"), Truth::Silent, &wide, &narrow));
        }
    }
    let one = [rule(&json!("tcp"), (443, 443), ("CidrIp", "10.0.0.0/8"))];
    cases.push(Case::new(
        "a rule moves out of its group",
        Truth::Silent,
        &group(true, false, &one),
        &group(false, false, &one),
    ));
    cases.push(Case::new(
        "a rule moves into its group",
        Truth::Silent,
        &group(false, false, &one),
        &group(true, false, &one),
    ));
    let plain = json!({ "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "GroupDescription": "web" } } });
    cases.push(Case::new("what goes out is limited", Truth::Silent, &plain, &group(true, true, &one)));
    cases.push(Case::new(
        "what goes out is no longer limited",
        Truth::Asks(Exposure),
        &group(true, true, &one),
        &plain,
    ));
    cases.extend(acls());
    cases
}

fn acls() -> Vec<Case> {
    let entry = |number: u32, action: &str, cidr: &str| {
        json!({ "Type": "AWS::EC2::NetworkAclEntry", "Properties": {
            "NetworkAclId": "acl-1", "RuleNumber": number, "RuleAction": action, "Protocol": 6, "CidrBlock": cidr,
            "PortRange": { "From": 443, "To": 443 },
        } })
    };
    let (all, some) = (entry(100, "allow", "0.0.0.0/0"), entry(100, "allow", "10.0.0.0/8"));
    let deny = |number: u32| entry(number, "deny", "192.0.2.0/24");
    let rows = [
        ("a wider range", json!({ "A": some }), json!({ "A": all })),
        ("another entry", json!({ "A": some }), json!({ "A": some, "B": entry(110, "allow", "172.16.0.0/12") })),
        ("no denial", json!({ "A": all, "D": deny(50) }), json!({ "A": all })),
        ("a denial that comes too late", json!({ "A": all, "D": deny(50) }), json!({ "A": all, "D": deny(150) })),
        ("an allowance for a denial", json!({ "A": deny(100) }), json!({ "A": entry(100, "allow", "192.0.2.0/24") })),
    ];
    let pair = |(name, narrow, wide): &(&str, Value, Value)| {
        [
            Case::new(format!("acl: {name}, wider"), Truth::Asks(Exposure), narrow, wide),
            Case::new(format!("acl: {name}, narrower"), Truth::Silent, wide, narrow),
        ]
    };
    rows.iter().flat_map(pair).collect()
}
