//! Resources that are taken in, let go, or moved.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::ImportedResource;
use ce_deploy::engine::{Deployment, Errand, Exit, Judge, Move, Options};

use crate::cloud::Cloud;
use crate::drive::drive;
use crate::shop::{assembly, deploy, deploy_with, place, stack};

const QUEUE: &str = "AWS::SQS::Queue";

fn one(template: &str) -> Arc<Assembly> {
    assembly(vec![stack("Data", template, &[])])
}

fn data() -> StackId {
    StackId::new("Data")
}

#[test]
fn a_resource_is_taken_in_and_then_managed() {
    let mut cloud = Cloud::new();
    let first = one(r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#);
    drive(&mut cloud, 0, &mut deploy(&first));
    let url = "https://sqs.eu-west-1.amazonaws.com/111111111111/old";
    cloud.simulator.make_resource(&place(), QUEUE, url, serde_json::Map::new());
    let wanted = one(
        r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic","Properties":{"DisplayName":"new"}},"Queue":{"Type":"AWS::SQS::Queue"}}}"#,
    );
    let resource = ImportedResource {
        type_name: QUEUE.into(),
        logical_id: "Queue".into(),
        identifier: vec![("QueueUrl".into(), url.into())],
    };
    let options = Options::default().import(&data(), resource);
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&wanted, options));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert!(cloud.simulator.unowned(&place(), QUEUE).is_empty());
    let run = drive(&mut cloud, 200_000, &mut deploy(&wanted));
    assert_eq!(run.outcome().exit, Exit::Done, "and then the rest: {:?}", run.outcome().problems);
}

#[test]
fn a_resource_is_let_go_and_stays() {
    let mut cloud = Cloud::new();
    let queues = |two: &str| format!(r#"{{"Resources":{{"A":{{"Type":"AWS::SQS::Queue"}}{two}}}}}"#);
    drive(&mut cloud, 0, &mut deploy(&one(&queues(r#","B":{"Type":"AWS::SQS::Queue"}"#))));
    let options = Options::default().forget(&data(), "B");
    let mut forgetting = Deployment::deploy(one(&queues("")), Judge::of(&ce_cfn::SCHEMAS), options);
    let run = drive(&mut cloud, 100_000, &mut forgetting);
    assert_eq!(run.outcome().exit, Exit::Done, "nothing is lost: {:?}", run.outcome().problems);
    assert_eq!(cloud.simulator.unowned(&place(), QUEUE).len(), 1);
    assert_eq!(cloud.executions().len(), 1 + 2, "first it is retained, then taken out");
}

#[test]
fn a_resource_moves_untouched() {
    let mut cloud = Cloud::new();
    let a = r#""A":{"Type":"AWS::SQS::Queue"}"#;
    let b = r#""B":{"Type":"AWS::SQS::Queue"}"#;
    let c = r#""C":{"Type":"AWS::SQS::Queue"}"#;
    let template = |resources: &[&str]| format!(r#"{{"Resources":{{{}}}}}"#, resources.join(","));
    let shop = |one: &[&str], two: &[&str]| {
        assembly(vec![stack("One", &template(one), &[]), stack("Two", &template(two), &[])])
    };
    drive(&mut cloud, 0, &mut deploy(&shop(&[a, b], &[c])));
    let step = Move { from: (StackId::new("One"), "B".into()), to: (StackId::new("Two"), "B".into()) };
    let moved = shop(&[a], &[c, b]);
    let mut moving = Errand::move_resources(moved.clone(), vec![step.clone()], Options::default());
    let run = drive(&mut cloud, 100_000, &mut moving);
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    let run = drive(&mut cloud, 200_000, &mut deploy(&moved));
    assert_eq!((run.outcome().exit, cloud.executions().len()), (Exit::Done, 2), "nothing is left to do");
    let more = shop(&[a], &[b]);
    let mut moving = Errand::move_resources(more, vec![step], Options::default());
    assert_eq!(drive(&mut cloud, 300_000, &mut moving).outcome().exit, Exit::Refused, "and nothing but a move");
}
