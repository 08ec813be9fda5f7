//! What other services know of resources that failed.

use ce_deploy::cloud::{Answer, Call, ChangeSetType, EvidenceAnswer, EvidenceCall, LogLine, Page, StackStatus as S};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

const TOKEN: &str = "arn:aws:lambda:eu-west-1:111111111111:function:seed-db";

fn failing(type_name: &str, properties: &Value) -> Value {
    let behaviour = json!({
        "fail": "create", "reason": "it did not stabilize", "said": ["one", "two"],
        "refused": ["sqs:TagQueue", "AccessDenied", "you may not"],
    });
    json!({ "Resources": { "Fails": {
        "Type": type_name, "Properties": properties, "Metadata": { "ce:simulate": behaviour },
    } } })
}

fn service() -> Value {
    failing(
        "AWS::ECS::Service",
        &json!({ "Cluster": "arn:aws:ecs:eu-west-1:111111111111:cluster/shop", "ServiceName": "web" }),
    )
}

fn ask(bench: &mut Bench, call: EvidenceCall) -> EvidenceAnswer {
    match bench.call(Call::Evidence(call)) {
        Ok(Answer::Evidence(answer)) => answer,
        other => panic!("{other:?}"),
    }
}

fn tasks(bench: &mut Bench) -> Vec<String> {
    let call = EvidenceCall::StoppedTasks { cluster: "shop".into(), service: "web".into() };
    let EvidenceAnswer::TaskArns(arns) = ask(bench, call) else { panic!("no tasks") };
    arns
}

fn texts(lines: &[LogLine]) -> Vec<&str> {
    lines.iter().map(|line| line.text.reveal()).collect()
}

fn trail(bench: &mut Bench, user: &str) -> usize {
    let call = EvidenceCall::Trail { user: user.into(), between: [0, u64::MAX], page: Page::first() };
    let EvidenceAnswer::Trail(calls, _) = ask(bench, call) else { panic!("no trail") };
    calls.len()
}

behaviours! {
    /// ECS says why the tasks of a service stopped, and where they wrote their logs; after an hour it does not any more.
    Documented("ECS developer guide, Viewing Amazon ECS stopped task errors")
    fn tasks_that_stopped_are_kept_for_an_hour() {
        let mut bench = Bench::new();
        assert_eq!(bench.deploy("shop", &service()), S::RollbackComplete);
        let arns = tasks(&mut bench);
        let about = ask(&mut bench, EvidenceCall::Tasks { cluster: "shop".into(), tasks: arns.clone() });
        let EvidenceAnswer::Tasks(stopped) = about else { panic!("{about:?}") };
        assert_eq!(stopped[0].containers[0].exit, Some(1));
        let definition = stopped[0].definition.clone().unwrap();
        let EvidenceAnswer::Logs(logs) = ask(&mut bench, EvidenceCall::TaskDefinition { definition }) else { panic!() };
        let (group, id) = (logs[0].group.clone(), arns[0].rsplit('/').next().unwrap());
        let stream = format!("{}/{}/{id}", logs[0].prefix.as_deref().unwrap(), logs[0].container);
        let tail = EvidenceCall::LogTail { group, stream, between: [0, u64::MAX], lines: 1 };
        let EvidenceAnswer::Lines(lines) = ask(&mut bench, tail) else { panic!() };
        assert_eq!(texts(&lines), ["two"], "the last ones");
        bench.wait(3_600);
        assert!(tasks(&mut bench).is_empty());
    }

    /// A service that was deleted can still be looked at: it is `INACTIVE`.
    Documented("ECS API reference, DeleteService")
    fn a_deleted_service_is_inactive() {
        for (rollback, status) in [(true, "INACTIVE"), (false, "ACTIVE")] {
            let mut bench = Bench::new();
            let request = bench.request("shop", ChangeSetType::Create, &service());
            let change_set = bench.change_set(request).unwrap();
            if rollback { bench.execute(&change_set) } else { bench.execute_without_rollback(&change_set) }.unwrap();
            bench.settle();
            let call = EvidenceCall::Service { cluster: "shop".into(), service: "web".into() };
            let EvidenceAnswer::Service(Some(found)) = ask(&mut bench, call) else { panic!() };
            assert_eq!(found.status, status);
            assert_eq!(found.rollouts[0].state.as_deref(), Some("FAILED"));
            let other = EvidenceCall::Service { cluster: "shop".into(), service: "other".into() };
            assert_eq!(ask(&mut bench, other), EvidenceAnswer::Service(None));
        }
    }

    /// What the function of a custom resource writes is in the log group of its name.
    Documented("Lambda developer guide, Sending Lambda function logs to CloudWatch Logs")
    fn a_function_writes_to_the_log_of_its_name() {
        let mut bench = Bench::new();
        bench.deploy("shop", &failing("Custom::Seed", &json!({ "ServiceToken": TOKEN })));
        let search = |group: &str| EvidenceCall::LogSearch { group: group.into(), between: [0, u64::MAX], lines: 20 };
        let EvidenceAnswer::Lines(lines) = ask(&mut bench, search("/aws/lambda/seed-db")) else { panic!() };
        assert_eq!(texts(&lines), ["one", "two"]);
        let refused = bench.call(Call::Evidence(search("/aws/lambda/other"))).unwrap_err();
        assert_eq!(refused.code, "ResourceNotFoundException");
    }

    /// The events of a custom resource name who makes it.
    Documented("API reference, StackEvent.ResourceProperties")
    fn events_name_the_handler() {
        let mut bench = Bench::new();
        bench.deploy("shop", &failing("Custom::Seed", &json!({ "ServiceToken": TOKEN })));
        let events = bench.events("shop");
        let failed = events.iter().find(|event| event.status == "CREATE_FAILED").unwrap();
        assert_eq!(failed.handler.as_deref(), Some(TOKEN));
    }

    /// CloudTrail shows a call some minutes after it was made, under the name of who made it.
    Documented("CloudTrail user guide, How CloudTrail works; LookupEvents")
    fn cloudtrail_is_late() {
        let mut bench = Bench::new();
        bench.deploy("shop", &failing("Custom::Seed", &json!({ "ServiceToken": TOKEN })));
        assert_eq!(trail(&mut bench, "seed-db"), 0);
        bench.wait(300);
        assert_eq!((trail(&mut bench, "seed-db"), trail(&mut bench, "AWSCloudFormation")), (1, 0));
    }

    /// Where a stack has a role of its own, CloudFormation calls others as `AWSCloudFormation`; otherwise as the caller.
    Observed("refusals quoted in aws-cdk#8571 and aws-cdk#27067")
    fn cloudformation_has_a_name_where_it_has_a_role() {
        for (role, users) in [(Some("arn:aws:iam::111111111111:role/exec"), [1, 0]), (None, [0, 1])] {
            let mut bench = Bench::new();
            let mut request = bench.request("shop", ChangeSetType::Create, &failing("AWS::SQS::Queue", &json!({})));
            request.role = role.map(str::to_owned);
            assert_eq!(bench.deploy_as(request), S::RollbackComplete);
            bench.wait(300);
            assert_eq!([trail(&mut bench, "AWSCloudFormation"), trail(&mut bench, "simulated")], users);
        }
    }
}
