//! AWS-managed policies that roles of a container platform carry, as far as facts ask for them.
//!
//! Each grants its actions on `*`. Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
//!
//! A managed policy that is not listed grants nothing here.

use crate::template::value::Value;

/// Name of the policy, and its actions.
const POLICIES: &[(&str, &[&str])] = &[
    ("AdministratorAccess", &["*"]),
    (
        "AWSXRayDaemonWriteAccess",
        &[
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
        ],
    ),
    (
        "AWSXrayWriteOnlyAccess",
        &[
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
        ],
    ),
    (
        "AmazonECSTaskExecutionRolePolicy",
        &[
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
        ],
    ),
    ("AmazonS3FullAccess", &["s3:*", "s3-object-lambda:*"]),
    ("AmazonS3ReadOnlyAccess", &["s3:Get*", "s3:List*", "s3:Describe*"]),
];

/// What a managed policy grants, as one statement.
pub(crate) fn statement(arn: &str) -> Option<Value> {
    let (owner, name) = arn.split_once(":policy/")?;
    let name = name.rsplit('/').next()?;
    let (_, actions) = POLICIES.iter().find(|(known, _)| owner.ends_with("::aws") && *known == name)?;
    let actions = actions.iter().map(|action| Value::text(*action)).collect();
    Some(Value::Table(vec![
        ("Effect".to_owned(), Value::text("Allow")),
        ("Action".to_owned(), Value::List(actions)),
        ("Resource".to_owned(), Value::text("*")),
    ]))
}
