//! References the sources miss or get wrong.

use std::collections::BTreeMap;

use super::Repair;
use crate::cfn::model::{Kind, Model, Reference, Shape};
use crate::cfn::names::words::words;

pub(super) const REPAIRS: &[Repair] = &[
    ("default_security_groups_are_security_groups", default_security_groups_are_security_groups),
    ("plain_values_are_no_references", plain_values_are_no_references),
    ("alarms_act_on_more_than_topics", alarms_act_on_more_than_topics),
    ("origins_are_any_host", origins_are_any_host),
    ("missing_targets", missing_targets),
    ("properties_named_after_a_type", properties_named_after_a_type),
    ("replicas_are_keys", replicas_are_keys),
];

/// A property that takes `DefaultSecurityGroup` of a VPC takes a security group, and the attribute gives one.
fn default_security_groups_are_security_groups(model: &mut Model) -> bool {
    let group = Reference { target: "AWS::EC2::SecurityGroup".into(), attribute: "GroupId".into() };
    let mut changed = false;
    each_shape(model, &mut |_, _, shape| {
        let before = shape.references.len();
        shape.references.retain(|reference| {
            !(reference.target == "AWS::EC2::VPC" && reference.attribute == "DefaultSecurityGroup")
        });
        if shape.references.len() < before {
            shape.references.insert(group.clone());
            changed = true;
        }
    });
    let vpc = model.types.get_mut("AWS::EC2::VPC").and_then(|vpc| vpc.attributes.get_mut("DefaultSecurityGroup"));
    vpc.is_some_and(|attribute| attribute.shape.references.insert(group)) && changed
}

/// Some marks say where a value often comes from, not what the property identifies: an address, a version, a domain.
const PLAIN: [(&str, &str); 11] = [
    ("AWS::ACMPCA::CertificateAuthority", "CertificateSigningRequest"),
    ("AWS::Cognito::UserPool", "ProviderName"),
    ("AWS::EC2::Instance", "AutoScalingGroupName"),
    ("AWS::EC2::Instance", "PrivateIp"),
    ("AWS::EC2::Instance", "PublicIp"),
    ("AWS::EC2::LaunchTemplate", "LatestVersionNumber"),
    ("AWS::EC2::VPC", "CidrBlock"),
    ("AWS::ECR::Repository", "ClusterName"),
    ("AWS::Lambda::Version", "Version"),
    ("AWS::S3::Bucket", "DomainName"),
    ("AWS::S3::Bucket", "RegionalDomainName"),
];

fn plain_values_are_no_references(model: &mut Model) -> bool {
    let mut met = [false; PLAIN.len()];
    each_shape(model, &mut |_, _, shape| {
        shape.references.retain(|reference| {
            let at = PLAIN
                .iter()
                .position(|(target, attribute)| reference.target == *target && reference.attribute == *attribute);
            if let Some(at) = at {
                met[at] = true;
            }
            at.is_none()
        });
    });
    report(PLAIN.iter(), &met)
}

/// The sources name topics and scaling policies; an alarm also invokes functions, stops instances and opens incidents.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html>
fn alarms_act_on_more_than_topics(model: &mut Model) -> bool {
    let mut changed = false;
    each_shape(model, &mut |name, property, shape| {
        let is_alarm = matches!(name, "AWS::CloudWatch::Alarm" | "AWS::CloudWatch::CompositeAlarm");
        if is_alarm && matches!(property, "AlarmActions" | "OKActions" | "InsufficientDataActions") {
            changed |= !shape.references.is_empty();
            shape.references.clear();
        }
    });
    changed
}

/// The sources name load balancers and API domains; a distribution takes any host as an origin, and ids of its own.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-origin.html>
fn origins_are_any_host(model: &mut Model) -> bool {
    let mut changed = false;
    each_shape(model, &mut |name, property, shape| {
        let is_origin = matches!(property, "DomainName" | "Id" | "TargetOriginId");
        if is_origin && name == "AWS::CloudFront::Distribution" {
            changed |= !shape.references.is_empty();
            shape.references.clear();
        }
    });
    changed
}

