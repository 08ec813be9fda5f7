//! Bytes as the rules of a security group, before and after a change.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ce_deploy::assembly::StackId;
use ce_deploy::difference::Difference;
use ce_deploy::risk::assess;
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

/// A rule takes so many bytes.
const RULE: usize = 8;
/// So many rules are on one side at most.
const MOST: usize = 12;
const PROTOCOLS: [&str; 5] = ["tcp", "udp", "-1", "6", "17"];

/// Every packet that comes in after a change and did not before is told, and a group that only loses rules is quiet.
pub fn network(data: &[u8]) {
    let Some((&split, data)) = data.split_first() else { return };
    let rules: Vec<Rule> = data.chunks_exact(RULE).take(2 * MOST).map(Rule::of).collect();
    let (before, after) = rules.split_at(rules.len() * usize::from(split % 8) / 8);
    let opened = after.iter().flat_map(Rule::packets).any(|packet| !before.iter().any(|rule| rule.lets_in(packet)));
    let told = is_told(before, after);
    assert!(told || !opened, "nobody is told: {before:?} {after:?}");
    let fewer = &rules[..rules.len() / 2];
    assert!(!is_told(&rules, fewer), "it only loses rules: {rules:?}");
}

#[derive(Debug)]
struct Rule {
    protocol: &'static str,
    ports: (u16, u16),
    address: u32,
    bits: u32,
}

/// A protocol by its number, a port, an address.
type Packet = (u8, u16, u32);

impl Rule {
    fn of(bytes: &[u8]) -> Self {
        let port = |at: usize| u16::from_be_bytes([bytes[at] % 4, bytes[at + 1]]);
        // Addresses near each other, so that ranges hold one another.
        let address = u32::from_be_bytes([10, bytes[5] % 4, bytes[6], bytes[5]]);
        let (first, last) = (port(1).min(port(3)), port(1).max(port(3)));
        let protocol = PROTOCOLS[usize::from(bytes[0]) % PROTOCOLS.len()];
        Self { protocol, ports: (first, last), address, bits: u32::from(bytes[7]) % 33 }
    }

    /// The protocols it is about; 50 stands for those that have no ports here.
    fn numbers(&self) -> &'static [u8] {
        match self.protocol {
            "tcp" | "6" => &[6],
            "udp" | "17" => &[17],
            _ => &[6, 17, 50],
        }
    }

    fn mask(&self) -> u32 {
        u32::MAX.checked_shl(32 - self.bits).unwrap_or(0)
    }

    /// Packets at all its corners.
    fn packets(&self) -> impl Iterator<Item = Packet> {
        let (first, last) = (self.address & self.mask(), self.address | !self.mask());
        let ports = if self.protocol == "-1" { (0, u16::MAX) } else { self.ports };
        let corners = [(ports.0, first), (ports.0, last), (ports.1, first), (ports.1, last)];
        self.numbers().iter().flat_map(move |number| corners.map(|(port, address)| (*number, port, address)))
    }

    fn lets_in(&self, (number, port, address): Packet) -> bool {
        let ports = self.protocol == "-1" || (self.ports.0..=self.ports.1).contains(&port);
        ports && self.numbers().contains(&number) && address & self.mask() == self.address & self.mask()
    }

    fn written(&self) -> Value {
        let range = format!("{}/{}", Ipv4Addr::from(self.address), self.bits);
        json!({ "IpProtocol": self.protocol, "FromPort": self.ports.0, "ToPort": self.ports.1, "CidrIp": range })
    }
}

fn is_told(before: &[Rule], after: &[Rule]) -> bool {
    let (before, after) = (version(before), version(after));
    let change = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
    assess(&StackId::new("Shop"), &BTreeMap::new(), &change).iter().any(|risk| risk.rule == "security-group")
}

fn version(rules: &[Rule]) -> Version {
    let rules: Vec<Value> = rules.iter().map(Rule::written).collect();
    let group = json!({ "Type": "AWS::EC2::SecurityGroup", "Properties": { "SecurityGroupIngress": rules } });
    let text = json!({ "Resources": { "Group": group } }).to_string();
    Version::new(Template::parse(&text).expect("a template"))
}
