//! Stacks that read values of others.

use ce_deploy::assembly::{KeptParameter, StackId};
use ce_deploy::cloud::{Call, StackRef, Token};
use ce_deploy::engine::{Deployment, End, Exit, Judge, Options};
use ce_deploy::plan::Approval;

use crate::cloud::Cloud;
use crate::drive::{Fate, drive, drive_with};
use crate::shop::{assembly, deploy, deploy_with, reading, stack, template};

#[test]
fn a_changed_value_reaches_who_reads_it() {
    let mut cloud = Cloud::new();
    let shop = |value: &str, version| {
        assembly(vec![stack("Net", &template(version, value), &[]), stack("App", &reading("net"), &["Net"])])
    };
    assert_eq!(drive(&mut cloud, 0, &mut deploy(&shop("one", 1))).outcome().exit, Exit::Done);
    assert_eq!(cloud.output("app"), "one");
    let run = drive(&mut cloud, 100_000, &mut deploy(&shop("two", 1)));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(cloud.output("app"), "two");
    let calls = cloud.calls.len();
    let run = drive(&mut cloud, 200_000, &mut deploy(&shop("two", 1)));
    assert_eq!(run.outcome().stacks[&StackId::new("App")].end, End::Unchanged);
    assert_eq!(cloud.calls.len() - calls, 4, "who, what is there, two templates");
    // A change that leaves the value alone leaves the reader alone.
    let run = drive(&mut cloud, 300_000, &mut deploy(&shop("two", 2)));
    assert_eq!(run.outcome().stacks[&StackId::new("App")].end, End::Unchanged, "{:?}", run.told);
}

#[test]
fn a_run_that_died_in_between_is_made_good_by_the_next() {
    let mut cloud = Cloud::new();
    let shop =
        |value: &str| assembly(vec![stack("Net", &template(1, value), &[]), stack("App", &reading("net"), &["Net"])]);
    drive(&mut cloud, 0, &mut deploy(&shop("one")));
    let alone = Options::default().only([StackId::new("Net")]);
    drive(&mut cloud, 100_000, &mut deploy_with(&shop("two"), alone));
    assert_eq!(cloud.output("app"), "one");
    let run = drive(&mut cloud, 200_000, &mut deploy(&shop("two")));
    assert_eq!(run.outcome().exit, Exit::Done);
    assert_eq!(cloud.output("app"), "two");
}

#[test]
fn nobody_follows_when_told_not_to() {
    let mut cloud = Cloud::new();
    let shop =
        |value: &str| assembly(vec![stack("Net", &template(1, value), &[]), stack("App", &reading("net"), &["Net"])]);
    let options = || Options::default().follow(false);
    drive(&mut cloud, 0, &mut deploy_with(&shop("one"), options()));
    drive(&mut cloud, 100_000, &mut deploy_with(&shop("two"), options()));
    assert_eq!(cloud.output("app"), "one");
}

#[test]
fn a_kept_value_is_filled_once() {
    let mut cloud = Cloud::new();
    let standby = |version: u32| {
        let template = format!(
            r#"{{"Parameters":{{"Key":{{"Type":"String"}}}},"Resources":{{"Thing":{{"Type":"AWS::SQS::Queue","Properties":{{"DelaySeconds":{version}}}}}}}}}"#
        );
        let mut standby = stack("Standby", &template, &[]);
        standby.kept.push(KeptParameter { parameter: "Key".into(), stack: StackId::new("Net"), output: "Out".into() });
        standby
    };
    let first = assembly(vec![stack("Net", &template(1, "key-1"), &[]), standby(1)]);
    assert_eq!(drive(&mut cloud, 0, &mut deploy(&first)).outcome().exit, Exit::Done);
    let value = |cloud: &mut Cloud| {
        let standby = cloud.stack("standby").unwrap();
        standby.parameters[0].value.clone().unwrap().reveal().to_owned()
    };
    assert_eq!(value(&mut cloud), "key-1");
    // The primary is gone, and the standby is changed all the same.
    let net = StackRef::name("net");
    cloud.other(Call::DeleteStack { stack: net, token: Token::given("theirs"), retain: vec![], role: None }).unwrap();
    let alone = Options::default().only([StackId::new("Standby")]);
    let second = assembly(vec![stack("Net", &template(1, "key-2"), &[]), standby(2)]);
    assert_eq!(drive(&mut cloud, 100_000, &mut deploy_with(&second, alone)).outcome().exit, Exit::Done);
    assert_eq!(value(&mut cloud), "key-1");
    let last = cloud.calls.iter().rev().find_map(|(_, call)| match call {
        Call::CreateChangeSet(request) => Some(request.parameters.clone()),
        _ => None,
    });
    assert_eq!(last.unwrap()[0].value, None, "the service keeps it");
}

