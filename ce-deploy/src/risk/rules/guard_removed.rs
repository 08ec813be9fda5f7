//! `guard-removed`: a resource that watches, records or protects others is taken away.

use crate::difference::Class;
use crate::risk::RiskClass::Weakening;
use crate::risk::change::{Change, Report};

/// Types whose resources protect others. Source: CloudFormation template reference, the purpose of each.
const TYPES: [&str; 22] = [
    "AWS::Backup::BackupPlan",
    "AWS::Backup::BackupSelection",
    "AWS::CloudTrail::Trail",
    "AWS::Config::ConfigRule",
    "AWS::Config::ConfigurationRecorder",
    "AWS::Config::DeliveryChannel",
    "AWS::EC2::FlowLog",
    "AWS::GuardDuty::Detector",
    "AWS::Inspector::AssessmentTemplate",
    "AWS::Macie::Session",
    "AWS::NetworkFirewall::Firewall",
    "AWS::NetworkFirewall::LoggingConfiguration",
    "AWS::Organizations::Policy",
    "AWS::RDS::DBProxy",
    "AWS::S3::StorageLens",
    "AWS::SecretsManager::RotationSchedule",
    "AWS::SecurityHub::Hub",
    "AWS::Shield::Protection",
    "AWS::WAFv2::LoggingConfiguration",
    "AWS::WAFv2::WebACL",
    "AWS::WAFv2::WebACLAssociation",
    "AWS::AccessAnalyzer::Analyzer",
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    // With the whole stack goes what it protected.
    if change.difference.after.is_none() {
        return;
    }
    for resource in change.difference.resources.iter().filter(|one| one.class == Class::Removed) {
        if TYPES.contains(&resource.type_name.as_str()) {
            report.add("guard-removed", Weakening, &resource.logical_id, "protects nothing any more");
        }
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
