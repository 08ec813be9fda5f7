//! Stack policies: the service itself holds what holds data.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Answer, Call, Failure, StackRef, StackStatus};
use ce_deploy::engine::{Deployment, End, Exit, Judge, OnFailure, Options, Progress};
use ce_deploy::journal::Journal;
use ce_deploy::plan::Approval;
use ce_deploy::stack_policy::Held;

use crate::cloud::Cloud;
use crate::drive::{Fate, Run, drive, drive_with};
use crate::shop::{assembly, failing, stack};

/// A table that a key replaces, and a topic.
fn tables(key: &str, names: &[&str]) -> String {
    let table = |name: &&str| {
        format!(
            r#""{name}":{{"Type":"AWS::DynamoDB::Table","Properties":{{"KeySchema":[{{"AttributeName":"{key}","KeyType":"HASH"}}],"AttributeDefinitions":[{{"AttributeName":"{key}","AttributeType":"S"}}],"BillingMode":"PAY_PER_REQUEST"}}}}"#
        )
    };
    let tables: Vec<String> = names.iter().map(table).collect();
    let topic =
        format!(r#""Topic":{{"Type":"AWS::SNS::Topic","Properties":{{"DisplayName":"{key}{}"}}}}"#, names.len());
    format!(r#"{{"Resources":{{{}}}}}"#, tables.into_iter().chain([topic]).collect::<Vec<_>>().join(","))
}

fn data(template: &str) -> Arc<Assembly> {
    assembly(vec![stack("Data", template, &[])])
}

fn judge() -> Judge {
    Judge::of(&ce_cfn::SCHEMAS)
}

fn run(cloud: &mut Cloud, start: u64, assembly: &Arc<Assembly>, options: Options) -> Run {
    drive(cloud, start, &mut Deployment::deploy(assembly.clone(), judge(), options))
}

fn done(cloud: &mut Cloud, start: u64, assembly: &Arc<Assembly>) {
    let run = run(cloud, start, assembly, Options::default());
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
}

fn policy(cloud: &mut Cloud, name: &str) -> Option<String> {
    match cloud.other(Call::GetStackPolicy { stack: StackRef::name(name) }) {
        Ok(Answer::StackPolicy(policy)) => policy,
        other => panic!("{other:?}"),
    }
}

/// What a stack's policy holds; none if it has none, or somebody else's.
fn held(cloud: &mut Cloud) -> Option<Vec<String>> {
    let policy = policy(cloud, "data")?;
    Held::read(&policy).map(|held| held.ids().iter().cloned().collect())
}

fn set(cloud: &mut Cloud, policy: &str) {
    let set = Call::SetStackPolicy { stack: StackRef::name("data"), policy: policy.to_owned() };
    cloud.other(set).expect("it is taken");
}

fn about_policies(call: &Call) -> bool {
    matches!(call, Call::GetStackPolicy { .. } | Call::SetStackPolicy { .. })
}

/// Policies that were set, and executions, in order.
fn story(cloud: &Cloud) -> Vec<String> {
    let tell = |call: &Call| match call {
        Call::SetStackPolicy { policy, .. } => {
            let held = Held::read(policy).expect("one of ours");
            Some(format!("hold {}", held.ids().iter().cloned().collect::<Vec<_>>().join(" ")))
        }
        Call::ExecuteChangeSet { .. } => Some("execute".to_owned()),
        _ => None,
    };
    cloud.calls.iter().filter_map(|(_, call)| tell(call)).collect()
}

#[test]
fn what_holds_data_is_held_from_the_first_deployment_on() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A"])));
    assert_eq!(held(&mut cloud), Some(vec!["A".into()]));
    assert_eq!(story(&cloud), ["execute", "hold A"]);
    cloud.calls.clear();
    done(&mut cloud, 100_000, &data(&tables("id", &["A", "B"])));
    assert_eq!(story(&cloud), ["execute", "hold A B"], "what is new is held when it is there");
    cloud.calls.clear();
    let mut changed = stack("Data", &tables("id", &["A", "B"]), &[]);
    changed.tags.insert("team".into(), "shop".into());
    done(&mut cloud, 200_000, &assembly(vec![changed.clone()]));
    assert_eq!(
        (story(&cloud), cloud.count(about_policies)),
        (vec!["execute".to_owned()], 1),
        "one look, where all is held"
    );
    cloud.calls.clear();
    done(&mut cloud, 300_000, &assembly(vec![changed]));
    assert_eq!(cloud.count(about_policies), 0, "none where nothing is changed");
}

#[test]
fn a_stack_without_data_pays_nothing() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &[])));
    done(&mut cloud, 100_000, &data(&tables("other", &[])));
    assert_eq!((cloud.count(about_policies), policy(&mut cloud, "data")), (0, None));
}

