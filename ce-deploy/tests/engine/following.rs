//! Stacks that read values of others.

use ce_deploy::assembly::{KeptParameter, StackId};
use ce_deploy::cloud::{Call, StackRef, Token};
use ce_deploy::engine::{End, Exit, Options};

use crate::cloud::Cloud;
use crate::drive::drive;
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
        standby.needs.push(StackId::new("Net"));
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
