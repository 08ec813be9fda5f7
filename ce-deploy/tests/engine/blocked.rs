//! What cannot be replaced is refused before anything is executed.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::{Call, Mode};
use ce_deploy::engine::{Deployment, End, Exit, Judge, Options, Problem};
use ce_deploy::plan::{Approval, Step};

use crate::cloud::Cloud;
use crate::drive::drive;
use crate::shop::{assembly, deploy, stack, template};

/// A queue that cannot become what it is not; its name stays.
fn queue(name: &str, fifo: bool) -> Arc<Assembly> {
    let fifo = if fifo { r#","FifoQueue":true"# } else { "" };
    let text = format!(
        r#"{{"Resources":{{"Inbox":{{"Type":"AWS::SQS::Queue","Properties":{{"QueueName":"{name}"{fifo}}}}}}}}}"#
    );
    assembly(vec![stack("Data", &text, &[])])
}

fn judge() -> Judge {
    Judge::of(&ce_cfn::SCHEMAS)
}

fn told(problems: &[Problem]) -> (&str, &str) {
    let [problem] = problems else { panic!("{problems:?}") };
    (problem.message.as_str(), problem.help.as_deref().unwrap_or_default())
}

#[test]
fn a_replacement_under_the_same_name_is_refused() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&queue("q.fifo", false)));
    let executed = cloud.executions().len();
    // Agreement does not help.
    let options = Options::default().approval(Approval::default().replace("Data.Inbox"));
    for (start, mut operation) in [
        (100_000, Deployment::plan(queue("q.fifo", true), judge(), options.clone().keep_change_sets(true))),
        (200_000, Deployment::deploy(queue("q.fifo", true), judge(), options)),
    ] {
        let run = drive(&mut cloud, start, &mut operation);
        assert_eq!((run.outcome().exit, run.asked.len()), (Exit::Refused, 0), "{:?}", run.told);
        let (message, help) = told(&run.outcome().problems);
        assert!(message.starts_with("`Data.Inbox` cannot be changed as it is: the new one would have"), "{message}");
        assert!(help.contains("another name"), "{help}");
        let plan = run.outcome().plan.as_ref().expect("the plan is shown");
        assert!(matches!(plan.stacks[0].step, Step::Update(_)));
        assert!(plan.risks().any(|risk| risk.rule == "blocked" && risk.what.contains("would fail")));
    }
    assert_eq!(cloud.executions().len(), executed, "nothing was executed");
    let (made, dropped) = (
        cloud.count(|call| matches!(call, Call::CreateChangeSet(_))),
        cloud.count(|call| matches!(call, Call::DeleteChangeSet { .. })),
    );
    assert_eq!(made, dropped + executed, "no change set stays");
}

#[test]
fn under_another_name_it_is_a_replacement_to_agree_to() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&queue("q", false)));
    let agreed = Options::default().approval(Approval::default().replace("Data.Inbox"));
    let run = drive(&mut cloud, 100_000, &mut Deployment::deploy(queue("q.fifo", true), judge(), agreed));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
}

/// What is planned only while applying is refused there, and what does not need it goes on.
#[test]
fn what_shows_late_is_refused_when_it_shows() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&queue("q.fifo", false)));
    let executed = cloud.executions().len();
    let read = r#"{"Fn::GetStackOutput":{"StackName":"net","OutputName":"Out"}}"#;
    let fifo = format!(
        r#"{{"Resources":{{"Inbox":{{"Type":"AWS::SQS::Queue","Properties":{{"QueueName":"q.fifo","FifoQueue":true,"KmsMasterKeyId":{read}}}}}}}}}"#
    );
    let shop = assembly(vec![stack("Net", &template(1, "key"), &[]), stack("Data", &fifo, &["Net"])]);
    let run = drive(&mut cloud, 100_000, &mut Deployment::deploy(shop, judge(), Options::default()));
    let outcome = run.outcome();
    assert_eq!(outcome.exit, Exit::NeedsRepair, "one of two: {:?}", outcome.problems);
    assert!(told(&outcome.problems).0.contains("cannot be changed as it is"));
    let ends = ["Net", "Data"].map(|id| outcome.stacks[&StackId::new(id)].end.clone());
    assert_eq!(ends, [End::Changed, End::NotBegun]);
    assert_eq!(cloud.executions().len(), executed + 1);
}

/// A stack that is left where it fails takes no replacement: the service would refuse it half way.
#[test]
fn without_rollback_nothing_is_replaced() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&queue("q", false)));
    let executed = cloud.executions().len();
    let agreed = || Options::default().approval(Approval::default().replace("Data.Inbox"));
    let replaced = || queue("q.fifo", true);
    let run = drive(&mut cloud, 100_000, &mut Deployment::deploy(replaced(), judge(), agreed().rollback(false)));
    assert_eq!(run.outcome().exit, Exit::Refused);
    assert!(told(&run.outcome().problems).0.contains("takes a stack that is put back if it fails"));
    assert_eq!(cloud.executions().len(), executed);

    let express = agreed().mode(Mode::Express);
    let run = drive(&mut cloud, 200_000, &mut Deployment::deploy(replaced(), judge(), express));
    assert_eq!(run.outcome().exit, Exit::Done, "express mode is told to put it back: {:?}", run.outcome().problems);
}
