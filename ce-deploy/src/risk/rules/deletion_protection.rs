//! `deletion-protection`, `safeguard`: what kept something from being deleted, or from being misused, is turned off.

use super::switch::When::{False, FalseOrUnset, Is, IsOrUnset, Unset};
use super::switch::{Switch, When, find as find_switches};
use crate::risk::RiskClass::Weakening;
use crate::risk::change::{Change, Report};

const fn protected(type_name: &'static str, path: &'static str, unsafe_when: When) -> Switch {
    Switch { type_name, path, unsafe_when, what: "can be deleted by anyone who may" }
}

/// Source: CloudFormation template reference, each property with its default.
const PROTECTION: &[Switch] = &[
    protected("AWS::RDS::DBInstance", "DeletionProtection", FalseOrUnset),
    protected("AWS::RDS::DBCluster", "DeletionProtection", FalseOrUnset),
    protected("AWS::RDS::GlobalCluster", "DeletionProtection", FalseOrUnset),
    protected("AWS::DocDB::DBCluster", "DeletionProtection", FalseOrUnset),
    protected("AWS::Neptune::DBCluster", "DeletionProtection", FalseOrUnset),
    protected("AWS::NeptuneGraph::Graph", "DeletionProtection", FalseOrUnset),
    protected("AWS::DynamoDB::Table", "DeletionProtectionEnabled", FalseOrUnset),
    protected("AWS::DSQL::Cluster", "DeletionProtectionEnabled", FalseOrUnset),
    protected("AWS::Cognito::UserPool", "DeletionProtection", IsOrUnset(&["INACTIVE"])),
    protected("AWS::EC2::Instance", "DisableApiTermination", FalseOrUnset),
    protected("AWS::EKS::Cluster", "DeletionProtection", FalseOrUnset),
    protected("AWS::EMR::Cluster", "Instances.TerminationProtected", FalseOrUnset),
    protected("AWS::QLDB::Ledger", "DeletionProtection", False),
    protected("AWS::S3::Bucket", "ObjectLockConfiguration", Unset),
    protected("AWS::S3::Bucket", "VersioningConfiguration.Status", IsOrUnset(&["Suspended"])),
    protected("AWS::Backup::BackupVault", "LockConfiguration", Unset),
    protected("AWS::VerifiedPermissions::PolicyStore", "DeletionProtection", Unset),
    protected("AWS::Logs::LogGroup", "DeletionProtectionEnabled", FalseOrUnset),
    protected("AWS::ECR::Repository", "ImageTagMutability", IsOrUnset(&["MUTABLE"])),
];

const fn guard(type_name: &'static str, path: &'static str, unsafe_when: When, what: &'static str) -> Switch {
    Switch { type_name, path, unsafe_when, what }
}

/// Source: as above.
const GUARDS: &[Switch] = &[
    guard("AWS::KMS::Key", "EnableKeyRotation", FalseOrUnset, "no longer rotates"),
    guard("AWS::CloudTrail::Trail", "IsLogging", FalseOrUnset, "no longer records"),
    guard("AWS::CloudTrail::Trail", "IsMultiRegionTrail", FalseOrUnset, "no longer records every region"),
    guard("AWS::CloudTrail::Trail", "EnableLogFileValidation", FalseOrUnset, "no longer proves its files"),
    guard("AWS::GuardDuty::Detector", "Enable", FalseOrUnset, "no longer looks for threats"),
    guard("AWS::EC2::Instance", "MetadataOptions.HttpTokens", Is(&["optional"]), "no longer asks for a session token"),
    guard(
        "AWS::EC2::LaunchTemplate",
        "LaunchTemplateData.MetadataOptions.HttpTokens",
        Is(&["optional"]),
        "no longer asks for a session token",
    ),
    guard("AWS::RDS::DBInstance", "EnableIAMDatabaseAuthentication", FalseOrUnset, "no longer takes tokens of IAM"),
    guard("AWS::Cognito::UserPool", "MfaConfiguration", IsOrUnset(&["OFF"]), "no longer asks for a second factor"),
    guard("AWS::CloudFront::Distribution", "DistributionConfig.WebACLId", Unset, "no longer has a firewall before it"),
    guard("AWS::CloudFront::Distribution", "DistributionConfig.Logging", Unset, "no longer keeps a log"),
    guard("AWS::S3::Bucket", "LoggingConfiguration", Unset, "no longer keeps a log"),
    guard("AWS::ECR::Repository", "ImageScanningConfiguration.ScanOnPush", FalseOrUnset, "no longer scans its images"),
    guard("AWS::Lambda::Function", "CodeSigningConfigArn", Unset, "no longer asks for signed code"),
    guard("AWS::Lambda::Function", "VpcConfig", Unset, "is no longer in its network"),
    guard("AWS::NetworkFirewall::Firewall", "DeleteProtection", FalseOrUnset, "can be deleted by anyone who may"),
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    find_switches(PROTECTION, "deletion-protection", Weakening, false, change, report);
    find_switches(GUARDS, "safeguard", Weakening, false, change, report);
    // Load balancers keep theirs in a list of attributes.
    for (id, new, old) in
        change.resources().filter(|(_, new, _)| new.type_name == "AWS::ElasticLoadBalancingV2::LoadBalancer")
    {
        let is_on = |properties: &serde_json::Value| {
            let attributes = properties["LoadBalancerAttributes"].as_array().into_iter().flatten();
            attributes.into_iter().any(|one| one["Key"] == "deletion_protection.enabled" && one["Value"] == "true")
        };
        if old.is_some_and(|old| is_on(&old.properties)) && !is_on(&new.properties) {
            report.add("deletion-protection", Weakening, id, "can be deleted by anyone who may");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::switch::unknown;
    use super::{GUARDS, PROTECTION};

    #[test]
    fn rows_are_properties() {
        assert_eq!(unknown(PROTECTION), Vec::<String>::new());
        assert_eq!(unknown(GUARDS), Vec::<String>::new());
    }
}
