//! Who is worth asking about a failure.

use crate::engine::ResourceEvent;

/// Who may know more about why a resource failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Lead {
    /// ECS, of a service.
    Service { cluster: String, service: String },
    /// The function behind a custom resource, and the stream of its log that the reason names.
    Function { name: String, stream: Option<String> },
    /// Only who keeps a record of all calls.
    Calls,
}

/// Reasons that say what happened and not why. Those in capitals are codes of handlers.
/// Source: CloudFormation CLI user guide, "Handler error codes"; the others are seen on the service, in issues of aws-cdk.
const VAGUE: [&str; 15] = [
    "AccessDenied",
    "Access Denied",
    "InvalidCredentials",
    "NotStabilized",
    "GeneralServiceException",
    "ServiceInternalError",
    "InternalFailure",
    "Internal Failure",
    "NetworkFailure",
    "Status Code: 403",
    "Encountered a permissions error",
    "not authorized",
    "not stabilize",
    "xceeded attempts to wait",
    "imed out",
];

/// A reason that names who may not do what. Source: IAM user guide, "Troubleshoot access denied error messages".
const CLEAR: &str = "is not authorized to perform: ";

impl Lead {
    /// None where the reason itself says all there is.
    pub(super) fn of(cause: &ResourceEvent) -> Option<Self> {
        let reason = cause.reason.as_deref().unwrap_or_default();
        let known = match cause.type_name.as_str() {
            "AWS::ECS::Service" => cause.physical_id.as_deref().and_then(service),
            "AWS::CloudFormation::CustomResource" => function(cause, reason),
            custom if custom.starts_with("Custom::") => function(cause, reason),
            _ => None,
        };
        let vague = || reason.is_empty() || VAGUE.iter().any(|words| reason.contains(words)) && !reason.contains(CLEAR);
        known.or_else(|| vague().then_some(Self::Calls))
    }
}

/// `arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME`; old ARNs are without the cluster.
/// Source: ECS developer guide, "Amazon Resource Names (ARNs) and IDs".
fn service(id: &str) -> Option<Lead> {
    let path = id.strip_prefix("arn:")?.split_once(":service/")?.1;
    let (cluster, service) = path.split_once('/').unwrap_or(("default", path));
    let lead = Lead::Service { cluster: cluster.to_owned(), service: service.to_owned() };
    (is_name(cluster) && is_name(service)).then_some(lead)
}

fn function(cause: &ResourceEvent, reason: &str) -> Option<Lead> {
    let token = cause.handler.as_deref()?;
    let name = token.strip_prefix("arn:")?.split_once(":function:")?.1.split(':').next()?;
    let stream = named_stream(reason).or_else(|| cause.physical_id.as_deref().filter(|id| is_stream(id)));
    is_name(name).then(|| Lead::Function { name: name.to_owned(), stream: stream.map(str::to_owned) })
}

/// The stream that a reason names. Source: the words of AWS's module `cfn-response`.
fn named_stream(reason: &str) -> Option<&str> {
    let rest = reason.split_once("CloudWatch Log Stream: ")?.1;
    let stream = rest.split(char::is_whitespace).next()?.trim_end_matches(['.', ',', ')', '"', '\'']);
    is_stream(stream).then_some(stream)
}

/// `2026/11/28/[$LATEST]4f2c…`. Source: Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs".
fn is_stream(text: &str) -> bool {
    let digits = |part: Option<&str>, count| {
        part.is_some_and(|part| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut parts = text.splitn(4, '/');
    let dated = digits(parts.next(), 4) && digits(parts.next(), 2) && digits(parts.next(), 2);
    let allowed = |letter: char| letter.is_ascii_graphic() && !matches!(letter, ':' | '*');
    dated && parts.next().is_some_and(|rest| rest.contains('[')) && text.len() <= 512 && text.chars().all(allowed)
}

fn is_name(text: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    (1..=255).contains(&text.len()) && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::Lead;
    use crate::engine::ResourceEvent;

    const STREAM: &str = "2026/11/28/[$LATEST]4f2c0d";
    const TOKEN: &str = "arn:aws:lambda:eu-west-1:111111111111:function:seed-db:live";

    fn cause(type_name: &str, physical: Option<&str>, reason: &str) -> ResourceEvent {
        ResourceEvent {
            logical_id: "It".into(),
            physical_id: physical.map(str::to_owned),
            type_name: type_name.into(),
            status: "CREATE_FAILED".into(),
            reason: Some(reason.into()),
            at: 0,
            origin: None,
            handler: Some(TOKEN.into()),
        }
    }

    fn function(stream: Option<&str>) -> Lead {
        Lead::Function { name: "seed-db".into(), stream: stream.map(str::to_owned) }
    }

    #[test]
    fn a_service_is_asked_about_by_its_cluster_and_name() {
        let service = |id| Lead::of(&cause("AWS::ECS::Service", Some(id), "circuit breaker"));
        let lead = |cluster: &str| Some(Lead::Service { cluster: cluster.into(), service: "web".into() });
        assert_eq!(service("arn:aws:ecs:eu-west-1:111111111111:service/shop/web"), lead("shop"));
        assert_eq!(service("arn:aws:ecs:eu-west-1:111111111111:service/web"), lead("default"));
        for odd in ["web", "arn:aws:ecs:eu-west-1:111111111111:service/a/b/c", "arn:x:service/a b/\u{1b}[2J"] {
            assert_eq!(service(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_custom_resource_is_its_function_and_the_stream_that_is_named() {
        let said = format!("Message returned: See the details in CloudWatch Log Stream: {STREAM} (RequestId: 4f)");
        for custom in ["Custom::Seed", "AWS::CloudFormation::CustomResource"] {
            assert_eq!(Lead::of(&cause(custom, None, &said)), Some(function(Some(STREAM))));
            assert_eq!(Lead::of(&cause(custom, Some(STREAM), "no")), Some(function(Some(STREAM))));
            assert_eq!(Lead::of(&cause(custom, Some("seed-1"), "no")), Some(function(None)));
        }
        for odd in
            ["CloudWatch Log Stream: ", "CloudWatch Log Stream: ../../x", "CloudWatch Log Stream: 2026/11/28/[a:b"]
        {
            assert_eq!(Lead::of(&cause("Custom::Seed", None, odd)), Some(function(None)), "{odd}");
        }
        let topic =
            ResourceEvent { handler: Some("arn:aws:sns:eu-west-1:1:seed".into()), ..cause("Custom::Seed", None, "no") };
        assert_eq!(Lead::of(&topic), None);
    }

    #[test]
    fn calls_are_looked_up_where_the_reason_tells_nothing() {
        let of = |reason| Lead::of(&cause("AWS::SQS::Queue", None, reason));
        for vague in
            ["", "Resource timed out", "x did not stabilize", "(Service: Sqs, Status Code: 403, Request ID: 4f)"]
        {
            assert_eq!(of(vague), Some(Lead::Calls), "{vague}");
        }
        assert_eq!(
            of("User: arn:x is not authorized to perform: sqs:TagQueue on y (HandlerErrorCode: AccessDenied)"),
            None
        );
        assert_eq!(of("orders already exists (HandlerErrorCode: AlreadyExists)"), None);
    }
}