#[test]
fn a_stack_from_before_is_held_before_it_is_changed() {
    let mut cloud = Cloud::new();
    let off = Options::default().stack_policy(false);
    run(&mut cloud, 0, &data(&tables("id", &["A"])), off);
    assert_eq!(cloud.count(about_policies), 0);
    done(&mut cloud, 100_000, &data(&tables("id", &["A", "B"])));
    assert_eq!(story(&cloud), ["execute", "hold A", "execute", "hold A B"]);
}

#[test]
fn only_what_was_named_is_let_go_and_it_is_held_again() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A", "B"])));
    cloud.calls.clear();
    let approval = Approval::default().replace("Data.A").replace("Data.B");
    let run = run(&mut cloud, 100_000, &data(&tables("other", &["A", "B"])), Options::default().approval(approval));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert_eq!(story(&cloud), ["hold ", "execute", "hold A B"]);
    let fixed = cloud.count(|call| {
        !matches!(call, Call::DescribeStacks { .. } | Call::DescribeStackEvents { .. } | Call::DescribeChangeSet { .. })
    });
    assert!(fixed <= 8, "{fixed} calls");
}

#[test]
fn what_is_removed_by_name_goes() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A", "B"])));
    cloud.calls.clear();
    let options = Options::default().approval(Approval::default().destroy("Data.B"));
    let run = run(&mut cloud, 100_000, &data(&tables("id", &["A"])), options);
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert_eq!((story(&cloud), held(&mut cloud)), (vec!["hold A".into(), "execute".into()], Some(vec!["A".into()])));
}

#[test]
fn what_is_kept_outside_the_stack_may_leave_it() {
    let mut cloud = Cloud::new();
    let retained = tables("id", &["A", "B"]).replace(r#""B":{"#, r#""B":{"DeletionPolicy":"Retain","#);
    done(&mut cloud, 0, &data(&retained));
    done(&mut cloud, 100_000, &data(&tables("id", &["A"])));
    assert_eq!(held(&mut cloud), Some(vec!["A".into()]));
}

#[test]
fn what_is_let_go_of_leaves_the_policy_too() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A", "B"])));
    cloud.calls.clear();
    let options = Options::default().forget(&StackId::new("Data"), "B");
    let run = run(&mut cloud, 100_000, &data(&tables("id", &["A"])), options);
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert_eq!(story(&cloud), ["execute", "hold A", "execute"], "first it is retained, then it leaves");
    assert!(cloud.simulator.losses().is_empty());
}

#[test]
fn the_service_refuses_what_was_missed() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A"])));
    // The change set says nothing of it, and nobody judges.
    cloud.way = Box::new(|_, _, answer| match answer {
        Ok(Answer::ChangeSet(mut change_set)) => {
            change_set.changes.iter_mut().for_each(|change| change.replacement = None);
            Ok(Answer::ChangeSet(change_set))
        }
        other => other,
    });
    let blind = Judge::new(|_| Vec::new()).knowing(&ce_cfn::SCHEMAS);
    let wanted = data(&tables("other", &["A"]));
    let run = drive(&mut cloud, 100_000, &mut Deployment::deploy(wanted, blind, Options::default()));
    assert_eq!(run.outcome().exit, Exit::RolledBack);
    let problem = &run.outcome().problems[0];
    assert!(problem.message.contains("`A`: Action denied by stack policy"), "{problem:?}");
    assert!(problem.help.as_ref().is_some_and(|help| help.contains("--allow-replace Data.A")), "{problem:?}");
    assert!(cloud.simulator.losses().is_empty());
    assert_eq!(held(&mut cloud), Some(vec!["A".into()]));
}

