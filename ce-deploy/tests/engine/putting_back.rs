//! Something fails, and what was changed is put back.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Call, Mode, Page, Secret, StackRef, Tag};
use ce_deploy::engine::{Deployment, End, Event, Exit, Judge, OnFailure, Options, Progress, Signal};
use ce_deploy::journal::Journal;
use ce_deploy::plan::Approval;

use crate::cloud::Cloud;
use crate::drive::{Fate, Run, drive, drive_with};
use crate::shop::{assembly, deploy, deploy_with, failing, reading, stack, template};

const EXPORTS: &str = r#"{"Resources":{"Thing":{"Type":"AWS::SQS::Queue"}},"Outputs":{"Out":{"Value":{"Fn::GetAtt":["Thing","Arn"]},"Export":{"Name":"thing"}}}}"#;
const IMPORTS: &str =
    r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic","Properties":{"DisplayName":{"Fn::ImportValue":"thing"}}}}}"#;
const NO_MORE: &str = r#"{"Resources":{"Other":{"Type":"AWS::SQS::Queue"}}}"#;
const LETS_GO: &str = r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#;

fn options() -> Options {
    Options::default().on_failure(OnFailure::RollbackAll)
}

fn end(run: &Run, id: &str) -> End {
    run.outcome().stacks[&StackId::new(id)].end.clone()
}

pub(crate) fn template_of(cloud: &mut Cloud, name: &str) -> String {
    match cloud.other(Call::GetTemplate { stack: StackRef::name(name), change_set: None }) {
        Ok(ce_deploy::cloud::Answer::Template(text)) => text,
        other => panic!("{other:?}"),
    }
}

/// Two stacks that are there, one that is new, and one that fails when it comes last.
fn shop(version: u32) -> Arc<Assembly> {
    let mut stacks = vec![
        stack("Net", &template(version, &format!("v{version}")), &[]),
        stack("App", &reading("net"), &["Net"]),
        stack("Data", &template(version, "d"), &["Net"]),
    ];
    if version > 1 {
        stacks.push(stack("New", &template(version, "n"), &["Data"]));
        stacks.push(stack("Bad", &failing(), &["New", "App"]));
    }
    assembly(stacks)
}

fn is_as_before(cloud: &mut Cloud) {
    assert_eq!(template_of(cloud, "net"), template(1, "v1"));
    assert_eq!(template_of(cloud, "data"), template(1, "d"));
    assert_eq!(cloud.output("app"), "v1");
    assert!(cloud.stack("new").is_none());
}

#[test]
fn all_that_was_changed_is_put_back_the_last_first() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&shop(1)));
    let forward = cloud.executions().len();
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&shop(2), options()));
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.told);
    for id in ["Net", "App", "Data", "New"] {
        assert_eq!(end(&run, id), End::PutBack, "{id}");
    }
    assert_eq!(end(&run, "Bad"), End::RolledBack);
    assert!(run.outcome().problems[0].message.contains("it was made to fail"), "the cause comes first");
    is_as_before(&mut cloud);
    let back = run.told.iter().position(|told| matches!(told, Progress::TurningBack { .. })).unwrap();
    let finished = run.told[back..].iter().filter_map(|told| match told {
        Progress::Finished { stack, .. } => Some(stack.as_str()),
        _ => None,
    });
    // `App` reads a value of `Net`, so it comes after it; the others are gone from before `Net` changes.
    assert_eq!(finished.collect::<Vec<_>>(), ["New", "Data", "Net", "App"]);
    assert_eq!(cloud.executions().len() - forward, 4 + 1 + 3, "forward, the one that failed, and back");
}

#[test]
fn where_nothing_was_changed_nothing_is_put_back() {
    let mut cloud = Cloud::new();
    let alone = assembly(vec![stack("Bad", &failing(), &[]), stack("Next", &template(1, "a"), &["Bad"])]);
    let run = drive(&mut cloud, 0, &mut deploy_with(&alone, options()));
    assert_eq!(run.outcome().exit, Exit::RolledBack);
    assert!(!run.told.iter().any(|told| matches!(told, Progress::TurningBack { .. })));
}

