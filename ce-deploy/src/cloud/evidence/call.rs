//! What is asked.

use serde_json::{Value, json};

use crate::cloud::Page;

/// Words that a line of a log has when something went wrong; one of them is enough.
/// Source: CloudWatch Logs user guide, "Filter pattern syntax", optional terms.
const WRONG: &str = "?ERROR ?Error ?Exception ?Traceback ?FAILED ?\"timed out\"";
/// Source: ECS API reference, `DescribeTasks`: up to 100.
const MOST_TASKS: usize = 100;
/// Events on a page. Source: CloudTrail API reference, `LookupEvents`: at most 50.
const TRAIL_PAGE: u64 = 50;

/// A question to a service about something that failed. The comment of each names the API operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EvidenceCall {
    /// `ecs:DescribeServices`: how far the deployments of a service are, and what it says.
    Service {
        /// The cluster's name.
        cluster: String,
        /// The service's name.
        service: String,
    },
    /// `ecs:ListTasks`: tasks of a service that stopped. ECS forgets them after an hour.
    StoppedTasks {
        /// The cluster's name.
        cluster: String,
        /// The service's name.
        service: String,
    },
    /// `ecs:DescribeTasks`: why tasks stopped.
    Tasks {
        /// The cluster's name.
        cluster: String,
        /// Their ARNs; those beyond the first hundred are not asked for.
        tasks: Vec<String>,
    },
    /// `ecs:DescribeTaskDefinition`: where containers write their logs.
    TaskDefinition {
        /// Its ARN.
        definition: String,
    },
    /// `logs:GetLogEvents`: the last lines of a stream.
    LogTail {
        /// The log group.
        group: String,
        /// The stream.
        stream: String,
        /// When they were written, in milliseconds since 1970.
        between: [u64; 2],
        /// How many.
        lines: usize,
    },
    /// `logs:FilterLogEvents`: the last lines of a group that look as if something went wrong.
    LogSearch {
        /// The log group.
        group: String,
        /// When they were written, in milliseconds since 1970.
        between: [u64; 2],
        /// How many.
        lines: usize,
    },
    /// `cloudtrail:LookupEvents`: what somebody called, the latest first. Calls show after up to a quarter of an hour.
    Trail {
        /// The name of the user, or of the role's session.
        user: String,
        /// When, in milliseconds since 1970.
        between: [u64; 2],
        /// Which page.
        page: Page,
    },
}

/// A request as `awsJson1_1` writes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JsonRequest {
    /// The service, as signatures and host names have it.
    pub service: &'static str,
    /// What `X-Amz-Target` says.
    pub target: &'static str,
    /// The body.
    pub input: Value,
}

impl EvidenceCall {
    /// The action that the caller needs to be allowed, `ecs:DescribeTasks`.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Service { .. } => "ecs:DescribeServices",
            Self::StoppedTasks { .. } => "ecs:ListTasks",
            Self::Tasks { .. } => "ecs:DescribeTasks",
            Self::TaskDefinition { .. } => "ecs:DescribeTaskDefinition",
            Self::LogTail { .. } => "logs:GetLogEvents",
            Self::LogSearch { .. } => "logs:FilterLogEvents",
            Self::Trail { .. } => "cloudtrail:LookupEvents",
        }
    }

    /// The operation, `DescribeTasks`.
    pub fn operation(&self) -> &'static str {
        self.action().split_once(':').map_or("", |(_, operation)| operation)
    }

    /// The request that asks it.
    pub fn request(&self) -> JsonRequest {
        let (service, target) = match self {
            Self::Service { .. } => ("ecs", "AmazonEC2ContainerServiceV20141113.DescribeServices"),
            Self::StoppedTasks { .. } => ("ecs", "AmazonEC2ContainerServiceV20141113.ListTasks"),
            Self::Tasks { .. } => ("ecs", "AmazonEC2ContainerServiceV20141113.DescribeTasks"),
            Self::TaskDefinition { .. } => ("ecs", "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition"),
            Self::LogTail { .. } => ("logs", "Logs_20140328.GetLogEvents"),
            Self::LogSearch { .. } => ("logs", "Logs_20140328.FilterLogEvents"),
            Self::Trail { .. } => ("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents"),
        };
        JsonRequest { service, target, input: self.input() }
    }

    fn input(&self) -> Value {
        match self {
            Self::Service { cluster, service } => json!({ "cluster": cluster, "services": [service] }),
            Self::StoppedTasks { cluster, service } => {
                json!({ "cluster": cluster, "serviceName": service, "desiredStatus": "STOPPED" })
            }
            Self::Tasks { cluster, tasks } => {
                json!({ "cluster": cluster, "tasks": tasks.iter().take(MOST_TASKS).collect::<Vec<_>>() })
            }
            Self::TaskDefinition { definition } => json!({ "taskDefinition": definition }),
            Self::LogTail { group, stream, between: [from, until], lines } => json!({
                "logGroupName": group, "logStreamName": stream, "startTime": from, "endTime": until,
                "limit": lines, "startFromHead": false,
            }),
            Self::LogSearch { group, between: [from, until], lines } => json!({
                "logGroupName": group, "startTime": from, "endTime": until, "filterPattern": WRONG,
                "limit": lines, "startFromHead": false,
            }),
            Self::Trail { user, between: [from, until], page } => {
                let mut input = json!({
                    "LookupAttributes": [{ "AttributeKey": "Username", "AttributeValue": user }],
                    // In seconds; what was called within the last of them counts too.
                    "StartTime": from / 1_000, "EndTime": until.div_ceil(1_000), "MaxResults": TRAIL_PAGE,
                });
                if let Some(token) = &page.0 {
                    input["NextToken"] = json!(token);
                }
                input
            }
        }
    }
}