#[test]
fn an_update_that_fails_is_held_as_it_was() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A"])));
    cloud.calls.clear();
    let broken = tables("other", &["A", "B"]).replace(
        r#""Topic":{"#,
        r#""Late":{"Type":"AWS::SQS::Queue","DependsOn":["A","B"],"Metadata":{"ce:simulate":{"fail":["create"]}}},"Topic":{"#,
    );
    let options = Options::default().approval(Approval::default().replace("Data.A"));
    let run = run(&mut cloud, 100_000, &data(&broken), options);
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.outcome().problems);
    assert_eq!(cloud.status("data"), Some(StackStatus::UpdateRollbackComplete), "what it made could go again");
    assert_eq!(story(&cloud), ["hold ", "execute", "hold A"]);
}

#[test]
fn a_policy_of_somebody_else_stays() {
    let all = r#"{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}"#;
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A"])));
    set(&mut cloud, all);
    cloud.calls.clear();
    let options = || Options::default().approval(Approval::default().replace("Data.A").replace("Data.B"));
    let changed = run(&mut cloud, 100_000, &data(&tables("other", &["A", "B"])), options());
    assert_eq!(changed.outcome().exit, Exit::Done, "{:?}", changed.outcome().problems);
    assert_eq!((cloud.count(about_policies), policy(&mut cloud, "data").as_deref()), (1, Some(all)));

    let strict = r#"{"Statement":[{"Effect":"Deny","Action":"Update:Replace","Principal":"*","Resource":"LogicalResourceId/A"},{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}"#;
    set(&mut cloud, strict);
    let executed = cloud.executions().len();
    let refused = run(&mut cloud, 200_000, &data(&tables("third", &["A", "B"])), options());
    assert_eq!((refused.outcome().exit, cloud.executions().len()), (Exit::Refused, executed));
    let problem = &refused.outcome().problems[0];
    assert_eq!(problem.message, "the policy of stack `data` does not allow `Update:Replace` of `A`");
    assert!(problem.help.as_ref().is_some_and(|help| help.starts_with("somebody else wrote it")), "{problem:?}");
    assert_eq!(policy(&mut cloud, "data").as_deref(), Some(strict));
}

#[test]
fn what_somebody_added_to_ours_stays_held() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A"])));
    set(&mut cloud, &Held::new(["A".to_owned(), "Topic".to_owned(), "Gone".to_owned()]).text());
    done(&mut cloud, 100_000, &data(&tables("id", &["A", "B"])));
    assert_eq!(held(&mut cloud), Some(vec!["A".into(), "B".into(), "Topic".into()]));
}

/// Two stacks that hold data.
fn two(names: &[&str]) -> Arc<Assembly> {
    let template = tables("id", names);
    let stacks: Vec<Stack> = ["Data", "More"].map(|id| stack(id, &template, &[])).into();
    assembly(stacks)
}

#[test]
fn who_may_not_set_it_goes_on_and_is_told_once() {
    for denied in [about_policies as fn(&Call) -> bool, |call| matches!(call, Call::SetStackPolicy { .. })] {
        let mut cloud = Cloud::new();
        let refusal = Failure::answered("AccessDenied", "not authorized to perform: cloudformation:SetStackPolicy");
        cloud.fault = Box::new(move |call, _| denied(call).then(|| refusal.clone()));
        for (start, names) in [(0, &["A"][..]), (100_000, &["A", "B"])] {
            let run = run(&mut cloud, start, &two(names), Options::default());
            assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
            let told = run.told.iter().filter(|told| matches!(told, Progress::Unheld { .. })).count();
            assert_eq!(told, 1);
        }
        assert_eq!(policy(&mut cloud, "data"), None);
    }
}

#[test]
fn who_may_not_let_go_does_not_begin() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A"])));
    cloud.fault = Box::new(|call, _| {
        matches!(call, Call::SetStackPolicy { .. }).then(|| Failure::answered("AccessDenied", "not authorized"))
    });
    let executed = cloud.executions().len();
    let options = Options::default().approval(Approval::default().replace("Data.A"));
    let run = run(&mut cloud, 100_000, &data(&tables("other", &["A"])), options);
    assert_eq!((run.outcome().exit, cloud.executions().len()), (Exit::Refused, executed));
    let help = run.outcome().problems[0].help.clone().unwrap();
    assert!(help.contains("cloudformation:SetStackPolicy"), "{help}");
}

