//! Snapshots of what has none.

use crate::app::Report;
use crate::resource::{DeletionPolicy, UpdateReplacePolicy};

rule!(
    "CE0109",
    "a policy asks for a snapshot of a type that has none",
    "`Snapshot` works for the types listed in the documentation only; on others CloudFormation refuses the template. \
     Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html"
);

/// The types of the documentation's list.
const WITH_SNAPSHOT: [&str; 10] = [
    "AWS::DocDB::DBCluster",
    "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElastiCache::ServerlessCache",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::FSx::Volume",
];

pub(crate) fn check(report: &mut Report<'_>) {
    let tree = report.tree;
    for (index, resource) in tree.resource_nodes() {
        let snapshot = resource.deletion_policy == Some(DeletionPolicy::Snapshot)
            || resource.update_replace_policy == Some(UpdateReplacePolicy::Snapshot);
        if snapshot && !WITH_SNAPSHOT.contains(&&*resource.type_name) {
            let finding = report.error(tree.id(index), RULE.code, format!("`{}` has no snapshots", resource.type_name));
            finding.help = Some("use `DeletionPolicy::Retain`".to_owned());
        }
    }
}
