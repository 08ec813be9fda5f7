//! AWS services that a VPC can have an endpoint for.

use std::borrow::Cow;

use ce_synth::Region;

/// An AWS service, reached from a VPC through an endpoint.
///
/// ```
/// use ce_constructs::network::AwsService;
/// const BEDROCK: AwsService = AwsService::new("bedrock-runtime");
/// assert_eq!(BEDROCK.name(), "bedrock-runtime");
/// ```
///
/// Source: <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AwsService {
    name: Cow<'static, str>,
    gateway: bool,
}

impl AwsService {
    /// `s3`, through a gateway, which costs nothing.
    pub const S3: Self = Self::gateway("s3");
    /// `dynamodb`, through a gateway, which costs nothing.
    pub const DYNAMODB: Self = Self::gateway("dynamodb");
    /// `athena`
    pub const ATHENA: Self = Self::new("athena");
    /// `bedrock-runtime`
    pub const BEDROCK_RUNTIME: Self = Self::new("bedrock-runtime");
    /// `ecr.api`: the registry's API. Images need [`ECR_DKR`](Self::ECR_DKR) and [`S3`](Self::S3) too.
    pub const ECR_API: Self = Self::new("ecr.api");
    /// `ecr.dkr`: the registry's Docker endpoint.
    pub const ECR_DKR: Self = Self::new("ecr.dkr");
    /// `ecs`
    pub const ECS: Self = Self::new("ecs");
    /// `ecs-agent`
    pub const ECS_AGENT: Self = Self::new("ecs-agent");
    /// `ecs-telemetry`
    pub const ECS_TELEMETRY: Self = Self::new("ecs-telemetry");
    /// `eks`
    pub const EKS: Self = Self::new("eks");
    /// `elasticloadbalancing`
    pub const ELASTIC_LOAD_BALANCING: Self = Self::new("elasticloadbalancing");
    /// `events`
    pub const EVENTS: Self = Self::new("events");
    /// `kinesis-firehose`
    pub const FIREHOSE: Self = Self::new("kinesis-firehose");
    /// `kms`
    pub const KMS: Self = Self::new("kms");
    /// `lambda`
    pub const LAMBDA: Self = Self::new("lambda");
    /// `logs`: `CloudWatch` Logs.
    pub const LOGS: Self = Self::new("logs");
    /// `monitoring`: `CloudWatch` metrics.
    pub const MONITORING: Self = Self::new("monitoring");
    /// `rds-data`
    pub const RDS_DATA: Self = Self::new("rds-data");
    /// `secretsmanager`
    pub const SECRETS_MANAGER: Self = Self::new("secretsmanager");
    /// `sns`
    pub const SNS: Self = Self::new("sns");
    /// `sqs`
    pub const SQS: Self = Self::new("sqs");
    /// `ssm`: Parameter Store and Systems Manager.
    pub const SSM: Self = Self::new("ssm");
    /// `ssmmessages`: Session Manager and ECS Exec.
    pub const SSM_MESSAGES: Self = Self::new("ssmmessages");
    /// `states`: Step Functions.
    pub const STEP_FUNCTIONS: Self = Self::new("states");
    /// `sts`
    pub const STS: Self = Self::new("sts");
    /// `xray`
    pub const XRAY: Self = Self::new("xray");

    /// A service by the last part of its endpoint's name: `ecr.api` of `com.amazonaws.eu-west-1.ecr.api`. A name that
    /// starts with `com.` or `cn.com.` is taken whole, as some services in China need.
    pub const fn new(name: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), gateway: false }
    }

    const fn gateway(name: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), gateway: true }
    }

    /// Its name, as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether its endpoint is an entry in route tables, and not a network interface.
    pub fn is_gateway(&self) -> bool {
        self.gateway
    }

    /// The name of the endpoint's service in a region.
    pub(super) fn service_name(&self, region: Region) -> String {
        if self.name.starts_with("com.") || self.name.starts_with("cn.com.") {
            return self.name.to_string();
        }
        format!("com.amazonaws.{region}.{}", self.name)
    }

    /// `EcrApiEndpoint`
    pub(super) fn node_id(&self) -> String {
        let mut id = String::new();
        for part in self.name.split(|sign: char| !sign.is_ascii_alphanumeric()) {
            let mut signs = part.chars();
            id.extend(signs.next().map(|first| first.to_ascii_uppercase()));
            id.push_str(signs.as_str());
        }
        id + "Endpoint"
    }
}

impl From<String> for AwsService {
    /// A service whose name is read at run time.
    fn from(name: String) -> Self {
        match &*name {
            "s3" => Self::S3,
            "dynamodb" => Self::DYNAMODB,
            _ => Self { name: Cow::Owned(name), gateway: false },
        }
    }
}