#[test]
fn more_than_a_policy_can_name_is_not_held() {
    let mut cloud = Cloud::new();
    let names: Vec<String> = (0..200).map(|at| format!("Table{at:03}{}", "x".repeat(80))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let queues: Vec<String> = names.iter().map(|name| format!(r#""{name}":{{"Type":"AWS::SQS::Queue"}}"#)).collect();
    let run = run(&mut cloud, 0, &data(&format!(r#"{{"Resources":{{{}}}}}"#, queues.join(","))), Options::default());
    assert_eq!(run.outcome().exit, Exit::Done);
    assert!(run.told.iter().any(|told| matches!(told, Progress::Unheld { .. })));
}

#[test]
fn all_is_put_back_with_its_policy() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A"])));
    let wanted = assembly(vec![stack("Data", &tables("id", &["A", "B"]), &[]), stack("Bad", &failing(), &["Data"])]);
    let approval = Approval::default().destroy("Data.B");
    let options = Options::default().on_failure(OnFailure::RollbackAll).approval(approval);
    let run = run(&mut cloud, 100_000, &wanted, options);
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.outcome().problems);
    assert_eq!(run.outcome().stacks[&StackId::new("Data")].end, End::PutBack);
    assert_eq!(held(&mut cloud), Some(vec!["A".into()]));
}

#[test]
fn a_plan_that_is_applied_is_held_too() {
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&tables("id", &["A"])));
    let wanted = data(&tables("other", &["A", "B"]));
    let plan = drive(&mut cloud, 100_000, &mut Deployment::plan(wanted.clone(), judge(), Options::default()));
    let plan = plan.outcome().plan.clone().unwrap();
    cloud.calls.clear();
    let options = Options::default().approval(Approval::default().replace("Data.A"));
    let run = drive(&mut cloud, 200_000, &mut Deployment::apply(wanted, judge(), *plan, options));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert_eq!(story(&cloud), ["hold ", "execute", "hold A B"]);
}

#[test]
fn what_a_loop_makes_is_held() {
    let looped = |names: &str| {
        format!(
            r#"{{"Transform":"AWS::LanguageExtensions","Resources":{{"Fn::ForEach::Queues":["Name",[{names}],{{"Queue${{Name}}":{{"Type":"AWS::SQS::Queue"}}}}]}}}}"#
        )
    };
    let mut cloud = Cloud::new();
    done(&mut cloud, 0, &data(&looped(r#""A","B""#)));
    assert_eq!(held(&mut cloud), Some(vec!["QueueA".into(), "QueueB".into()]));
    done(&mut cloud, 100_000, &data(&looped(r#""A","B","C""#)));
    assert_eq!(held(&mut cloud), Some(vec!["QueueA".into(), "QueueB".into(), "QueueC".into()]));
}

/// Killed after any step, the next run leaves the policy as the undisturbed one does.
#[test]
fn a_run_killed_anywhere_is_held_by_the_next() {
    let approval = || Approval::default().replace("Data.A");
    let (before, after) = (data(&tables("id", &["A"])), data(&tables("other", &["A", "B"])));
    for killed_after in 1..200 {
        let mut cloud = Cloud::new();
        done(&mut cloud, 0, &before);
        let fate = Fate { killed_after: Some(killed_after), ..Fate::default() };
        let mut deployment = Deployment::deploy(after.clone(), judge(), Options::default().approval(approval()));
        let first = drive_with(&mut cloud, 100_000, &mut deployment, fate);
        let whole = first.outcome.is_some();
        let now = cloud.clock.get() + 40;
        let options = Options::default().approval(approval()).journal(Journal::read(&first.journal));
        let next = run(&mut cloud, now, &after, options);
        assert_eq!(next.outcome().exit, Exit::Done, "killed after {killed_after}: {:?}", next.outcome().problems);
        assert_eq!(held(&mut cloud), Some(vec!["A".into(), "B".into()]), "killed after {killed_after}");
        if whole {
            return;
        }
    }
    panic!("it takes more steps");
}
