//! What nested stacks hold is asked about before it goes.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::cloud::{Answer, Call, Failure, StackRef};
use ce_deploy::engine::{Deployment, Errand, Exit, Judge, Options};
use ce_deploy::plan::{Approval, Ask};

use crate::cloud::Cloud;
use crate::drive::{Run, drive};
use crate::shop::{assembly, deploy, place, stack};

const DATA: &str = r#"{"Resources":{"Orders":{"Type":"AWS::SQS::Queue"},"Files":{"Type":"AWS::S3::Bucket"},"Kept":{"Type":"AWS::S3::Bucket","DeletionPolicy":"Retain"}}}"#;
const NOTHING: &str = r#"{"Resources":{"Handle":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}"#;

fn around(id: &str, key: &str) -> String {
    let url = format!("https://assets.s3.eu-west-1.amazonaws.com/{key}");
    format!(
        r#"{{"Resources":{{"{id}":{{"Type":"AWS::CloudFormation::Stack","Properties":{{"TemplateURL":"{url}"}}}}}}}}"#
    )
}

/// A stack with a stack in a stack.
fn deep() -> Arc<Assembly> {
    let mut outer = stack("Outer", &around("Inner", "inner.json"), &[]);
    outer.nested.insert("Inner".into(), around("Deep", "deep.json").into());
    outer.nested.insert("Inner.Deep".into(), DATA.into());
    assembly(vec![outer])
}

fn deployed() -> Cloud {
    let mut cloud = Cloud::new();
    cloud.simulator.make_bucket(&place(), "assets");
    for (key, text) in [("inner.json", around("Deep", "deep.json")), ("deep.json", DATA.to_owned())] {
        cloud.simulator.put_object(&place(), "assets", key, text.as_bytes(), None).expect("a bucket");
    }
    let run = drive(&mut cloud, 0, &mut deploy(&deep()));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    cloud
}

fn destroy(cloud: &mut Cloud, start: u64, approval: Approval) -> Run {
    let options = Options::default().ask(Ask::Never).approval(approval);
    drive(cloud, start, &mut Errand::destroy(deep(), Judge::of(&ce_cfn::SCHEMAS), options))
}

fn asked(run: &Run) -> Vec<String> {
    run.asked[0].open.iter().map(|risk| risk.id()).collect()
}

fn deletions(cloud: &Cloud) -> usize {
    cloud.count(|call| matches!(call, Call::DeleteStack { .. }))
}

/// Whether a call looks into a nested stack; these have names of their own.
fn is_into(stack: &StackRef, name: &str) -> bool {
    stack.as_str().contains(&format!("-{name}-"))
}

#[test]
fn what_a_nested_stack_holds_is_named_at_any_depth() {
    let mut cloud = deployed();
    let run = destroy(&mut cloud, 100_000, Approval::default());
    assert_eq!((run.outcome().exit, deletions(&cloud)), (Exit::ApprovalNeeded, 0), "never asking does not cover it");
    assert_eq!(asked(&run), ["Outer.Inner.Deep.Files", "Outer.Inner.Deep.Orders"]);
    let named = Approval::default().destroy("Outer.Inner.Deep.Files").destroy("Outer.Inner.Deep.Orders");
    let run = destroy(&mut cloud, 200_000, named);
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert_eq!(cloud.status("outer"), None);
}

#[test]
fn a_nested_template_that_cannot_be_read_is_asked_about() {
    let mut cloud = deployed();
    cloud.fault = Box::new(|call, _| match call {
        Call::GetTemplate { stack, .. } if is_into(stack, "Deep") => Some(Failure::answered("AccessDenied", "no")),
        _ => None,
    });
    let run = destroy(&mut cloud, 100_000, Approval::default());
    assert_eq!((run.outcome().exit, deletions(&cloud)), (Exit::ApprovalNeeded, 0));
    assert_eq!(asked(&run), ["Outer.Inner.Deep"]);
    let run = destroy(&mut cloud, 200_000, Approval::default().destroy("Outer.Inner.Deep"));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
}

#[test]
fn nested_stacks_that_cannot_be_listed_are_asked_about() {
    let mut cloud = deployed();
    cloud.fault = Box::new(|call, _| match call {
        Call::ListStackResources { .. } => Some(Failure::answered("AccessDenied", "no")),
        _ => None,
    });
    let run = destroy(&mut cloud, 100_000, Approval::default());
    assert_eq!((run.outcome().exit, asked(&run)), (Exit::ApprovalNeeded, vec!["Outer.Inner".to_owned()]));
}

#[test]
fn a_template_that_cannot_be_read_is_asked_about() {
    for (text, word) in [("no template", "neither JSON nor YAML"), (r#"{"Resources": {}, "Resources": {}}"#, "twice")] {
        let mut cloud = deployed();
        cloud.way = Box::new(move |call, _, answer| match call {
            Call::GetTemplate { change_set: None, .. } => Ok(Answer::Template(text.to_owned())),
            _ => answer,
        });
        let run = destroy(&mut cloud, 100_000, Approval::default());
        assert_eq!((run.outcome().exit, asked(&run)), (Exit::ApprovalNeeded, vec!["Outer".to_owned()]));
        let what = &run.asked[0].open[0].what;
        assert!(what.contains(word), "{what}");
    }
}

#[test]
fn what_a_macro_made_is_asked_about() {
    let mut cloud = deployed();
    let text =
        r#"{"Transform": "AWS::Serverless-2016-10-31", "Resources": {"T": {"Type": "AWS::Serverless::SimpleTable"}}}"#;
    cloud.way = Box::new(move |call, _, answer| match call {
        Call::GetTemplate { change_set: None, .. } => Ok(Answer::Template(text.to_owned())),
        _ => answer,
    });
    let run = destroy(&mut cloud, 100_000, Approval::default());
    assert_eq!((run.outcome().exit, asked(&run)), (Exit::ApprovalNeeded, vec!["Outer".to_owned()]));
}

#[test]
fn a_nested_stack_that_goes_unseen_is_asked_about() {
    let mut cloud = deployed();
    cloud.fault = Box::new(|call, _| match call {
        Call::GetTemplate { stack, change_set: None } if is_into(stack, "Inner") => {
            Some(Failure::answered("AccessDenied", "no"))
        }
        _ => None,
    });
    let options = Options::default().ask(Ask::Never);
    let without = assembly(vec![stack("Outer", NOTHING, &[])]);
    let run = drive(&mut cloud, 100_000, &mut Deployment::deploy(without, Judge::of(&ce_cfn::SCHEMAS), options));
    assert_eq!((run.outcome().exit, asked(&run)), (Exit::ApprovalNeeded, vec!["Outer.Inner".to_owned()]));
}