#[test]
fn a_reverted_drift_cannot_be_put_back() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&shop(1)));
    let before = cloud.count(Call::changes_something);
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&shop(1), options().mode(Mode::RevertDrift)));
    assert_eq!((run.outcome().exit, cloud.count(Call::changes_something)), (Exit::Usage, before));
}

#[test]
fn parameters_and_tags_come_back() {
    let mut cloud = Cloud::new();
    let with = |size: &str, tag: &str, bad: bool| {
        let text = r#"{"Parameters":{"Size":{"Type":"String"},"Word":{"Type":"String","NoEcho":true}},"Resources":{"Thing":{"Type":"AWS::SNS::Topic","Properties":{"DisplayName":{"Ref":"Size"},"KmsMasterKeyId":{"Ref":"Word"}}}}}"#;
        let mut net = stack("Net", text, &[]);
        net.parameters.insert("Size".into(), Secret::new(size));
        net.parameters.insert("Word".into(), Secret::new("hush"));
        net.tags.insert("tag".into(), tag.into());
        let bad = bad.then(|| stack("Bad", &failing(), &["Net"]));
        assembly(std::iter::once(net).chain(bad).collect())
    };
    drive(&mut cloud, 0, &mut deploy(&with("1", "a", false)));
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&with("2", "b", true), options()));
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.told);
    let net = cloud.stack("net").unwrap();
    assert_eq!(net.tags, [Tag { key: "tag".into(), value: "a".into() }]);
    assert!(net.parameters.iter().any(|parameter| parameter.value == Some(Secret::new("1"))), "{net:?}");
    assert!(!run.journal.contains("hush"));
}

#[test]
fn a_hidden_value_that_was_changed_is_said_not_to_come_back() {
    let mut cloud = Cloud::new();
    let with = |word: &str, bad: bool| {
        let text = r#"{"Parameters":{"Word":{"Type":"String","NoEcho":true}},"Resources":{"Thing":{"Type":"AWS::SNS::Topic","Properties":{"KmsMasterKeyId":{"Ref":"Word"}}}}}"#;
        let mut net = stack("Net", text, &[]);
        net.parameters.insert("Word".into(), Secret::new(word));
        let bad = bad.then(|| stack("Bad", &failing(), &["Net"]));
        assembly(std::iter::once(net).chain(bad).collect())
    };
    drive(&mut cloud, 0, &mut deploy(&with("hush", false)));
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&with("hushed", true), options()));
    assert_eq!(run.outcome().exit, Exit::NeedsRepair, "{:?}", run.told);
    let said = |words: &str| run.outcome().problems.iter().any(|problem| problem.message.contains(words));
    assert!(said("parameter `Word` is hidden, and keeps its new value"), "{:?}", run.outcome().problems);
}

#[test]
fn what_holds_data_is_deleted_only_if_it_is_named() {
    let data = |agreed: &[&str]| {
        let mut cloud = Cloud::new();
        drive(&mut cloud, 0, &mut deploy(&shop(1)));
        let approval = agreed.iter().fold(Approval::default(), |approval, id| approval.destroy(*id));
        let judge = Judge::of(&ce_cfn::SCHEMAS);
        let mut deployment = Deployment::deploy(shop(2), judge, options().approval(approval));
        let run = drive(&mut cloud, 100_000, &mut deployment);
        let there = cloud.stack("new").is_some();
        (run, there)
    };
    let (run, there) = data(&[]);
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
    assert!(there);
    let ends = ["New", "Data", "Net", "App"].map(|id| end(&run, id));
    assert!(ends.iter().all(|end| *end == End::Changed), "what the stack needs stays with it: {ends:?}");
    assert_eq!(run.asked.last().map(|question| question.open.len()), Some(1));
    let (run, there) = data(&["New.Thing"]);
    assert_eq!((run.outcome().exit, there), (Exit::RolledBack, false), "{:?}", run.told);
}

