//! ECS, CloudWatch Logs and CloudTrail: what is asked after something failed.

use serde_json::Value;

use super::context::{Context, mismatch};
use crate::cloud::{Answer, Call, EvidenceCall, Failure, Page};

pub(super) fn answer(context: &mut Context<'_>, operation: &str, input: &Value) -> Option<Result<Value, Failure>> {
    let call = call(operation, input)?;
    Some(match context.call(Call::Evidence(call)) {
        Ok(Answer::Evidence(answer)) => Ok(answer.write()),
        Ok(_) => Err(mismatch()),
        Err(failure) => Err(failure),
    })
}

/// The question that a request asks; none that nobody plays.
fn call(operation: &str, input: &Value) -> Option<EvidenceCall> {
    let text = |name: &str| input[name].as_str().unwrap_or_default().to_owned();
    let number = |name: &str| input[name].as_u64().unwrap_or_default();
    let lines = || usize::try_from(number("limit")).unwrap_or_default();
    let millis = || [number("startTime"), number("endTime")];
    let cluster = || input["cluster"].as_str().unwrap_or("default").to_owned();
    Some(match operation {
        "DescribeServices" => {
            EvidenceCall::Service { cluster: cluster(), service: first(&input["services"]).to_owned() }
        }
        "ListTasks" => EvidenceCall::StoppedTasks { cluster: cluster(), service: text("serviceName") },
        "DescribeTasks" => {
            let tasks = input["tasks"].as_array().into_iter().flatten();
            let tasks = tasks.filter_map(Value::as_str).map(str::to_owned).collect();
            EvidenceCall::Tasks { cluster: cluster(), tasks }
        }
        "DescribeTaskDefinition" => EvidenceCall::TaskDefinition { definition: text("taskDefinition") },
        "GetLogEvents" => EvidenceCall::LogTail {
            group: text("logGroupName"),
            stream: text("logStreamName"),
            between: millis(),
            lines: lines(),
        },
        "FilterLogEvents" => EvidenceCall::LogSearch { group: text("logGroupName"), between: millis(), lines: lines() },
        "LookupEvents" => {
            let user = input["LookupAttributes"][0]["AttributeValue"].as_str().unwrap_or_default().to_owned();
            let seconds = |name: &str| number(name).saturating_mul(1_000);
            let page = Page(Some(text("NextToken")).filter(|token| !token.is_empty()));
            EvidenceCall::Trail { user, between: [seconds("StartTime"), seconds("EndTime")], page }
        }
        _ => return None,
    })
}

fn first(list: &Value) -> &str {
    list[0].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::call;
    use crate::cloud::{EvidenceCall, Page};

    #[test]
    fn a_request_is_the_question_it_was_made_of() {
        let (cluster, service) = ("shop".to_owned(), "web".to_owned());
        let (group, stream, between) = ("/ecs/web".to_owned(), "ecs/app/4f".to_owned(), [1_000, 2_000]);
        let calls = [
            EvidenceCall::Service { cluster: cluster.clone(), service: service.clone() },
            EvidenceCall::StoppedTasks { cluster: cluster.clone(), service },
            EvidenceCall::Tasks { cluster, tasks: vec!["a".into(), "b".into()] },
            EvidenceCall::TaskDefinition { definition: "d".into() },
            EvidenceCall::LogTail { group: group.clone(), stream, between, lines: 20 },
            EvidenceCall::LogSearch { group, between, lines: 20 },
            EvidenceCall::Trail { user: "AWSCloudFormation".into(), between, page: Page(Some("2".into())) },
            EvidenceCall::Trail { user: "ce".into(), between, page: Page::first() },
        ];
        for asked in calls {
            assert_eq!(call(asked.operation(), &asked.request().input), Some(asked));
        }
    }
}