/// Properties without a mark whose documentation names what they take. Type, property (wherever in the type), target,
/// attribute.
const MISSING: [(&str, &str, &str, &str); 25] = [
    ("AWS::EC2::EIPAssociation", "AllocationId", "AWS::EC2::EIP", "AllocationId"),
    ("AWS::EC2::NatGateway", "AllocationIds", "AWS::EC2::EIP", "AllocationId"),
    ("AWS::EC2::NatGateway", "SecondaryAllocationIds", "AWS::EC2::EIP", "AllocationId"),
    ("AWS::EC2::SecurityGroup", "SourcePrefixListId", "AWS::EC2::PrefixList", "PrefixListId"),
    ("AWS::EC2::SecurityGroup", "DestinationPrefixListId", "AWS::EC2::PrefixList", "PrefixListId"),
    ("AWS::EC2::SecurityGroupEgress", "DestinationPrefixListId", "AWS::EC2::PrefixList", "PrefixListId"),
    ("AWS::EC2::Route", "VpcEndpointId", "AWS::EC2::VPCEndpoint", "Id"),
    ("AWS::ECS::PrimaryTaskSet", "Cluster", "AWS::ECS::Cluster", "Id"),
    ("AWS::ECS::TaskSet", "Cluster", "AWS::ECS::Cluster", "Id"),
    ("AWS::ECS::TaskSet", "TaskDefinition", "AWS::ECS::TaskDefinition", "TaskDefinitionArn"),
    ("AWS::ECS::TaskSet", "TargetGroupArn", "AWS::ElasticLoadBalancingV2::TargetGroup", "TargetGroupArn"),
    ("AWS::ECS::Service", "AlternateTargetGroupArn", "AWS::ElasticLoadBalancingV2::TargetGroup", "TargetGroupArn"),
    ("AWS::ECS::Service", "RegistryArn", "AWS::ServiceDiscovery::Service", "Arn"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "AllocationId", "AWS::EC2::EIP", "AllocationId"),
    ("AWS::ElastiCache::CacheCluster", "NotificationTopicArn", "AWS::SNS::Topic", "TopicArn"),
    ("AWS::ElastiCache::ReplicationGroup", "NotificationTopicArn", "AWS::SNS::Topic", "TopicArn"),
    (
        "AWS::ElastiCache::CacheCluster",
        "CacheParameterGroupName",
        "AWS::ElastiCache::ParameterGroup",
        "CacheParameterGroupName",
    ),
    (
        "AWS::ElastiCache::ReplicationGroup",
        "CacheParameterGroupName",
        "AWS::ElastiCache::ParameterGroup",
        "CacheParameterGroupName",
    ),
    ("AWS::ElastiCache::CacheCluster", "CacheSubnetGroupName", "AWS::ElastiCache::SubnetGroup", "CacheSubnetGroupName"),
    (
        "AWS::ElastiCache::ReplicationGroup",
        "CacheSubnetGroupName",
        "AWS::ElastiCache::SubnetGroup",
        "CacheSubnetGroupName",
    ),
    ("AWS::KMS::ReplicaKey", "PrimaryKeyArn", "AWS::KMS::Key", "Arn"),
    ("AWS::Route53::KeySigningKey", "KeyManagementServiceArn", "AWS::KMS::Key", "Arn"),
    ("AWS::SecretsManager::RotationSchedule", "RotationLambdaARN", "AWS::Lambda::Function", "Arn"),
    ("AWS::WAFv2::WebACLAssociation", "WebACLArn", "AWS::WAFv2::WebACL", "Arn"),
    ("AWS::Budgets::Budget", "Address", "AWS::SNS::Topic", "TopicArn"),
];

fn missing_targets(model: &mut Model) -> bool {
    let mut met = [false; MISSING.len()];
    each_shape(model, &mut |name, property, shape| {
        for (at, (on, of, target, attribute)) in MISSING.iter().enumerate() {
            if *on == name && *of == property && shape.references.is_empty() && shape.allowed.is_empty() {
                shape.references.insert(Reference { target: (*target).into(), attribute: (*attribute).into() });
                met[at] = true;
            }
        }
    });
    report(MISSING.iter(), &met)
}

