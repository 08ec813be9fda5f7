//! `access-assignment`: somebody is given access by a resource that is the assignment itself.
//!
//! Adding such a resource, or changing anything of it but taking names out of its lists, is a risk.

use serde_json::Value;

use crate::risk::RiskClass::Broadening;
use crate::risk::change::{Change, Report};

/// Types whose resources give access, without a policy that could be compared.
/// Source: CloudFormation template reference, the purpose of each.
const TYPES: [&str; 25] = [
    "AWS::SSO::Assignment",
    "AWS::EKS::AccessEntry",
    "AWS::EKS::PodIdentityAssociation",
    "AWS::EC2::VPCEndpointServicePermissions",
    "AWS::IAM::AccessKey",
    "AWS::IAM::UserToGroupAddition",
    "AWS::IAM::InstanceProfile",
    "AWS::IAM::OIDCProvider",
    "AWS::IAM::SAMLProvider",
    "AWS::Cognito::IdentityPoolRoleAttachment",
    "AWS::LakeFormation::Permissions",
    "AWS::LakeFormation::PrincipalPermissions",
    "AWS::LakeFormation::DataLakeSettings",
    "AWS::Lambda::LayerVersionPermission",
    "AWS::OpenSearchServerless::AccessPolicy",
    "AWS::RAM::ResourceShare",
    "AWS::RAM::Permission",
    "AWS::Redshift::EndpointAuthorization",
    "AWS::RolesAnywhere::Profile",
    "AWS::RolesAnywhere::TrustAnchor",
    "AWS::S3::AccessGrant",
    "AWS::ServiceCatalog::PortfolioPrincipalAssociation",
    "AWS::ServiceCatalog::PortfolioShare",
    "AWS::VerifiedPermissions::Policy",
    "AWS::IdentityStore::GroupMembership",
];

/// Properties that say nothing of access.
const ASIDE: [&str; 4] = ["Tags", "Description", "Name", "Status"];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for (id, new, old) in change.resources() {
        if !TYPES.contains(&new.type_name.as_str()) {
            groups(id, &new.properties, old.map(|old| &old.properties), &new.type_name, report);
            continue;
        }
        let Some(old) = old else {
            report.add("access-assignment", Broadening, id, "gives access");
            continue;
        };
        if let Some(name) = grown(&old.properties, &new.properties) {
            report.add("access-assignment", Broadening, id, format!("gives other access: `{name}` changes"));
        }
    }
}

/// A user that joins a group has what the group has.
fn groups(id: &str, new: &Value, old: Option<&Value>, type_name: &str, report: &mut Report<'_>) {
    let joins =
        type_name == "AWS::IAM::User" && !is_less(old.map_or(&Value::Null, |old| &old["Groups"]), &new["Groups"]);
    if joins {
        report.add("access-assignment", Broadening, id, "joins a group");
    }
    let logs_in = type_name == "AWS::IAM::User" && old.is_none_or(|old| old["LoginProfile"].is_null());
    if logs_in && !new["LoginProfile"].is_null() {
        report.add("access-assignment", Broadening, id, "may log in with a password");
    }
}

/// The first property that is not less than it was.
fn grown<'a>(old: &Value, new: &'a Value) -> Option<&'a str> {
    let grown = |(name, value): (&'a String, &Value)| {
        let aside = ASIDE.contains(&name.as_str()) || is_less(&old[name.as_str()], value);
        (!aside).then_some(name.as_str())
    };
    let lost = || {
        old.as_object()?
            .keys()
            .any(|name| new.get(name).is_none() && !ASIDE.contains(&name.as_str()))
            .then_some("something")
    };
    new.as_object()?.iter().find_map(grown).or_else(lost)
}

/// Whether a value is the old one, or a list with fewer of the same items.
fn is_less(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Array(old), Value::Array(new)) => new.iter().all(|item| old.contains(item)),
        (_, Value::Null) => true,
        (Value::Null, Value::Array(new)) => new.is_empty(),
        (old, new) => old == new,
    }
}

#[cfg(test)]
mod tests {
    use super::TYPES;

    #[test]
    fn types_are_known() {
        let unknown: Vec<_> = TYPES.iter().filter(|name| ce_cfn::SCHEMAS.find(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
