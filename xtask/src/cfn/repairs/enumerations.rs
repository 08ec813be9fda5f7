//! Enumerations whose values the sources spell otherwise than their service.
//!
//! Where a service takes values in any case, the sources list them in lower case. What a service answers, and what its
//! documentation says, is another spelling: a template that uses it shows no drift.
//!
//! Source: the enumerations of the services' own models, as botocore carries them.

use super::Repair;
use crate::cfn::model::{Model, Shape};

pub(super) const REPAIRS: &[Repair] =
    &[("values_are_spelled_as_their_service_spells_them", values_are_spelled_as_their_service_spells_them)];

/// Type, property (wherever in the type), and the values as the service spells them.
const SPELLED: [(&str, &str, &[&str]); 22] = [
    (BROKER, "AuthenticationStrategy", &["SIMPLE", "LDAP", "CONFIG_MANAGED"]),
    (BROKER, "DataReplicationMode", &["NONE", "CRDR"]),
    (BROKER, "DayOfWeek", &["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]),
    (BROKER, "DeploymentMode", &["SINGLE_INSTANCE", "ACTIVE_STANDBY_MULTI_AZ", "CLUSTER_MULTI_AZ"]),
    (BROKER, "EngineType", ENGINES),
    ("AWS::AmazonMQ::Configuration", "AuthenticationStrategy", &["SIMPLE", "LDAP", "CONFIG_MANAGED"]),
    ("AWS::AmazonMQ::Configuration", "EngineType", ENGINES),
    ("AWS::Backup::BackupSelection", "ConditionType", &["STRINGEQUALS"]),
    (
        ENVIRONMENT,
        "AllocationStrategy",
        &[
            "BEST_FIT",
            "BEST_FIT_PROGRESSIVE",
            "BEST_FIT_PROGRESSIVE_ORDERED",
            "SPOT_CAPACITY_OPTIMIZED",
            "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED",
            "SPOT_PRICE_CAPACITY_OPTIMIZED",
        ],
    ),
    (ENVIRONMENT, "Type", &["MANAGED", "UNMANAGED"]),
    (ENVIRONMENT, "Type", &["EC2", "SPOT", "FARGATE", "FARGATE_SPOT", "ECS_MANAGED_INSTANCES"]),
    (JOB, "Action", &["RETRY", "EXIT"]),
    (JOB, "AssignPublicIp", SWITCH),
    (JOB, "Iam", SWITCH),
    (JOB, "Permissions", &["READ", "WRITE", "MKNOD"]),
    (JOB, "PlatformCapabilities", &["EC2", "FARGATE", "MANAGED_INSTANCES"]),
    (JOB, "TransitEncryption", SWITCH),
    (JOB, "Type", &["GPU", "VCPU", "MEMORY"]),
    (
        "AWS::Batch::JobQueue",
        "JobQueueType",
        &["EKS", "ECS", "ECS_FARGATE", "ECS_MANAGED_INSTANCES", "SAGEMAKER_TRAINING"],
    ),
    ("AWS::Batch::ServiceEnvironment", "ServiceEnvironmentType", &["SAGEMAKER_TRAINING"]),
    ("AWS::Route53Resolver::ResolverEndpoint", "Direction", &["INBOUND", "OUTBOUND", "INBOUND_DELEGATION"]),
    ("AWS::Route53Resolver::ResolverEndpoint", "Protocols", &["DoH", "Do53", "DoH-FIPS"]),
];

const BROKER: &str = "AWS::AmazonMQ::Broker";
const ENVIRONMENT: &str = "AWS::Batch::ComputeEnvironment";
const JOB: &str = "AWS::Batch::JobDefinition";
const ENGINES: &[&str] = &["ACTIVEMQ", "RABBITMQ"];
const SWITCH: &[&str] = &["ENABLED", "DISABLED"];

fn values_are_spelled_as_their_service_spells_them(model: &mut Model) -> bool {
    let stale: Vec<_> = SPELLED.iter().filter(|entry| !respell(model, entry)).collect();
    for entry in &stale {
        eprintln!("no longer applies: {entry:?}");
    }
    stale.is_empty()
}

/// Spells the values of a property anew; false when there is nothing to change.
fn respell(model: &mut Model, (name, property, values): &(&str, &str, &[&str])) -> bool {
    let Some(resource) = model.types.get_mut(*name) else { return false };
    let properties = resource.objects.iter_mut().flat_map(|object| &mut object.properties);
    let of_name = properties.filter(|(known, _)| known == property).map(|(_, property)| property.shape.leaf_mut());
    // All of that name, not the first that changes.
    of_name.filter_map(|shape| respell_shape(shape, values).then_some(())).count() > 0
}

fn respell_shape(shape: &mut Shape, values: &[&str]) -> bool {
    let spelled = |value: &String| values.iter().find(|known| known.eq_ignore_ascii_case(value));
    let found: Option<Vec<String>> =
        shape.allowed.iter().map(|value| spelled(value).map(ToString::to_string)).collect();
    let Some(found) = found.filter(|found| !found.is_empty() && *found != shape.allowed) else { return false };
    shape.allowed = found;
    true
}
