//! What a template must be allowed to do.

use crate::cloud::{Capability, Failure};
use crate::simulator::template::Template;

/// Types that give rights. Source: user guide, "Acknowledging IAM resources in CloudFormation templates".
const OF_RIGHTS: [&str; 9] = [
    "AWS::IAM::AccessKey",
    "AWS::IAM::Group",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::InstanceProfile",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::User",
];

/// The capabilities a template needs, as the service names them, and why.
pub(in crate::simulator) fn needed(template: &Template) -> Vec<&'static str> {
    let rights = template.resources.values().filter(|declaration| OF_RIGHTS.contains(&declaration.type_name.as_str()));
    let mut needed = Vec::new();
    let mut named = None;
    for declaration in rights {
        let short = declaration.type_name.rsplit("::").next().unwrap_or_default();
        let name = format!("{short}Name");
        named = Some(named.unwrap_or(false) || declaration.properties.iter().any(|(property, _)| *property == name));
    }
    match named {
        Some(true) => needed.push("CAPABILITY_NAMED_IAM"),
        Some(false) => needed.push("CAPABILITY_IAM"),
        None => {}
    }
    if !template.transforms.is_empty() {
        needed.push("CAPABILITY_AUTO_EXPAND");
    }
    needed
}

/// Refuses a template that needs what was not given.
pub(super) fn check(template: &Template, given: &[Capability]) -> Result<(), Failure> {
    let has = |needed: &str| match needed {
        "CAPABILITY_AUTO_EXPAND" => given.contains(&Capability::AutoExpand),
        _ => given.contains(&Capability::NamedIam),
    };
    let missing: Vec<&str> = needed(template).into_iter().filter(|needed| !has(needed)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let words = format!("Requires capabilities : [{}]", missing.join(", "));
    Err(Failure::answered("InsufficientCapabilitiesException", words))
}