#[test]
fn what_refuses_to_be_deleted_stays() {
    let mut cloud = Cloud::new();
    let mut new = stack("New", &template(1, "n"), &[]);
    new.termination_protection = Some(true);
    let shop = assembly(vec![new, stack("Bad", &failing(), &["New"])]);
    let run = drive(&mut cloud, 0, &mut deploy_with(&shop, options()));
    assert_eq!((run.outcome().exit, end(&run, "New")), (Exit::NeedsRepair, End::Changed), "{:?}", run.told);
    assert!(cloud.stack("new").is_some_and(|stack| stack.termination_protection));
}

#[test]
fn exports_that_went_in_phases_come_back() {
    let mut cloud = Cloud::new();
    let shop = |net: &str, app: &str, more: Option<Stack>| {
        let stacks = vec![stack("Net", net, &[]), stack("App", app, &["Net"])];
        assembly(stacks.into_iter().chain(more).collect())
    };
    drive(&mut cloud, 0, &mut deploy(&shop(EXPORTS, IMPORTS, None)));
    // Fails in the middle, when the export is still there, or at the end, when it is gone.
    for needs in [&["App"][..], &[]] {
        let bad = stack("Bad", &failing(), needs);
        let run = drive(&mut cloud, 100_000, &mut deploy_with(&shop(NO_MORE, LETS_GO, Some(bad)), options()));
        assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.told);
        assert_eq!(template_of(&mut cloud, "net"), EXPORTS);
        assert_eq!(template_of(&mut cloud, "app"), IMPORTS);
    }
}

#[test]
fn a_plan_that_is_applied_is_put_back_too() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&shop(1)));
    let judge = || Judge::new(|_| Vec::new());
    let plan = drive(&mut cloud, 100_000, &mut Deployment::plan(shop(2), judge(), Options::default()));
    let plan = plan.outcome().plan.clone().unwrap();
    let run = drive(&mut cloud, 200_000, &mut Deployment::apply(shop(2), judge(), *plan, options()));
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.told);
    is_as_before(&mut cloud);
}

#[test]
fn who_wants_an_end_gets_one() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&shop(1)));
    let fate = Fate { events: vec![(4_000, Event::Interrupted(Signal::Interrupt))], ..Fate::default() };
    let run = drive_with(&mut cloud, 100_000, &mut deploy_with(&shop(2), options()), fate);
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
    assert!(!run.told.iter().any(|told| matches!(told, Progress::TurningBack { .. })));
}

/// Killed after any step, the next run puts back what the first changed.
#[test]
fn a_run_killed_anywhere_is_put_back_by_the_next() {
    let mut whole = Cloud::new();
    drive(&mut whole, 0, &mut deploy(&shop(1)));
    drive(&mut whole, 100_000, &mut deploy_with(&shop(2), options()));
    for killed_after in 1..260 {
        let mut cloud = Cloud::new();
        drive(&mut cloud, 0, &mut deploy(&shop(1)));
        let fate = Fate { killed_after: Some(killed_after), ..Fate::default() };
        let first = drive_with(&mut cloud, 100_000, &mut deploy_with(&shop(2), options()), fate);
        if first.outcome.is_some() {
            break;
        }
        let journal = Journal::read(&first.journal);
        let now = cloud.clock.get() + 40;
        let run = drive(&mut cloud, now, &mut deploy_with(&shop(2), options().journal(journal)));
        assert_eq!(run.outcome().exit, Exit::RolledBack, "killed after {killed_after}: {:?}", run.told);
        is_as_before(&mut cloud);
    }
    let left = whole.other(Call::ListChangeSets { stack: StackRef::name("net"), page: Page::first() });
    assert!(matches!(left, Ok(ce_deploy::cloud::Answer::ChangeSets(sets, _)) if sets.len() <= 1));
}
