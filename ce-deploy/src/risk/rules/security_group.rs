//! `security-group`: a security group lets more through, in or out.
//!
//! All rules of a group are compared, whether they are written in it or beside it. A group without rules for what goes
//! out lets everything out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::grants::items;
use crate::risk::Gravity;
use crate::risk::RiskClass::Exposure;
use crate::risk::change::{Change, Report};
use crate::risk::network::Access;
use crate::template::{Resolved, symbol};

/// Rules by group and direction, each with the resource it is written in.
pub(super) type Groups = BTreeMap<(String, &'static str), Vec<(String, Access)>>;

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    let (before, after) = (groups(change.before), groups(change.after));
    for ((group, direction), rules) in &after {
        let old = before.get(&(group.clone(), *direction)).map(Vec::as_slice).unwrap_or_default();
        for (place, rule) in rules {
            if !old.iter().any(|(_, old)| old.covers(rule)) {
                let what = format!("lets through {}", rule.words(direction));
                report.add_as(gravity(rule, direction), "security-group", Exposure, place, what);
            }
        }
    }
}

/// What the world may send in is graver than what may be sent out, or what a group lets another do.
fn gravity(rule: &Access, direction: &str) -> Gravity {
    match (rule.is_of_the_world(), direction) {
        (true, "from") => Gravity::High,
        (true, _) => Gravity::Middle,
        (false, _) => Gravity::Low,
    }
}

pub(super) fn groups(side: &Resolved) -> Groups {
    let mut groups = Groups::new();
    let mut add = |group: String, direction, place: &String, rules: &[Value]| {
        let all = groups.entry((group, direction)).or_default();
        all.extend(rules.iter().flat_map(Access::of_rule).map(|rule| (place.clone(), rule)));
    };
    for (id, resource) in &side.resources {
        let properties = &resource.properties;
        let group = || group_named(&properties["GroupId"], &properties["GroupName"], side);
        match resource.type_name.as_str() {
            "AWS::EC2::SecurityGroup" => {
                add(id.clone(), "from", id, items(&properties["SecurityGroupIngress"]));
                // Source: CloudFormation template reference, `AWS::EC2::SecurityGroup`, `SecurityGroupEgress`.
                let all = [
                    json!({ "IpProtocol": "-1", "CidrIp": "0.0.0.0/0" }),
                    json!({ "IpProtocol": "-1", "CidrIpv6": "::/0" }),
                ];
                let written = &properties["SecurityGroupEgress"];
                add(id.clone(), "to", id, if items(written).is_empty() { &all } else { items(written) });
            }
            "AWS::EC2::SecurityGroupIngress" => add(group(), "from", id, std::slice::from_ref(properties)),
            "AWS::EC2::SecurityGroupEgress" => add(group(), "to", id, std::slice::from_ref(properties)),
            // The same for databases and caches outside a VPC.
            "AWS::RDS::DBSecurityGroup" => add(id.clone(), "from", id, items(&properties["DBSecurityGroupIngress"])),
            "AWS::RDS::DBSecurityGroupIngress" | "AWS::ElastiCache::SecurityGroupIngress" => {
                add(resource.type_name.clone(), "from", id, std::slice::from_ref(properties));
            }
            _ => {}
        }
    }
    groups
}

/// Which group a rule belongs to.
pub(super) fn group_named(id: &Value, name: &Value, side: &Resolved) -> String {
    let text = id.as_str().or(name.as_str()).unwrap_or_default();
    let named = symbol::names(text).next().map(|name| name.strip_suffix(".GroupId").unwrap_or(name));
    match named.filter(|id| side.resources.contains_key(*id)) {
        Some(id) => id.to_owned(),
        None => text.to_owned(),
    }
}