/// Where a key belongs, the replica of a key of another region does as well; only a replica's primary is none itself.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html>
fn replicas_are_keys(model: &mut Model) -> bool {
    let mut changed = false;
    each_shape(model, &mut |name, _, shape| {
        let keys = shape.references.iter().filter(|reference| reference.target == "AWS::KMS::Key");
        let replicas: Vec<Reference> =
            keys.map(|key| Reference { target: "AWS::KMS::ReplicaKey".into(), ..key.clone() }).collect();
        if name != "AWS::KMS::ReplicaKey" {
            changed |= !replicas.is_empty();
            shape.references.extend(replicas);
        }
    });
    changed
}

/// Whether every entry of a list was met; names those that were not.
fn report<T: std::fmt::Debug>(entries: impl Iterator<Item = T>, met: &[bool]) -> bool {
    let stale: Vec<T> = entries.zip(met).filter(|(_, met)| !**met).map(|(entry, _)| entry).collect();
    for entry in &stale {
        eprintln!("no longer applies: {entry:?}");
    }
    stale.is_empty()
}

/// `RouteTableId` of an EC2 type is the id of a route table: the sources mark a third of these.
///
/// The rule holds inside one service, for a whole word (`…Id`, `…Ids`, `…Arn`, `…Name`, `…Identifier`), and never for
/// the type's own name. Where `Ref` gives an ARN and the property wants another identifier, that attribute is named.
fn properties_named_after_a_type(model: &mut Model) -> bool {
    let targets = Targets::of(model);
    let mut changed = false;
    each_shape(model, &mut |name, property, shape| {
        if !shape.references.is_empty()
            || !shape.allowed.is_empty()
            || !matches!(shape.kind, Kind::Text)
            || is_foreign(property)
        {
            return;
        }
        if let Some(reference) = targets.named(name, property) {
            shape.references.insert(reference);
            changed = true;
        }
    });
    changed
}

/// Route 53 names the zone of AWS's own endpoints by the same word as ours.
fn is_foreign(property: &str) -> bool {
    property == "AliasTarget.HostedZoneId"
}

/// Types by service and words of their name.
struct Targets(BTreeMap<(String, Vec<String>), Target>);

struct Target {
    name: String,
    /// Whether `Ref` gives an ARN, and whether it gives an id that is no name.
    gives: Gives,
    attributes: Vec<String>,
}

#[derive(PartialEq)]
enum Gives {
    Arn,
    Id,
    Name,
}

impl Targets {
    fn of(model: &Model) -> Self {
        let entry = |resource: &crate::cfn::model::ResourceType| {
            let gives = match resource.reference.last() {
                _ if resource.reference_is_arn => Gives::Arn,
                Some(last) if last.ends_with("Id") => Gives::Id,
                _ => Gives::Name,
            };
            let attributes = resource.attributes.keys().cloned().collect();
            let key = (resource.service().to_owned(), words(resource.short_name()));
            (key, Target { name: resource.name.clone(), gives, attributes })
        };
        Self(model.types.values().map(entry).collect())
    }

    fn named(&self, owner: &str, property: &str) -> Option<Reference> {
        let property = property.rsplit('.').next()?;
        let mut stem = words(property);
        let suffix = stem.pop()?;
        let service = owner.split("::").nth(1)?;
        let target = self.0.get(&(service.to_owned(), stem))?;
        if target.name == owner {
            return None;
        }
        let attribute = match suffix.as_str() {
            "arn" | "arns" => "Arn".to_owned(),
            "id" | "ids" | "identifier" | "identifiers" if target.gives != Gives::Arn => "Id".to_owned(),
            "name" | "names" if target.gives == Gives::Name => "Name".to_owned(),
            "id" | "name" => [property, if suffix == "id" { "Id" } else { "Name" }]
                .into_iter()
                .find(|name| target.attributes.iter().any(|known| known == name))?
                .to_owned(),
            _ => return None,
        };
        Some(Reference { target: target.name.clone(), attribute })
    }
}

/// Calls with the type, the property (`Definition.Property` for `AliasTarget` ones) and its innermost shape.
fn each_shape(model: &mut Model, visit: &mut dyn FnMut(&str, &str, &mut Shape)) {
    for resource in model.types.values_mut() {
        let name = resource.name.clone();
        for object in &mut resource.objects {
            let owner = object.name.clone();
            for (property, node) in &mut object.properties {
                let path = format!("{owner}.{property}");
                let shown = if owner == "AliasTarget" { &path } else { property };
                visit(&name, shown, node.shape.leaf_mut());
            }
        }
    }
}
