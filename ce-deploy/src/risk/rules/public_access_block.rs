//! `public-access-block`: what kept the world out is taken away.

use super::switch::When::{False, FalseOrUnset, Is};
use super::switch::{Switch, When, find as find_switches};
use crate::risk::RiskClass::Exposure;
use crate::risk::change::{Change, Report};

const fn block(type_name: &'static str, path: &'static str, unsafe_when: When) -> Switch {
    Switch { type_name, path, unsafe_when, what: "no longer blocks access by the public" }
}

/// Source: S3 user guide, "Blocking public access to your Amazon S3 storage"; CloudFormation template reference.
const TABLE: &[Switch] = &[
    block("AWS::S3::Bucket", "PublicAccessBlockConfiguration.BlockPublicAcls", FalseOrUnset),
    block("AWS::S3::Bucket", "PublicAccessBlockConfiguration.BlockPublicPolicy", FalseOrUnset),
    block("AWS::S3::Bucket", "PublicAccessBlockConfiguration.IgnorePublicAcls", FalseOrUnset),
    block("AWS::S3::Bucket", "PublicAccessBlockConfiguration.RestrictPublicBuckets", FalseOrUnset),
    block("AWS::S3::AccessPoint", "PublicAccessBlockConfiguration.BlockPublicAcls", False),
    block("AWS::S3::AccessPoint", "PublicAccessBlockConfiguration.BlockPublicPolicy", False),
    block("AWS::S3::AccessPoint", "PublicAccessBlockConfiguration.IgnorePublicAcls", False),
    block("AWS::S3::AccessPoint", "PublicAccessBlockConfiguration.RestrictPublicBuckets", False),
    block("AWS::S3::MultiRegionAccessPoint", "PublicAccessBlockConfiguration.RestrictPublicBuckets", False),
    block("AWS::SecretsManager::ResourcePolicy", "BlockPublicPolicy", FalseOrUnset),
    block("AWS::EC2::SnapshotBlockPublicAccess", "State", Is(&["unblocked"])),
    block("AWS::EC2::VPCBlockPublicAccessOptions", "InternetGatewayBlockMode", Is(&["off"])),
    block("AWS::EMR::Cluster", "VisibleToAllUsers", When::True),
];

/// What a list of grants of S3 lets the world do.
const LISTS: &[Switch] = &[Switch {
    type_name: "AWS::S3::Bucket",
    path: "AccessControl",
    unsafe_when: Is(&["PublicRead", "PublicReadWrite", "AuthenticatedRead", "LogDeliveryWrite"]),
    what: "grants access by its list",
}];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    find_switches(TABLE, "public-access-block", Exposure, false, change, report);
    find_switches(LISTS, "public-access-block", Exposure, true, change, report);
    for (id, new, old) in change.resources().filter(|(_, new, old)| new.type_name == "AWS::S3::Bucket" && old.is_none())
    {
        let said = &new.properties["PublicAccessBlockConfiguration"];
        let off =
            said.as_object().into_iter().flatten().any(|(_, value)| crate::risk::change::flag(value) == Some(false));
        if off && old.is_none() {
            report.add("public-access-block", Exposure, id, "does not block access by the public");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::switch::unknown;
    use super::{LISTS, TABLE};

    #[test]
    fn rows_are_properties() {
        assert_eq!(unknown(TABLE), Vec::<String>::new());
        assert_eq!(unknown(LISTS), Vec::<String>::new());
    }
}
