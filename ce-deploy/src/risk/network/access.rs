//! What a rule of a security group or network ACL lets through.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Cidr;

/// What a rule lets through: a protocol, ports, and to or from whom.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::risk) struct Access {
    /// The protocol, lower case; `-1` for all.
    pub(in crate::risk) protocol: String,
    /// The first and last port; for ICMP, type and code.
    pub(in crate::risk) ports: (i64, i64),
    pub(in crate::risk) peer: Peer,
}

/// The other side.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::risk) enum Peer {
    /// A range of addresses.
    Range(Cidr),
    /// A security group, a prefix list, or a range that is known later, as text.
    Named(String),
}

impl Access {
    /// A rule of a security group or ACL: `IpProtocol` or `Protocol`, ports and peers. One for each peer; a rule that
    /// says no peer, or none that is understood, is from whatever its text says.
    pub(in crate::risk) fn of_rule(rule: &Value) -> Vec<Self> {
        const PEERS: [&str; 10] = [
            "CidrIp",
            "CidrIpv6",
            "CidrBlock",
            "Ipv6CidrBlock",
            "SourcePrefixListId",
            "DestinationPrefixListId",
            "SourceSecurityGroupId",
            "DestinationSecurityGroupId",
            "SourceSecurityGroupName",
            "SourceSecurityGroupOwnerId",
        ];
        let protocol = text(&rule["IpProtocol"]).or_else(|| text(&rule["Protocol"])).unwrap_or_else(|| "-1".into());
        let protocol = numbered(&protocol.to_ascii_lowercase()).to_owned();
        let ports = ports(&protocol, rule);
        let mut peers: BTreeSet<Peer> = BTreeSet::new();
        for name in PEERS {
            let Some(peer) = Some(&rule[name]).filter(|value| !value.is_null()) else { continue };
            peers.insert(match text(peer).and_then(|text| Cidr::of(&text)) {
                Some(range) => Peer::Range(range),
                None => Peer::Named(crate::json::canonical(peer)),
            });
        }
        if peers.is_empty() {
            peers.insert(Peer::Named(crate::json::canonical(rule)));
        }
        peers.into_iter().map(|peer| Self { protocol: protocol.clone(), ports, peer }).collect()
    }

    /// Whether it lets through all that the other does.
    pub(in crate::risk) fn covers(&self, other: &Self) -> bool {
        let ports = self.protocol == "-1" || (self.ports.0 <= other.ports.0 && other.ports.1 <= self.ports.1);
        (self.protocol == "-1" || self.protocol == other.protocol) && ports && self.peer.covers(&other.peer)
    }

    /// Whether something may be let through by both.
    pub(in crate::risk) fn overlaps(&self, other: &Self) -> bool {
        let any = self.protocol == "-1" || other.protocol == "-1";
        let ports = any || (self.ports.0 <= other.ports.1 && other.ports.0 <= self.ports.1);
        (any || self.protocol == other.protocol) && ports && self.peer.overlaps(&other.peer)
    }

    /// Whether the other side is everybody.
    pub(in crate::risk) fn is_of_the_world(&self) -> bool {
        matches!(self.peer, Peer::Range(range) if range.is_all())
    }

    /// In words: `tcp 443 from 0.0.0.0/0`.
    pub(in crate::risk) fn words(&self, direction: &str) -> String {
        let protocol = if self.protocol == "-1" { "everything" } else { &self.protocol };
        let peer = match &self.peer {
            Peer::Range(range) => range.to_string(),
            Peer::Named(name) => crate::template::symbol::shown(name).trim_matches('"').to_owned(),
        };
        match self.ports {
            _ if self.protocol == "-1" => format!("{protocol} {direction} {peer}"),
            (first, last) if first == last => format!("{protocol} {first} {direction} {peer}"),
            ALL => format!("{protocol} on all ports {direction} {peer}"),
            (first, last) => format!("{protocol} {first}-{last} {direction} {peer}"),
        }
    }
}

impl Peer {
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Range(mine), Self::Range(other)) => mine.covers(*other),
            (mine, other) => mine == other,
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Range(mine), Self::Range(other)) => mine.overlaps(*other),
            _ => true,
        }
    }
}

/// Every port; also every type of ICMP.
const ALL: (i64, i64) = (-1, 65_535);

/// Protocols have a number and, some of them, a name.
/// Source: IANA, "Protocol Numbers"; EC2 API reference, `IpPermission`.
fn numbered(protocol: &str) -> &str {
    match protocol {
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        "all" => "-1",
        other => other,
    }
}

fn ports(protocol: &str, rule: &Value) -> (i64, i64) {
    let range = &rule["PortRange"];
    let from = number(&rule["FromPort"]).or_else(|| number(&range["From"]));
    let to = number(&rule["ToPort"]).or_else(|| number(&range["To"]));
    // A port that is not a number is a parameter that is not known: it may be any.
    let said = !rule["FromPort"].is_null() || !rule["ToPort"].is_null() || !range.is_null();
    match (from, to) {
        // For ICMP these are type and code, and -1 is any.
        (Some(-1), _) if protocol.starts_with("icmp") => ALL,
        (Some(kind), _) if protocol.starts_with("icmp") => (kind, kind),
        (Some(-1), _) | (_, Some(-1)) => ALL,
        (Some(from), Some(to)) => (from, to),
        (Some(port), None) | (None, Some(port)) if !said => (port, port),
        _ => ALL,
    }
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Access;

    fn covers(wide: &Value, narrow: &Value) -> bool {
        Access::of_rule(narrow).iter().all(|narrow| Access::of_rule(wide).iter().any(|wide| wide.covers(narrow)))
    }

    #[test]
    fn rules_are_compared_by_what_they_let_through() {
        let https = json!({ "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8" });
        let high = json!({ "IpProtocol": 6, "FromPort": "400", "ToPort": "500", "CidrIp": "0.0.0.0/0" });
        let all = json!({ "IpProtocol": "-1", "CidrIp": "0.0.0.0/0" });
        let six = json!({ "IpProtocol": "-1", "CidrIpv6": "::/0" });
        assert!(covers(&high, &https) && covers(&all, &high) && covers(&all, &https));
        assert!(!covers(&https, &high) && !covers(&high, &all) && !covers(&all, &six));
        let group = json!({ "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": "sg-1" });
        assert!(covers(&group, &group) && !covers(&all, &group));
    }

    #[test]
    fn all_of_a_protocol_is_all_its_ports() {
        let all = json!({ "IpProtocol": "tcp", "FromPort": -1, "ToPort": -1, "CidrIp": "10.0.0.0/8" });
        let some = json!({ "IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535, "CidrIp": "10.0.0.0/8" });
        assert!(covers(&all, &some));
        let ping = json!({ "IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "CidrIp": "10.0.0.0/8" });
        let any = json!({ "IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "CidrIp": "10.0.0.0/8" });
        assert!(covers(&any, &ping) && !covers(&ping, &any));
    }
}
