//! How a new resource is called.

use ce_synth::schema::TypeSchema;
use serde_json::{Map, Value};

use crate::cloud::Place;
use crate::simulator::template::{as_text, partition};

/// Services whose ids are a prefix and hexadecimal digits. Source: the services' own references.
const PREFIXES: [(&str, &str); 16] = [
    ("AWS::EC2::VPC", "vpc"),
    ("AWS::EC2::Subnet", "subnet"),
    ("AWS::EC2::SecurityGroup", "sg"),
    ("AWS::EC2::RouteTable", "rtb"),
    ("AWS::EC2::InternetGateway", "igw"),
    ("AWS::EC2::NatGateway", "nat"),
    ("AWS::EC2::NetworkAcl", "acl"),
    ("AWS::EC2::VPCEndpoint", "vpce"),
    ("AWS::EC2::Instance", "i"),
    ("AWS::EC2::Volume", "vol"),
    ("AWS::EC2::EIP", "eipalloc"),
    ("AWS::EC2::LaunchTemplate", "lt"),
    ("AWS::EC2::FlowLog", "fl"),
    ("AWS::EC2::TransitGateway", "tgw"),
    ("AWS::EC2::VPCPeeringConnection", "pcx"),
    ("AWS::EFS::FileSystem", "fs"),
];

/// Types whose names are taken within a role, a function, a zone, a namespace, a bus or a group, not within an account and
/// region. Source: the services' own references.
const NAMED_WITHIN_ANOTHER: [&str; 6] = [
    "AWS::Events::Rule",
    "AWS::IAM::Policy",
    "AWS::Lambda::Alias",
    "AWS::Route53::RecordSet",
    "AWS::Scheduler::Schedule",
    "AWS::ServiceDiscovery::Service",
];

/// Types whose ARNs have a colon before the name: with the service and the kind that stand in them. Templates cut such
/// ARNs up. Source: service authorization reference, "Resource types defined by" each service.
const WITH_COLON: [(&str, &str, &str); 8] = [
    ("AWS::CloudWatch::Alarm", "cloudwatch", "alarm"),
    ("AWS::Lambda::Function", "lambda", "function"),
    ("AWS::Logs::LogGroup", "logs", "log-group"),
    ("AWS::RDS::DBCluster", "rds", "cluster"),
    ("AWS::RDS::DBInstance", "rds", "db"),
    ("AWS::SecretsManager::Secret", "secretsmanager", "secret"),
    ("AWS::StepFunctions::Activity", "states", "activity"),
    ("AWS::StepFunctions::StateMachine", "states", "stateMachine"),
];

/// The name that a template chose for a resource, if it did: such a name is taken until the resource is gone.
pub(in crate::simulator) fn chosen_name(
    schema: Option<&TypeSchema>,
    properties: &Map<String, Value>,
) -> Option<String> {
    let schema = schema.filter(|schema| !NAMED_WITHIN_ANOTHER.contains(&schema.name))?;
    let [identifier] = schema.primary_identifier.as_slice() else { return None };
    // Where the identifier is an ARN or a URL, the name that is in it can be chosen all the same. One that can change later
    // is in no identifier, and two may have it: REST APIs, user pools.
    let short = schema.name.rsplit("::").next().unwrap_or_default();
    let candidates = [(*identifier).to_owned(), format!("{short}Name"), "Name".to_owned()];
    let settable = |name: &String| schema.property(name).is_some_and(|property| !property.read_only);
    let identifies = |name: &String| name == identifier || schema.create_only.contains(&name.as_str());
    let mut names = candidates.into_iter().filter(|name| settable(name) && identifies(name));
    let name = names.find_map(|name| properties.get(&name).and_then(as_text))?;
    Some(name.into_owned())
}

/// Where a resource comes to be.
pub(in crate::simulator) struct Birth<'a> {
    pub(in crate::simulator) place: &'a Place,
    pub(in crate::simulator) stack: &'a str,
    pub(in crate::simulator) logical: &'a str,
    /// How it is to be.
    pub(in crate::simulator) properties: &'a Map<String, Value>,
    /// A number that is nobody else's.
    pub(in crate::simulator) mint: u64,
}

/// What `Ref` gives of a new resource.
pub(in crate::simulator) fn physical_id(
    type_name: &str,
    chosen: Option<String>,
    gives_arn: bool,
    birth: &Birth<'_>,
) -> String {
    let name = match PREFIXES.iter().find(|(known, _)| *known == type_name) {
        Some((_, prefix)) => return format!("{prefix}-0{:016x}", birth.mint),
        None => chosen.unwrap_or_else(|| invented(birth)),
    };
    if type_name == "AWS::SQS::Queue" {
        return format!("https://sqs.{}.amazonaws.com/{}/{name}", birth.place.region, birth.place.account);
    }
    if type_name == "AWS::ECS::Service" {
        let text = |name: &str| birth.properties.get(name).and_then(Value::as_str);
        let cluster = text("Cluster").and_then(|cluster| cluster.rsplit('/').next()).unwrap_or("default");
        return arn(type_name, &format!("{cluster}/{}", text("ServiceName").unwrap_or(&name)), birth.place);
    }
    if gives_arn { arn(type_name, &name, birth.place) } else { name }
}

/// An ARN, in the form most services give theirs.
pub(super) fn arn(type_name: &str, name: &str, place: &Place) -> String {
    let mut parts = type_name.split("::").skip(1);
    let service = parts.next().unwrap_or_default().to_lowercase();
    let kind = parts.next().unwrap_or_default().to_lowercase();
    let partition = partition(&place.region);
    if let Some((_, service, kind)) = WITH_COLON.iter().find(|(known, ..)| *known == type_name) {
        return format!("arn:{partition}:{service}:{}:{}:{kind}:{name}", place.region, place.account);
    }
    match type_name {
        "AWS::S3::Bucket" => format!("arn:{partition}:s3:::{name}"),
        _ if service == "iam" => format!("arn:{partition}:iam::{}:{kind}/{name}", place.account),
        "AWS::SNS::Topic" | "AWS::SQS::Queue" => {
            format!("arn:{partition}:{service}:{}:{}:{name}", place.region, place.account)
        }
        _ => format!("arn:{partition}:{service}:{}:{}:{kind}/{name}", place.region, place.account),
    }
}

/// `stack-Logical-1A2B3C4D5E6F`, as CloudFormation invents names.
fn invented(birth: &Birth<'_>) -> String {
    let stack: String = birth.stack.chars().take(24).collect();
    let logical: String = birth.logical.chars().take(24).collect();
    format!("{stack}-{logical}-{:012X}", birth.mint & 0xFFFF_FFFF_FFFF)
}
