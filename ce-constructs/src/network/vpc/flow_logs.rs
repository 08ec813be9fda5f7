//! Where the records of a VPC's traffic go.

use ce_cfn::{ec2, ids};
use ce_synth::value::account_id;
use ce_synth::{Scope, Value};

use crate::observe::{LogGroup, Retention};
use crate::security::{Action, Principal, Role, Statement};

/// Where the records of all traffic of a VPC go, accepted and rejected.
#[derive(Clone, Debug)]
pub enum FlowLogs {
    /// To a log group of the VPC's own, kept as long as log groups of the tier are.
    LogGroup,
    /// To a log group of the VPC's own, kept that long.
    KeptFor(Retention),
    /// To a log group of yours, such as one that your key encrypts.
    To(Value<ids::LogsLogGroupArn>),
    /// To a bucket, or a folder of one, by its ARN. The bucket's policy has to let `delivery.logs.amazonaws.com` write.
    Bucket(Value<ids::S3BucketArn>),
    /// Nowhere.
    Off,
}

impl From<&LogGroup<'_>> for FlowLogs {
    fn from(group: &LogGroup<'_>) -> Self {
        Self::To(group.arn())
    }
}

impl FlowLogs {
    /// Adds the flow log, and the log group if it is the VPC's own.
    #[track_caller]
    pub(super) fn build<'a>(self, scope: Scope<'a>, vpc: ec2::VpcRef<'a>, name: &str) -> Option<LogGroup<'a>> {
        let flow_log = ec2::FlowLog::new()
            .resource_id(vpc)
            .resource_type(ec2::flow_log::ResourceType::VPC)
            .traffic_type(ec2::flow_log::TrafficType::ALL)
            .tags([("Name", name)]);
        let own = match &self {
            Self::LogGroup => Some(LogGroup::builder()),
            Self::KeptFor(retention) => Some(LogGroup::builder().retention(*retention)),
            Self::To(_) | Self::Bucket(_) | Self::Off => None,
        };
        #[expect(clippy::manual_map, reason = "a closure would take the place of the caller's line")]
        let own = match own {
            Some(group) => Some(group.build(scope, "FlowLogGroup")),
            None => None,
        };
        match (own, self) {
            (Some(group), _) => to_log_group(scope, flow_log, group.arn()),
            (None, Self::To(group)) => to_log_group(scope, flow_log, group),
            (None, Self::Bucket(bucket)) => {
                let s3 = ec2::flow_log::LogDestinationType::S3;
                scope.add("FlowLog", flow_log.log_destination_type(s3).log_destination(bucket));
            }
            (None, _) => {}
        }
        own
    }
}

/// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>, without leave to make groups.
#[track_caller]
fn to_log_group(scope: Scope<'_>, flow_log: ec2::FlowLog, group: Value<ids::LogsLogGroupArn>) {
    let service =
        Principal::service("vpc-flow-logs.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id());
    let role = Role::builder(service).build(scope, "FlowLogRole");
    let actions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"].map(Action::new);
    role.allow(Statement::allow(actions).on([group.clone()]));
    let flow_log = flow_log
        .log_destination_type(ec2::flow_log::LogDestinationType::CLOUD_WATCH_LOGS)
        .log_destination(group)
        .deliver_logs_permission_arn(role.arn());
    let flow_log = scope.add("FlowLog", flow_log);
    if let Some(policy) = role.policy() {
        flow_log.depends_on(*policy);
    }
}