const EXPORTS: &str = r#"{"Resources":{"Thing":{"Type":"AWS::SQS::Queue"}},"Outputs":{"Out":{"Value":{"Fn::GetAtt":["Thing","Arn"]},"Export":{"Name":"thing"}}}}"#;
const IMPORTS: &str =
    r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic","Properties":{"DisplayName":{"Fn::ImportValue":"thing"}}}}}"#;
const NO_MORE: &str = r#"{"Resources":{"Other":{"Type":"AWS::SQS::Queue"}}}"#;
const LETS_GO: &str = r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#;

#[test]
fn an_export_goes_in_phases() {
    let mut cloud = Cloud::new();
    let shop = |net: &str, app: &str| assembly(vec![stack("Net", net, &[]), stack("App", app, &["Net"])]);
    let first = drive(&mut cloud, 0, &mut deploy(&shop(EXPORTS, IMPORTS)));
    assert_eq!(first.outcome().exit, Exit::Done, "{:?}", first.told);
    let run = drive(&mut cloud, 100_000, &mut deploy(&shop(NO_MORE, LETS_GO)));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    let plan = run.outcome().plan.as_ref().unwrap();
    let then = plan.stacks[0].then.as_ref().expect("a last phase");
    assert_eq!((then.drops.len(), then.after.contains(&StackId::new("App"))), (1, true));
    let executed = cloud.executions();
    assert_eq!(executed.len(), 2 + 3, "the exporter twice");
    assert!(cloud.stack("net").unwrap().outputs.is_empty());
    let again = drive(&mut cloud, 200_000, &mut deploy(&shop(NO_MORE, LETS_GO)));
    assert_eq!(again.outcome().stacks[&StackId::new("Net")].end, End::Unchanged);
}

#[test]
fn phases_can_be_planned_and_applied_and_interrupted() {
    for killed_after in [None, Some(30), Some(45), Some(60)] {
        let mut cloud = Cloud::new();
        let shop = |net: &str, app: &str| assembly(vec![stack("Net", net, &[]), stack("App", app, &["Net"])]);
        drive(&mut cloud, 0, &mut deploy(&shop(EXPORTS, IMPORTS)));
        let wanted = shop(NO_MORE, LETS_GO);
        let judge = || Judge::of(&ce_cfn::SCHEMAS);
        let agreed = Options::default().approval(Approval::default().destroy("Net.Thing"));
        let mut planning = Deployment::plan(wanted.clone(), judge(), Options::default());
        let plan = drive(&mut cloud, 100_000, &mut planning).outcome().plan.clone().unwrap();
        let apply = || Deployment::apply(wanted.clone(), judge(), (*plan).clone(), agreed.clone());
        let fate = Fate { killed_after, ..Fate::default() };
        let mut run = drive_with(&mut cloud, 200_000, &mut apply(), fate);
        if killed_after.is_some() {
            run = drive(&mut cloud, 300_000, &mut deploy(&wanted));
        }
        assert_eq!(run.outcome().exit, Exit::Done, "{killed_after:?}: {:?}", run.told);
        assert!(cloud.stack("net").unwrap().outputs.is_empty(), "{killed_after:?}");
    }
}

#[test]
fn an_export_that_another_still_imports_stays() {
    let mut cloud = Cloud::new();
    let both = assembly(vec![stack("Net", EXPORTS, &[]), stack("App", IMPORTS, &["Net"])]);
    drive(&mut cloud, 0, &mut deploy(&both));
    let alone = assembly(vec![stack("Net", NO_MORE, &[])]);
    let run = drive(&mut cloud, 100_000, &mut deploy(&alone));
    assert_eq!(run.outcome().exit, Exit::Refused);
    assert!(run.outcome().problems[0].message.contains("`app` imports `thing`"), "{:?}", run.outcome().problems);
}
